import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hono } from 'hono';
import { ArcError } from '../../src/contract/errors.js';
import type { PackInfo } from '../../src/contract/pattern.js';
import type { Database } from '../store/database.js';
import { createDialogue } from './dialogue.js';
import { createHttpEndpoint } from './http-endpoint.js';
import { createPackDesk, packInfo, type PackDesk } from './pack-desk.js';
import { createPackStore } from './pack-store.js';
import { createProcessRegistry } from './process-registry.js';
import type { ProcessView } from './process-view.js';
import { createRoutes } from './routes.js';
import { attachWebSocketEndpoint } from './websocket-server.js';

/** What the control part needs. */
export interface ControlParts {
  /** Core's database; the control part keeps tables of its own in it and does not close it. */
  readonly database: Database;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Takes one line per surprise; nothing is written when all is well. */
  readonly log?: (message: string) => void;
}

/** The control part of Arc Core: hands packs to processes over OpAMP. */
export interface Control {
  /** The port it listens on. */
  readonly port: number;
  /** Its part of the JSON API, to be mounted under `/api`. */
  readonly routes: Hono;
  /** The processes known, connected ones first. */
  processes(): readonly ProcessView[];
  /** The packs on offer, by name. */
  packs(): readonly PackInfo[];
  /** Says goodbye to every process and stops listening. */
  close(): Promise<void>;
}

/** Between two looks for processes that fell silent, in milliseconds. */
const SWEEP_EVERY_MS = 1_000;

/**
 * Starts the control part.
 * @throws {ArcError} `ARC_PORT_IN_USE` when the port is taken.
 */
export async function createControl(parts: ControlParts): Promise<Control> {
  const log = parts.log ?? (() => undefined);
  const store = createPackStore(parts.database);
  const registry = createProcessRegistry();
  const desk: PackDesk = createPackDesk(store, registry, () => webSockets.pushAll());
  const dialogue = createDialogue(registry, () => desk.current());
  const server = createHttpEndpoint({ dialogue, store, log });
  const webSockets = attachWebSocketEndpoint({ server, dialogue, registry });
  const port = await listen(server, parts.host, parts.port).catch((error: unknown) => {
    webSockets.close();
    throw error;
  });
  const sweeper = setInterval(() => registry.sweep(Date.now()), SWEEP_EVERY_MS).unref();
  const processes = (): readonly ProcessView[] =>
    registry.records().map(({ view, setHash }) => ({ ...view, upToDate: setHash === desk.current().hash }));
  return {
    port,
    routes: createRoutes(desk, processes),
    processes,
    packs: () => store.list().map(packInfo),
    close() {
      clearInterval(sweeper);
      webSockets.close();
      return stop(server);
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenFailure(error, host, port)));
    server.listen(port, host, () => {
      // A server that listens on TCP has an address of this form.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function listenFailure(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  const message = `control: port ${port} on ${host} is taken; choose another with --control-port or ARC_CORE_CONTROL_PORT`;
  return new ArcError('ARC_PORT_IN_USE', message, { cause: error });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
