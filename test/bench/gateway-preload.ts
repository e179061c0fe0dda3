/** Preloaded into a gateway's process: keeps it on the loopback interface, and tells its port and what it has used. */
import { Server, type AddressInfo } from 'node:net';
import type { Usage } from './ready.js';
import { answerOrders } from './side-process.js';

/** What is asked: the port, once it listens, or processor time and memory. */
type GatewayOrder = 'port' | 'usage';

/** The method as it is replaced. */
interface Listening {
  listen: (this: unknown, ...args: unknown[]) => unknown;
}

const port = new Promise<number>((resolve) => {
  const server: Listening = Server.prototype as unknown as Listening; // each overload fits
  const { listen } = server;
  // The gateway calls it with a port and no host, which would be every interface.
  server.listen = function onLoopback(this: Server, at: unknown) {
    this.once('listening', () => resolve((this.address() as AddressInfo).port)); // it listens on a port
    return listen.call(this, { port: Number(at), host: '127.0.0.1' });
  } as Listening['listen'];
});

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpu: user + system, resident: process.memoryUsage.rss() };
}

answerOrders((order: GatewayOrder) => (order === 'port' ? port : usage()));
