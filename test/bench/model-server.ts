/** A process with a model behind HTTP on the loopback interface: it answers at once and remembers what it was asked. */
import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ANSWER, asksForStream, EVENTS } from './model-answers.js';
import { answerOrders } from './side-process.js';

/** Opens the model to one contestant, answered with a {@link ModelAddress}, or asks what that one has sent. */
export type ModelOrder = 'open' | { readonly seen: number };

/** Where one contestant finds its model. */
export interface ModelAddress {
  readonly id: number;
  /** What an OpenAI client calls its base URL. */
  readonly url: string;
}

/** What one contestant has sent. */
export interface ModelSeen {
  readonly calls: number;
  /** Temperature of the request that came last. */
  readonly temperature: number;
}

const seen: { calls: number; lastBody: string }[] = [];

const server = createServer((request, response) => {
  void text(request).then((body) => {
    const contestant = seen[Number(/^\/(\d+)\//.exec(request.url ?? '')?.[1])];
    if (!contestant) return response.writeHead(404).end();
    contestant.calls += 1;
    contestant.lastBody = body;
    return asksForStream(body) ? stream(response) : answer(response);
  });
});

function answer(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(ANSWER);
}

function stream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of EVENTS) response.write(event);
  response.end();
}

/** A contestant's connections stay open while the others have their turns. */
server.keepAliveTimeout = 3_600_000;
/** A process that was stalled makes up for it by many calls at once, each with a connection of its own. */
const BACKLOG = 4_096;

async function open(): Promise<ModelAddress> {
  if (!server.listening)
    await once(server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }), 'listening');
  const id = seen.push({ calls: 0, lastBody: '{}' }) - 1;
  const { port } = server.address() as AddressInfo; // it listens on a port
  return { id, url: `http://127.0.0.1:${port}/${id}/v1` };
}

function seenOf(id: number): ModelSeen {
  const { calls, lastBody } = seen[id] ?? { calls: 0, lastBody: '{}' };
  const { temperature } = JSON.parse(lastBody) as { temperature?: unknown };
  return { calls, temperature: Number(temperature) };
}

answerOrders((order: ModelOrder) => (order === 'open' ? open() : seenOf(order.seen)));
