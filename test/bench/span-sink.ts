/** A process that takes what the contestants export and keeps nothing but the number of model calls in it. */
import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { serveGrpc } from '../../collector/ingest/grpc.js';
import { loadSignalCodecs, SIGNAL_NAMES, SIGNALS } from '../../collector/ingest/signals.js';
import { countDatadog, countOtlp, countSentry } from './model-spans.js';
import { answerOrders } from './side-process.js';

/** Where one contestant sends to. */
export interface SinkAddress {
  readonly id: number;
  /** OTLP over gRPC. */
  readonly grpcUrl: string;
  /** Datadog's agent and Sentry's envelopes. */
  readonly httpUrl: string;
}

/** Opens a sink, answered with its {@link SinkAddress}, or asks for the model calls one has seen. */
export type SinkOrder = 'open' | { readonly count: number };

const codecs = loadSignalCodecs();
const counts: number[] = [];

async function open(): Promise<SinkAddress> {
  const id = counts.push(0) - 1;
  const add = (count: number): void => {
    counts[id] = (counts[id] ?? 0) + count;
  };
  const grpc = await serveGrpc(
    { host: '127.0.0.1', port: 0, purpose: 'the spans of a benchmark', flag: '--port', env: 'PORT' },
    new Map(
      SIGNALS.map((signal) => [
        SIGNAL_NAMES[signal].grpcPath,
        (body) => {
          if (signal === 'traces') add(countOtlp(codecs.traces.decode(body)));
          return { kind: 'ok', body: new Uint8Array() };
        },
      ]),
    ),
  );
  return { id, grpcUrl: `http://127.0.0.1:${grpc.port}`, httpUrl: `http://127.0.0.1:${await openHttp(add)}` };
}

async function openHttp(add: (count: number) => void): Promise<number> {
  const server = createServer((request, response) => {
    void countHttp(request).then((count) => {
      add(count);
      response.setHeader('content-type', 'application/json');
      response.end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port; // it listens on a port
}

async function countHttp(request: IncomingMessage): Promise<number> {
  const body = await buffer(request);
  const { url = '', headers } = request;
  if (url === '/v0.4/traces') return countDatadog(body);
  return url.includes('/envelope/') ? countSentry(body, headers['content-encoding']) : 0;
}

answerOrders((order: SinkOrder) => (order === 'open' ? open() : (counts[order.count] ?? 0)));
