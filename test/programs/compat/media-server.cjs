'use strict';
/**
 * A stand-in for what is beside inference at OpenAI and Anthropic: images, audio, moderation, models, files, batches,
 * answers made in the background, token counts. It answers as the providers document, without checking the request.
 */
const { once } = require('node:events');
const { createServer } = require('node:http');
const { text } = require('node:stream/consumers');
const { openRecord } = require('../../../dist/src/cli/demo/model-server/record.js');

const file = {
  id: 'file-1',
  object: 'file',
  bytes: 3,
  created_at: 1,
  filename: 'lines.jsonl',
  purpose: 'batch',
};
const batch = {
  id: 'batch_1',
  object: 'batch',
  endpoint: '/v1/chat/completions',
  input_file_id: 'file-1',
  completion_window: '24h',
  status: 'validating',
  created_at: 1,
};
const image = {
  created: 1,
  data: [{ b64_json: 'AAAA' }],
  usage: { input_tokens: 9, output_tokens: 9, total_tokens: 18 },
};
const model = { id: 'gpt-4o', object: 'model', created: 1, owned_by: 'system' };
const moderation = {
  id: 'modr-1',
  model: 'omni-moderation-latest',
  results: [{ flagged: false, categories: { hate: false }, category_scores: { hate: 0.001 } }],
};
const answered = (status) => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  status,
  background: true,
  model: 'gpt-4o',
  output: [
    {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'Done.', annotations: [] }],
    },
  ],
  usage: { input_tokens: 5, output_tokens: 2, total_tokens: 7 },
});
const claudeBatch = {
  id: 'msgbatch_1',
  type: 'message_batch',
  processing_status: 'ended',
  results_url: null,
};
const claudeFile = { id: 'file_1', type: 'file', filename: 'x.txt', mime_type: 'text/plain', size_bytes: 1 };
const result = { custom_id: 'a', result: { type: 'canceled' } };

const OPENAI = {
  'GET /v1/models': () => ({ object: 'list', data: [model] }),
  'GET /v1/models/gpt-4o': () => model,
  'POST /v1/moderations': () => moderation,
  'POST /v1/images/generations': ({ stream }) => (stream ? imageEvents('image_generation') : image),
  'POST /v1/images/edits': () => image,
  'POST /v1/audio/speech': () => Buffer.from([0xff, 0xfb, 0x90, 0x00]),
  'POST /v1/audio/transcriptions': () => ({ text: 'a boat', usage: { type: 'duration', seconds: 1 } }),
  'POST /v1/audio/translations': () => ({ text: 'a boat' }),
  'POST /v1/files': () => file,
  'GET /v1/files': () => ({ object: 'list', data: [file], has_more: false }),
  'GET /v1/files/file-1': () => file,
  'GET /v1/files/file-1/content': () => Buffer.from('{}\n'),
  'DELETE /v1/files/file-1': () => ({ id: 'file-1', object: 'file', deleted: true }),
  'POST /v1/batches': () => batch,
  'GET /v1/batches/batch_1': () => ({ ...batch, status: 'completed', output_file_id: 'file-2' }),
  'GET /v1/batches': () => ({ object: 'list', data: [batch], has_more: false }),
  'POST /v1/batches/batch_1/cancel': () => ({ ...batch, status: 'cancelling' }),
  'GET /v1/responses/resp_1': () => answered('completed'),
  'POST /v1/responses/resp_1/cancel': () => answered('cancelled'),
};

const ANTHROPIC = {
  'POST /v1/messages/count_tokens': () => ({ input_tokens: 12 }),
  'GET /v1/models': () => ({
    data: [{ id: 'claude', type: 'model' }],
    has_more: false,
    first_id: null,
    last_id: null,
  }),
  'POST /v1/messages/batches': () => claudeBatch,
  'GET /v1/messages/batches/msgbatch_1': ({ url }) => ({
    ...claudeBatch,
    results_url: `${url}/v1/messages/batches/msgbatch_1/results`,
  }),
  'GET /v1/messages/batches/msgbatch_1/results': () => Buffer.from(`${JSON.stringify(result)}\n`),
  'POST /v1/files': () => claudeFile,
  'GET /v1/files/file_1': () => claudeFile,
  'GET /v1/files/file_1/content': () => Buffer.from('x'),
};

/** Starts the server for the paths of one provider, as the model server is started. */
exports.startMedia = async (provider) => {
  const routes = provider === 'anthropic' ? ANTHROPIC : OPENAI;
  const requests = [];
  const server = createServer(async (request, response) => {
    const record = openRecord(request, response);
    requests.push(record);
    record.rawBody = await text(request);
    const route = routes[`${record.method} ${record.path}`];
    const json = record.headers['content-type'] === 'application/json' && record.rawBody !== '';
    record.status = route ? 200 : 404;
    send(
      response,
      record.status,
      route ? route({ ...(json && JSON.parse(record.rawBody)), url }) : { error: {} },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    requests,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

function imageEvents(kind) {
  const partial = { type: `${kind}.partial_image`, b64_json: 'AA', partial_image_index: 0 };
  const completed = { type: `${kind}.completed`, b64_json: 'AAAA', usage: image.usage };
  return [partial, completed].map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

/** Bytes, server-sent events or JSON, by what the answer is. */
function send(response, status, answer) {
  const [type, body] = Buffer.isBuffer(answer)
    ? ['application/octet-stream', answer]
    : Array.isArray(answer)
      ? ['text/event-stream', answer.join('')]
      : ['application/json', JSON.stringify(answer)];
  response.writeHead(status, { 'content-type': type, 'x-request-id': 'req_media' });
  response.end(body);
}
