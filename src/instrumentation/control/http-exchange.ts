import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import { untraced } from './untraced.js';

/** One HTTP exchange. */
export interface HttpExchange {
  readonly url: URL;
  /** Sent by POST; without it the exchange is a GET. */
  readonly body?: Uint8Array;
  readonly contentType?: string;
  /** Longest answer that is read, in bytes. */
  readonly maxBytes: number;
  /** For the whole exchange, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** What came back. `failed`: no complete answer. */
export type HttpAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: Buffer;
      /** Of the Retry-After header, in milliseconds. */
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'failed'; readonly problem: string };

/**
 * Until TCP is there, in milliseconds. Short, because a connection attempt under way is the one thing that keeps a
 * process that is done from ending.
 */
export const CONNECT_TIMEOUT_MS = 1_000;

/** Connections stay open between polls; none of them keeps the process alive. */
const AGENTS = {
  'http:': new http.Agent({ keepAlive: true, maxSockets: 2 }),
  'https:': new https.Agent({ keepAlive: true, maxSockets: 2 }),
} as const;

/** Does one exchange that makes no spans, keeps no process alive, follows no redirect and never rejects. */
export function exchange(request: HttpExchange): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const fail = (error: unknown): void => resolve({ kind: 'failed', problem: describe(error) });
    try {
      untraced(() => start(request, resolve, fail));
    } catch (error) {
      fail(error);
    }
  });
}

function start(
  request: HttpExchange,
  done: (answer: HttpAnswer) => void,
  fail: (error: unknown) => void,
): void {
  const { body, timeoutMs } = request;
  const outgoing = open(request);
  const timer = setTimeout(
    () => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)),
    timeoutMs,
  ).unref();
  const settle = (answer: HttpAnswer): void => {
    clearTimeout(timer);
    done(answer);
  };
  outgoing.on('socket', (socket) => release(socket, outgoing));
  outgoing.on('error', (error) => {
    clearTimeout(timer);
    fail(error);
  });
  outgoing.on('response', (response) => {
    response.on('error', (error) => settle({ kind: 'failed', problem: describe(error) }));
    collect(response, request.maxBytes, settle);
  });
  outgoing.end(body);
}

function release(socket: Socket, outgoing: http.ClientRequest): void {
  socket.unref();
  if (!socket.connecting) return;
  const problem = `no connection within ${CONNECT_TIMEOUT_MS} ms`;
  const timer = setTimeout(() => outgoing.destroy(new Error(problem)), CONNECT_TIMEOUT_MS).unref();
  socket.once('connect', () => clearTimeout(timer));
  socket.once('close', () => clearTimeout(timer));
}

function open({ url, body, contentType, signal }: HttpExchange): http.ClientRequest {
  const isSecure = url.protocol === 'https:';
  const options: https.RequestOptions = {
    method: body ? 'POST' : 'GET',
    agent: isSecure ? AGENTS['https:'] : AGENTS['http:'],
    headers: body ? { 'content-type': contentType, 'content-length': body.byteLength } : {},
    ...(signal ? { signal } : {}),
  };
  return isSecure ? https.request(url, options) : http.request(url, options);
}

function collect(response: http.IncomingMessage, maxBytes: number, done: (answer: HttpAnswer) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= maxBytes) return void chunks.push(chunk);
    response.destroy();
    done({ kind: 'failed', problem: `the answer is longer than ${maxBytes} bytes` });
  });
  response.on('end', () => {
    const retryAfterMs = readRetryAfter(response.headers['retry-after']);
    const status = response.statusCode ?? 0;
    const answer = { kind: 'answer', status, body: Buffer.concat(chunks) } as const;
    done(retryAfterMs === undefined ? answer : { ...answer, retryAfterMs });
  });
}

function readRetryAfter(header: string | undefined): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return seconds >= 0 ? seconds * 1_000 : undefined;
}

function describe(error: unknown): string {
  // The error of several attempted addresses has an empty message of its own.
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  return error instanceof Error ? error.message : String(error);
}
