import { Socket } from 'node:net';

/** Names and addresses that do not leave the machine. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/;

/** The method as it is replaced. */
interface Connecting {
  connect: (this: unknown, ...args: unknown[]) => unknown;
}

/**
 * Refuses TCP connections of this process to anything but the loopback interface: nothing a peer measures, sends or asks
 * for may leave the machine. Pipes and Unix sockets are left alone.
 * @param refused - told each host that was refused.
 */
export function keepOnLoopback(refused: (host: string) => void): void {
  const socket = Socket.prototype as unknown as Connecting; // each overload fits
  const { connect } = socket;
  socket.connect = function guarded(this: Socket, ...args: unknown[]) {
    const host = hostOf(args);
    if (host === undefined || LOOPBACK.test(host)) return connect.apply(this, args);
    refused(host);
    return this.destroy(new Error(`the benchmark stays on this machine: no connection to ${host}`));
  } as Connecting['connect'];
}

/** The host of the arguments of `connect`, in each of its forms; `net.connect` passes its own in one array. */
function hostOf(args: readonly unknown[]): string | undefined {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first === 'object' && first !== null) {
    const { host, path } = first as { host?: unknown; path?: unknown }; // what connect takes
    return path === undefined || path === null ? textOf(host) : undefined;
  }
  return typeof first === 'number' ? textOf(second) : undefined;
}

function textOf(host: unknown): string {
  return typeof host === 'string' ? host : 'localhost';
}
