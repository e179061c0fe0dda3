import type { CoreOptions } from './config.js';
import { type Control, type ControlParts, createControl } from './control/control.js';
import { invalidSetting } from '../src/contract/errors.js';
import { createForwarder, type Forwarder, type ForwardStats } from './ingest/forward.js';
import { createForwardTarget } from './ingest/forward-target.js';
import { serveHttp } from './ingest/http-server.js';
import { type ListenAddress, type Listener, listenFailure } from './ingest/listen.js';
import { serveOtlpGrpc } from './ingest/otlp-grpc.js';
import { createOtlpHttp } from './ingest/otlp-http.js';
import { createReceiver, type Receiver } from './ingest/receive.js';
import { loadSignalCodecs, type SignalCodecs } from './ingest/signals.js';
import { openDatabase } from './store/database.js';
import { createSqliteStore } from './store/sqlite-store.js';
import type { Store } from './store/store.js';
import { createWebApp } from './web/app.js';

/** The ports a Core listens on; `control` is undefined when it runs without the control channel. */
export interface CorePorts {
  readonly otlpGrpc: number;
  readonly otlpHttp: number;
  readonly web: number;
  readonly control: number | undefined;
}

/** A running Arc Core. */
export interface Core {
  readonly ports: CorePorts;
  readonly store: Store;
  /** What forwarding did; undefined when it is off. */
  forwardStats(): ForwardStats | undefined;
  /** Lets requests in flight end, passes on what is queued, writes the log back and closes everything. */
  close(): Promise<void>;
}

/** Replacements of single parts; whatever is left out is the real one. */
export interface CoreParts {
  /** Starts the control channel; null runs without it. */
  readonly control?: ((parts: ControlParts) => Promise<Control>) | null;
  /** Wraps the store, e.g. to watch it or to let it fail. */
  readonly wrapStore?: (store: Store) => Store;
  /** Takes one line per event that an operator should see; nothing is written when all is well. */
  readonly log?: (line: string) => void;
}

/**
 * Starts Arc Core. When any part cannot start, those already running are closed again.
 * @throws {ArcError} `ARC_PORT_IN_USE`, `ARC_STORE_CORRUPT` or `ARC_CONFIG_INVALID`, saying what to do.
 * @example
 * const core = await startCore(resolveCoreOptions({ database: ':memory:' }, process.env).options);
 * await core.close();
 */
export async function startCore(options: CoreOptions, parts: CoreParts = {}): Promise<Core> {
  const closers: (() => Promise<void> | void)[] = [];
  const closeAll = async (): Promise<void> => {
    // In reverse: what takes requests closes before what it writes to.
    for (let close = closers.pop(); close; close = closers.pop()) await close();
  };
  try {
    return await compose(options, parts, closers, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function compose(
  options: CoreOptions,
  parts: CoreParts,
  closers: (() => Promise<void> | void)[],
  closeAll: () => Promise<void>,
): Promise<Core> {
  const log = parts.log ?? (() => undefined);
  const codecs = loadSignalCodecs();
  const database = openDatabase(options.database);
  closers.push(() => database.close());
  const sqlite = createSqliteStore(database);
  const store = parts.wrapStore?.(sqlite) ?? sqlite;
  const forwarder = startForwarder(options, log);
  if (forwarder) closers.push(() => forwarder.close());
  const forwardStats = (): ForwardStats | undefined => forwarder?.stats();

  const control = await startControl(options, parts, { database, log });
  if (control) closers.push(() => control.close());
  const onCommitted: Forwarder['offer'] = (signal, body) => forwarder?.offer(signal, body);
  const receiver = createReceiver({ store, codecs, onCommitted, log });
  const { grpc, http } = await serveOtlp(options, receiver, codecs, closers);
  let ready = true;
  const app = createWebApp({ store, forwardStats, ready: () => ready, control, hosts: options, log });
  const web = await serveHttp(addressOf(options, 'web'), (request) => app.fetch(request));
  closers.push(() => web.close());
  return {
    ports: { otlpGrpc: grpc.port, otlpHttp: http.port, web: web.port, control: control?.port },
    store,
    forwardStats,
    close() {
      ready = false;
      return closeAll();
    },
  };
}

async function serveOtlp(
  options: CoreOptions,
  receiver: Receiver,
  codecs: SignalCodecs,
  closers: (() => Promise<void> | void)[],
): Promise<{ readonly grpc: Listener; readonly http: Listener }> {
  const grpc = await serveOtlpGrpc(addressOf(options, 'otlpGrpc'), receiver, codecs);
  closers.push(() => grpc.close());
  const app = createOtlpHttp(receiver, codecs);
  const http = await serveHttp(addressOf(options, 'otlpHttp'), (request) => app.fetch(request));
  closers.push(() => http.close());
  return { grpc, http };
}

/** The one place where the control channel is composed. */
async function startControl(
  options: CoreOptions,
  { control = createControl }: CoreParts,
  context: Pick<ControlParts, 'database' | 'log'>,
): Promise<Control | undefined> {
  if (control === null) return undefined;
  const address = addressOf(options, 'control');
  return control({ ...context, host: address.host, port: address.port }).catch((error: unknown) => {
    throw listenFailure(address, error);
  });
}

function startForwarder(options: CoreOptions, log: (line: string) => void): Forwarder | undefined {
  const { forward: url, forwardProtocol, otlpGrpcPort, otlpHttpPort } = options;
  if (!url) return undefined;
  const own = forwardProtocol === 'grpc' ? otlpGrpcPort : otlpHttpPort;
  const loopback = ['localhost', '127.0.0.1', '[::1]', options.host].includes(url.hostname);
  if (loopback && Number(url.port) === own && own !== 0) {
    throw invalidSetting('forward', 'another endpoint than this Arc Core itself', url.href);
  }
  return createForwarder({ url: url.href, target: createForwardTarget(url, forwardProtocol), log });
}

/** What each port is for, and how to change it. */
const PORTS = {
  otlpGrpc: ['OTLP/gRPC', 'otlpGrpcPort', '--otlp-grpc-port', 'ARC_CORE_OTLP_GRPC_PORT'],
  otlpHttp: ['OTLP/HTTP', 'otlpHttpPort', '--otlp-http-port', 'ARC_CORE_OTLP_HTTP_PORT'],
  web: ['the pages and the JSON API', 'webPort', '--web-port', 'ARC_CORE_WEB_PORT'],
  control: ['the control channel', 'controlPort', '--control-port', 'ARC_CORE_CONTROL_PORT'],
} as const;

function addressOf(options: CoreOptions, name: keyof typeof PORTS): ListenAddress {
  const [purpose, key, flag, env] = PORTS[name];
  return { host: options.host, port: options[key], purpose, flag, env };
}
