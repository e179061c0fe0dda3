import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';

/** A JSON object as it came over the wire. */
export type Body = Readonly<Record<string, unknown>>;

/** One request as a stand-in saw it. */
export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Body;
  /** True once the client went away before the answer was complete. */
  aborted: boolean;
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

/**
 * Starts a stand-in. The model's name asks for faults: `refuse-<status>` is refused with it; `cut` loses the connection
 * after the first event; `endless` repeats the second event until the client goes away.
 */
export async function startProvider(provider: Provider): Promise<ProviderServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    void receive(request, response)
      .then((received) => {
        requests.push(received);
        return serve(provider, received, response);
      })
      .catch(() => response.destroy());
  });
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

async function receive(request: IncomingMessage, response: ServerResponse): Promise<ReceivedRequest> {
  const body = (await json(request)) as Body;
  const { url = '', headers } = request;
  const received = { path: url, headers, body, aborted: false };
  response.once('close', () => (received.aborted = !response.writableFinished));
  return received;
}

async function serve(provider: Provider, request: ReceivedRequest, response: ServerResponse): Promise<void> {
  const asked = `${request.path} ${String(request.body['model'])}`;
  const refused = /refuse-(\d+)/.exec(asked)?.[1];
  if (refused !== undefined) {
    const status = Number(refused);
    return send(response, status, provider.error(status, 'refused on demand'));
  }
  const events = provider.events(request);
  if (events) return stream(events, /\b(cut|endless)\b/.exec(asked)?.[1], response);
  const answer = provider.answer(request);
  if (answer === undefined) return send(response, 404, provider.error(404, 'no such path'));
  send(response, 200, answer);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function stream(
  events: readonly string[],
  fault: string | undefined,
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
