import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { DIRECTIVE_HEADER, readDirectives, type Directives } from './directives.js';
import type { ModelProvider } from './provider.js';
import type { OpenRequest } from './record.js';
import { newId, reply } from './reply.js';
import { firstRefusal, isObject, type Body, type Refusal } from './rule.js';
import { pause, sendEvents } from './stream.js';

/** Serves one request and fills in its record. */
export type Answerer = (
  provider: ModelProvider | undefined,
  record: OpenRequest,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

/** What is needed to answer one request. */
interface Exchange {
  readonly provider: ModelProvider;
  readonly record: OpenRequest;
  readonly response: ServerResponse;
  readonly requestId: string;
}

/** Creates the function that serves requests; it counts how often each fault was given. */
export function createAnswerer(): Answerer {
  const faults = new Map<string, number>();
  const faultLeft = ({ text: words, times }: Directives): boolean => {
    const given = faults.get(words) ?? 0;
    faults.set(words, given + 1);
    return given < times;
  };
  return async (provider, record, request, response) => {
    record.rawBody = await text(request);
    if (!provider || record.method !== 'POST') return notFound(record, response);
    const exchange: Exchange = { provider, record, response, requestId: newId('req_', 24) };
    const body = parse(record.rawBody);
    record.body = 'value' in body ? body.value : undefined;
    if (!provider.hasKey(request.headers)) return refuse(exchange, provider.noKey);
    if (!('value' in body)) return refuse(exchange, provider.badJson(body.reason));
    const params: Body = isObject(body.value) ? body.value : {};
    const directives = readDirectives(record.headers[DIRECTIVE_HEADER], provider.asChat?.(params) ?? params);
    await pause(response, directives.delayMs);
    if (directives.status !== undefined && faultLeft(directives)) {
      return refuse(exchange, provider.fault(directives.status));
    }
    const refusal = firstRefusal(provider.rules, params);
    return refusal ? refuse(exchange, refusal) : serve(exchange, params, directives);
  };
}

type Parsed = { readonly value: unknown } | { readonly reason: string };

function parse(source: string): Parsed {
  try {
    return { value: JSON.parse(source) as unknown };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

async function serve(exchange: Exchange, body: Body, directives: Directives): Promise<void> {
  const { provider, record, response } = exchange;
  const answer = reply(provider.asChat?.(body) ?? body, directives);
  if (body['stream'] === true) {
    writeHead(exchange, 200, 'text/event-stream; charset=utf-8');
    return sendEvents(response, provider.events(body, answer), directives, provider.errorEvent);
  }
  if (directives.cutAfter !== undefined) return cut(exchange);
  record.status = 200;
  send(exchange, 200, provider.json(body, answer));
}

/** Headers go out, the body never comes. */
async function cut(exchange: Exchange): Promise<void> {
  const { response } = exchange;
  writeHead(exchange, 200, 'application/json');
  response.write('{');
  await new Promise((resolve) => response.socket?.write('', resolve));
  response.destroy();
  await once(response, 'close').catch(() => undefined);
}

function refuse(exchange: Exchange, refusal: Refusal): void {
  send(exchange, refusal.status, exchange.provider.errorBody(refusal, exchange.requestId));
}

function send(exchange: Exchange, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  writeHead(exchange, status, 'application/json', { 'content-length': String(Buffer.byteLength(text)) });
  exchange.response.end(text);
}

function writeHead(
  { provider, record, response, requestId }: Exchange,
  status: number,
  contentType: string,
  extra: Readonly<Record<string, string>> = {},
): void {
  record.status = status;
  // Keeps the pause before an SDK's retry short.
  const retry: Record<string, string> = status === 429 || status >= 500 ? { 'retry-after-ms': '5' } : {};
  response.writeHead(status, {
    'content-type': contentType,
    ...provider.headers(requestId),
    ...retry,
    ...extra,
  });
}

function notFound(record: OpenRequest, response: ServerResponse): void {
  record.status = 404;
  const message = `Unknown request URL: ${record.method} ${record.path}.`;
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code: 'unknown_url' } }),
  );
}
