import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { CLOSE_GRACE_MS } from './limits.js';
import { type ListenAddress, type Listener, listenFailure } from './listen.js';

/** Answers one HTTP request. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

/**
 * Serves HTTP/1.1.
 * @throws {ArcError} `ARC_PORT_IN_USE` or `ARC_CONFIG_INVALID`
 */
export async function serveHttp(address: ListenAddress, fetch: FetchHandler): Promise<Listener> {
  // The adaptor would otherwise replace the process's own Request and Response.
  const listener = getRequestListener((request) => fetch(request), { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenFailure(address, error)));
    server.listen(address.port, address.host, resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : address.port;
  return { port, close: () => closeServer(server) };
}

async function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
