'use strict';
/**
 * What stands between a client for another platform and the model server: a `fetch` that does what the platform does with
 * a request, and with the answer. Requests to other hosts pass.
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');
const fromSdks = createRequire(join(__dirname, '../../sdks/program.js'));

/** Groq's paths have a folder more than OpenAI's. */
exports.groq = (url, init) => fetch(String(url).replace('/openai/v1/', '/v1/'), init);

/** Google's Vertex AI takes the model and the kind of answer in the path. */
exports.vertex = {
  className: 'AnthropicVertex',
  options: ({ url }) => ({
    baseURL: `${url}/vertex`,
    region: 'us-east5',
    projectId: 'p',
    authClient: {
      projectId: 'p',
      getRequestHeaders: async () => new Headers({ authorization: 'Bearer none' }),
    },
    fetch: platform(/models\/(.*):(raw|streamRaw)Predict$/, 'streamRaw'),
  }),
};

/** Amazon's Bedrock does the same, and streams in a binary framing of its own. */
exports.bedrock = {
  className: 'AnthropicBedrock',
  options: ({ url }) => ({
    baseURL: `${url}/bedrock`,
    awsRegion: 'us-east-1',
    skipAuth: true,
    fetch: platform(
      /model\/(.*)\/(invoke|invoke-with-response-stream)$/,
      'invoke-with-response-stream',
      inFrames,
    ),
  }),
};

function platform(pattern, streaming, convert = (response) => response) {
  return async (url, init) => {
    const { origin, pathname } = new URL(String(url));
    const [, model, verb] = pattern.exec(decodeURIComponent(pathname)) ?? [];
    if (model === undefined) return fetch(url, init);
    const { anthropic_version: _version, anthropic_beta: betas, ...body } = JSON.parse(String(init.body));
    const stream = verb === streaming;
    const headers = new Headers(init.headers);
    headers.delete('content-length');
    headers.set('x-api-key', 'none');
    headers.set('anthropic-version', '2023-06-01');
    headers.set('x-asked-for', pathname);
    if (betas) headers.set('anthropic-beta', betas.join(','));
    const sent = JSON.stringify({ model, ...body, ...(stream && { stream }) });
    const response = await fetch(`${origin}/v1/messages`, { ...init, headers, body: sent });
    return stream && response.ok ? convert(response) : response;
  };
}

/** Server-sent events in AWS's framing, by AWS's own codec. */
function inFrames(response) {
  const { EventStreamCodec } = fromSdks('@smithy/eventstream-codec');
  const codec = new EventStreamCodec(
    (bytes) => new TextDecoder().decode(bytes),
    (text) => new TextEncoder().encode(text),
  );
  const frame = (data) =>
    codec.encode({
      headers: {
        ':message-type': { type: 'string', value: 'event' },
        ':event-type': { type: 'string', value: 'chunk' },
        ':content-type': { type: 'string', value: 'application/json' },
      },
      body: Buffer.from(JSON.stringify({ bytes: Buffer.from(data).toString('base64') })),
    });
  let rest = '';
  const frames = new TransformStream({
    transform(text, controller) {
      const events = (rest + text).split('\n\n');
      rest = events.pop();
      for (const event of events) controller.enqueue(frame(/^data: (.*)$/m.exec(event)[1]));
    },
  });
  const headers = { 'content-type': 'application/vnd.amazon.eventstream' };
  return new Response(response.body.pipeThrough(new TextDecoderStream()).pipeThrough(frames), { headers });
}
