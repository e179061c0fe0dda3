import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { openRecord, type RecordedRequest } from '../../../src/cli/demo/model-server/record.js';
import { fromSdks } from '../sdks.js';
import { createFaults } from './faults.js';

/** One request as the server saw it. */
export interface BedrockRequest extends RecordedRequest {
  /** The model of the path. */
  readonly model: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A running stand-in for Bedrock's runtime. */
export interface BedrockServer {
  readonly url: string;
  readonly requests: readonly BedrockRequest[];
  close(): Promise<void>;
}

interface Event {
  readonly type: string;
  readonly body: object;
  readonly exception?: true;
}

const USAGE = {
  inputTokens: 5,
  outputTokens: 3,
  totalTokens: 18,
  cacheReadInputTokens: 10,
  cacheWriteInputTokens: 0,
};
const FAULTS: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  429: 'ThrottlingException',
  500: 'InternalServerException',
  503: 'ServiceUnavailableException',
};
const WORDS = ['The', ' Rhine', '.'];
const METRICS = { inputTokenCount: 12, outputTokenCount: 3, invocationLatency: 40, firstByteLatency: 20 };

/**
 * Starts a stand-in for `bedrock-runtime`: Converse, InvokeModel and their streams in AWS's binary framing. A model whose
 * name has `missing` or `busy` in it is refused, `plain` takes no `topP`, `stubborn` says so of any request, `broken` fails
 * in mid-stream, `endless` never ends.
 * @param options.http2 - the AWS SDK speaks HTTP/2 to this service; Anthropic's SDK for Bedrock speaks HTTP/1.1.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export async function startBedrock({ http2 }: { readonly http2: boolean }): Promise<BedrockServer> {
  const requests: BedrockRequest[] = [];
  const faultOf = createFaults();
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const opened = openRecord(request, response);
    const path = decodeURIComponent(opened.path);
    const model = /^\/model\/(.*)\//.exec(path)?.[1] ?? '';
    const record = Object.assign(opened, { path, model, body: {} });
    requests.push(record);
    // HTTP/2's responses do not say when they are through.
    response.once('close', () => (record.aborted = !response.writableEnded));
    record.rawBody = await text(request);
    if (record.rawBody !== '') record.body = JSON.parse(record.rawBody) as BedrockRequest['body'];
    const { status, delayMs } = faultOf(model);
    if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
    if (record.aborted) return;
    record.status = status ?? 200;
    if (status !== undefined)
      return refuse(response, status, FAULTS[status] ?? 'ServiceException', 'As asked.');
    answer(record, response);
  };
  const listener = (request: unknown, response: unknown): void => {
    void serve(request as IncomingMessage, response as ServerResponse); // HTTP/2's are compatible in what is used
  };
  const server = http2 ? createHttp2(listener) : createHttp1(listener);
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket: { destroy(): void }) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server has an AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(record: BedrockRequest, response: ServerResponse): void {
  const { path, model } = record;
  if (model.includes('missing'))
    return refuse(response, 400, 'ValidationException', 'The provided model identifier is invalid.');
  if (model.includes('busy'))
    return refuse(response, 429, 'ThrottlingException', 'Too many requests, please wait.');
  if (model.includes('stubborn') || (model.includes('plain') && hasTopP(record))) {
    const message = "This model doesn't support the topP field. Remove topP and try again.";
    return refuse(response, 400, 'ValidationException', message);
  }
  if (path.endsWith('/converse')) return json(response, converseAnswer());
  if (path.endsWith('/converse-stream')) return stream(response, model, converseEvents());
  if (path.endsWith('/invoke')) return json(response, invokeAnswer(record));
  if (path.endsWith('/invoke-with-response-stream')) return stream(response, model, invokeEvents(record));
  if (path.startsWith('/guardrail/'))
    return json(response, { action: 'NONE', outputs: [], assessments: [], usage: {} });
  if (path.startsWith('/async-invoke')) return json(response, { asyncInvokeSummaries: [] });
  return refuse(response, 404, 'UnknownOperationException', path);
}

function hasTopP({ body }: BedrockRequest): boolean {
  return (body['inferenceConfig'] as { topP?: number } | undefined)?.topP !== undefined;
}

function converseAnswer(): object {
  const message = { role: 'assistant', content: [{ text: WORDS.join('') }] };
  return { output: { message }, stopReason: 'end_turn', usage: USAGE, metrics: { latencyMs: 40 } };
}

function converseEvents(): readonly Event[] {
  return [
    { type: 'messageStart', body: { role: 'assistant' } },
    ...WORDS.map((words) => ({
      type: 'contentBlockDelta',
      body: { contentBlockIndex: 0, delta: { text: words } },
    })),
    { type: 'contentBlockStop', body: { contentBlockIndex: 0 } },
    { type: 'messageStop', body: { stopReason: 'end_turn' } },
    { type: 'metadata', body: { usage: USAGE, metrics: { latencyMs: 40 } } },
  ];
}

/** Each family answers in its own form. */
function invokeAnswer({ model, body }: BedrockRequest): object {
  const words = WORDS.join('');
  if ('anthropic_version' in body) return claudeMessage(model, words);
  if (model.startsWith('amazon.titan-embed')) return { embedding: [0.1, 0.2], inputTextTokenCount: 4 };
  if (model.startsWith('amazon.titan')) {
    return {
      inputTextTokenCount: 12,
      results: [{ tokenCount: 3, outputText: words, completionReason: 'FINISH' }],
    };
  }
  if (model.startsWith('meta.')) {
    return { generation: words, prompt_token_count: 12, generation_token_count: 3, stop_reason: 'stop' };
  }
  if (model.startsWith('mistral.')) return { outputs: [{ text: words, stop_reason: 'stop' }] };
  return converseAnswer(); // Nova
}

