import { ArcError, invalidSetting } from '../../src/contract/errors.js';

/** A port to listen on, with what to say when it cannot be had. */
export interface ListenAddress {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** What the port is for, e.g. `OTLP/gRPC`. */
  readonly purpose: string;
  /** The flag that changes it. */
  readonly flag: string;
  /** The environment variable that changes it. */
  readonly env: string;
}

/** A server that listens. */
export interface Listener {
  /** The port it got. */
  readonly port: number;
  /** Stops taking requests, lets those in flight end (at most some seconds), then closes. */
  close(): Promise<void>;
}

/** Turns the error of a server that could not listen into one that says which port, for what, and what to do. */
export function listenFailure(address: ListenAddress, error: unknown): Error {
  if (ArcError.is(error)) return error;
  const { host, port, purpose, flag, env } = address;
  const message = error instanceof Error ? error.message : String(error);
  if (codeOf(error) === 'EADDRINUSE' || message.includes('EADDRINUSE')) {
    return new ArcError(
      'ARC_PORT_IN_USE',
      `port ${port} on ${host} is taken; Arc Core needs it for ${purpose}. Stop the other program (perhaps another ` +
        `\`arc core\`), or choose another port with ${flag} or ${env}.`,
      { cause: error },
    );
  }
  return invalidSetting(
    `${flag} (${env}) with --host (ARC_CORE_HOST)`,
    `an address to listen on (${message})`,
    `${host}:${port}`,
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
