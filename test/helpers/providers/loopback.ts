import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import {
  openRecord,
  type OpenRequest,
  type RecordedRequest,
} from '../../../src/cli/demo/model-server/record.js';
import { createFaults, type Fault } from './faults.js';

/** A JSON object as it came over the wire. */
export type Body = Readonly<Record<string, unknown>>;

/** One request as a stand-in saw it. */
export interface ReceivedRequest extends RecordedRequest {
  /** Empty for a request without one. */
  readonly body: Body;
}

/** A provider's stand-in on a free port of this machine. */
export interface ProviderServer {
  readonly url: string;
  /** Oldest first. */
  readonly requests: readonly ReceivedRequest[];
  close(): Promise<void>;
}

/** How one provider answers. */
export interface Provider {
  /** The body of an error answer. */
  error(status: number, message: string): unknown;
  /** A whole answer, or undefined for a path the provider does not have. */
  answer(request: ReceivedRequest): unknown;
  /** The same as server-sent events, or undefined for a request that does not ask for a stream. */
  events(request: ReceivedRequest): readonly string[] | undefined;
}

/** Starts a stand-in. The model's name asks for faults: see {@link Fault}. */
export async function startProvider(provider: Provider): Promise<ProviderServer> {
  const requests: ReceivedRequest[] = [];
  const faultOf = createFaults();
  const server = createServer((request, response) => {
    const record = openRecord(request, response);
    requests.push(record as ReceivedRequest); // its body is filled in before anybody looks
    void receive(request, record)
      .then(async (received) => {
        const fault = faultOf(`${received.path} ${String(received.body['model'])}`);
        await pause(response, fault.delayMs);
        if (!record.aborted) await serve(provider, { received, record, fault }, response);
      })
      .catch(() => response.destroy());
  });
  // A busy process may come back to an idle connection late.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a TCP server has an AddressInfo
    requests,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function receive(request: IncomingMessage, record: OpenRequest): Promise<ReceivedRequest> {
  record.rawBody = await text(request);
  record.body = record.rawBody === '' ? {} : JSON.parse(record.rawBody);
  return record as ReceivedRequest; // the SDKs send objects
}

/** Waits, unless the client goes away first. */
async function pause(response: ServerResponse, ms: number): Promise<void> {
  if (ms === 0) return;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await delay(ms, undefined, { signal: gone.signal }).catch(() => undefined);
}

interface Exchange {
  readonly received: ReceivedRequest;
  readonly record: OpenRequest;
  readonly fault: Fault;
}

async function serve(provider: Provider, exchange: Exchange, response: ServerResponse): Promise<void> {
  const { received, record, fault } = exchange;
  const answer = (status: number, body: unknown): void => {
    record.status = status;
    send(response, status, body);
  };
  if (fault.status !== undefined) {
    return answer(fault.status, provider.error(fault.status, 'refused on demand'));
  }
  const events = provider.events(received);
  if (events) {
    record.status = 200;
    return stream(events, fault.stream, response);
  }
  const whole = provider.answer(received);
  if (whole === undefined) return answer(404, provider.error(404, 'no such path'));
  answer(200, whole);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  // Keeps the pause before a retry short, where the SDK reads it.
  const retry = status === 429 || status >= 500 ? { 'retry-after-ms': '5' } : {};
  response.writeHead(status, { 'content-type': 'application/json', ...retry });
  response.end(JSON.stringify(body));
}

async function stream(
  events: readonly string[],
  fault: Fault['stream'],
  response: ServerResponse,
): Promise<void> {
  const [first = '', second = '', ...rest] = events;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  await write(response, first);
  if (fault === 'cut') {
    response.destroy();
    return;
  }
  do await write(response, second);
  while (fault === 'endless' && !response.closed);
  for (const event of rest) await write(response, event);
  response.end();
}

/** An event leaves in a packet of its own, and no faster than the client takes them. */
async function write(response: ServerResponse, event: string): Promise<void> {
  if (!response.write(event) && !response.closed)
    await Promise.race([once(response, 'drain'), once(response, 'close')]);
  await turn();
}
