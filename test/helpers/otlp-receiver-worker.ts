import { parentPort } from 'node:worker_threads';
import { MockOtlpServer } from '@elastic/mockotlpserver';
import { normaliseLogs, normaliseMetrics, normaliseTrace } from './otlp-normalise.js';
import type { ReceiverMessage } from './otlp-receiver.js';

const post = (message: ReceiverMessage): void => parentPort?.postMessage(message);

const server = new MockOtlpServer({
  logLevel: 'fatal',
  services: ['grpc', 'http'],
  grpcHostname: '127.0.0.1',
  grpcPort: 0,
  httpHostname: '127.0.0.1',
  httpPort: 0,
  onTrace: (trace) => post({ kind: 'spans', items: normaliseTrace(trace) }),
  onMetrics: (metrics) => post({ kind: 'points', items: normaliseMetrics(metrics) }),
  onLogs: (logs) => post({ kind: 'logs', items: normaliseLogs(logs) }),
  onRequest: ({ path }) => post({ kind: 'request', path }),
});

async function main(): Promise<void> {
  await server.start();
  post({ kind: 'ready', grpcUrl: trim(server.grpcUrl), httpUrl: trim(server.httpUrl) });
}

void main();

function trim(url: URL | null): string {
  return (url?.href ?? '').replace(/\/$/, '');
}