function claudeMessage(model: string, words: string): object {
  return {
    id: 'msg_bdrk_1',
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text: words }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 12, output_tokens: 3 },
  };
}

function invokeEvents({ model, body }: BedrockRequest): readonly Event[] {
  const pieces = 'anthropic_version' in body ? claudePieces(model) : llamaPieces();
  return pieces.map((piece) => ({
    type: 'chunk',
    body: { bytes: Buffer.from(JSON.stringify(piece)).toString('base64') },
  }));
}

function claudePieces(model: string): readonly object[] {
  const message = { ...claudeMessage(model, ''), content: [], stop_reason: null };
  return [
    { type: 'message_start', message },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    ...WORDS.map((words) => ({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: words },
    })),
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 3 },
    },
    { type: 'message_stop', 'amazon-bedrock-invocationMetrics': METRICS },
  ];
}

function llamaPieces(): readonly object[] {
  const last = { generation: '', generation_token_count: 3, stop_reason: 'stop' };
  return [
    ...WORDS.map((words) => ({ generation: words, prompt_token_count: null, stop_reason: null })),
    { ...last, 'amazon-bedrock-invocationMetrics': METRICS },
  ];
}

function stream(response: ServerResponse, model: string, events: readonly Event[]): void {
  response.writeHead(200, {
    'content-type': 'application/vnd.amazon.eventstream',
    'x-amzn-requestid': 'r-1',
  });
  const half = Math.ceil(events.length / 2);
  for (const event of events.slice(0, half)) response.write(frame(event));
  if (model.includes('endless')) return;
  if (model === 'cut') {
    response.destroy();
    return;
  }
  if (model.includes('broken')) {
    const body = { message: 'The system encountered an unexpected error.' };
    response.end(frame({ type: 'modelStreamErrorException', body, exception: true }));
    return;
  }
  for (const event of events.slice(half)) response.write(frame(event));
  response.end();
}

interface Codec {
  encode(message: { readonly headers: object; readonly body: Uint8Array }): Uint8Array;
}

/** One message of AWS's binary framing, by AWS's own codec. */
function frame({ type, body, exception }: Event): Uint8Array {
  const { EventStreamCodec } = fromSdks('@smithy/eventstream-codec') as {
    EventStreamCodec: new (
      decode: (bytes: Uint8Array) => string,
      encode: (text: string) => Uint8Array,
    ) => Codec;
  };
  const codec = new EventStreamCodec(
    (bytes) => Buffer.from(bytes).toString(),
    (words) => Buffer.from(words),
  );
  const headers = {
    [exception ? ':exception-type' : ':event-type']: { type: 'string', value: type },
    ':content-type': { type: 'string', value: 'application/json' },
    ':message-type': { type: 'string', value: exception ? 'exception' : 'event' },
  };
  return codec.encode({ headers, body: Buffer.from(JSON.stringify(body)) });
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json', 'x-amzn-requestid': 'r-1' });
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, type: string, message: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-errortype': type,
    'x-amzn-requestid': 'r-1',
  });
  response.end(JSON.stringify({ message }));
}
