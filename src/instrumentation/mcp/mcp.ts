import type { Meter } from '@opentelemetry/api';
import type { SdkStatus } from '../../contract/status.js';
import { isRecord } from '../adapters/shape.js';
import { isTested } from '../adapters/registry.js';
import { countError } from '../call.js';
import type { Engine } from '../engine.js';
import type { SdkMethod } from '../intercept.js';
import { isPatched, replaceMethod, restoreMethod, type MethodOwner } from '../patch.js';
import { watchCommonJs } from './commonjs.js';
import { observeClose, observeConnect } from './connection.js';
import type { McpCore } from './core.js';
import { MCP_MODULE, MCP_TESTED } from './definitions.js';
import { createMcpInstruments, type McpInstruments } from './metrics.js';
import { observeNotifications, observeRequests } from './receive.js';
import { observeSending } from './send.js';
import { createSessions } from './session.js';

/** The methods of `Protocol`, which clients and servers share, and what replaces each. */
const METHODS: Readonly<Record<string, (core: McpCore, original: SdkMethod) => SdkMethod>> = {
  connect: observeConnect,
  request: observeSending,
  notification: observeSending,
  _onrequest: observeRequests,
  _onnotification: observeNotifications,
  _onclose: observeClose,
};

interface Copy {
  /** Weak, so that a wrapped client can be collected. */
  readonly owner: WeakRef<MethodOwner>;
  readonly version: string | undefined;
  readonly format: SdkStatus['format'];
}

/** The patches of MCP clients and servers of one engine. */
export interface Mcp {
  /** Patches an ES module copy of the SDK. */
  addModule(moduleExports: unknown, version: string | undefined): void;
  /** Patches one client or server object. Returns false when it is none. */
  addClient(client: unknown): boolean;
  /** Puts every patch in place (again). */
  apply(): void;
  /** Puts every original back. */
  restore(): void;
  status(): readonly SdkStatus[];
}

/** @param engine - what the patched methods read on each message. */
export function createMcp(engine: Engine): Mcp {
  const core: McpCore = { engine, sessions: createSessions(), instruments: instrumentsOf(engine) };
  let copies: Copy[] = [];
  const add = (owner: unknown, about: Omit<Copy, 'owner'>): boolean => {
    if (!isProtocol(owner)) return false;
    copies = copies.filter((copy) => copy.owner.deref());
    if (!copies.some((copy) => copy.owner.deref() === owner))
      copies.push({ ...about, owner: new WeakRef(owner) });
    if (engine.active) apply(core, owner);
    return true;
  };
  watchCommonJs((moduleExports, version) => {
    try {
      add(prototypeIn(moduleExports), { version, format: 'cjs' });
    } catch (error) {
      countError(engine, error);
    }
  });
  return {
    addModule: (moduleExports, version) => void add(prototypeIn(moduleExports), { version, format: 'esm' }),
    addClient: (client) => add(protocolOf(client), { version: undefined, format: 'client' }),
    apply: () => forEachOwner(copies, (owner) => apply(core, owner)),
    restore: () => forEachOwner(copies, restore),
    status: () => copies.map(describeCopy),
  };
}

/** Made once for each meter: the application may swap it while the process runs. */
function instrumentsOf(engine: Engine): () => McpInstruments {
  let meter: Meter | undefined;
  let instruments: McpInstruments | undefined;
  return () => {
    if (instruments && meter === engine.meter) return instruments;
    meter = engine.meter;
    return (instruments = createMcpInstruments(meter));
  };
}

function prototypeIn(moduleExports: unknown): unknown {
  const protocol = isRecord(moduleExports) ? moduleExports['Protocol'] : undefined;
  return typeof protocol === 'function' ? (protocol.prototype as unknown) : undefined;
}

/** A client or server, or the one inside an `McpServer`. */
function protocolOf(client: unknown): unknown {
  return isRecord(client) && !isProtocol(client) ? client['server'] : client;
}

/** By shape: several copies of the SDK in one process are normal. */
function isProtocol(value: unknown): value is MethodOwner {
  return isRecord(value) && Object.keys(METHODS).every((method) => typeof value[method] === 'function');
}

function apply(core: McpCore, owner: MethodOwner): void {
  for (const [method, observe] of Object.entries(METHODS)) {
    replaceMethod(owner, method, (original) => observe(core, original));
  }
}

function restore(owner: MethodOwner): void {
  for (const method of Object.keys(METHODS)) restoreMethod(owner, method);
}

function forEachOwner(copies: readonly Copy[], action: (owner: MethodOwner) => void): void {
  for (const copy of copies) {
    const owner = copy.owner.deref();
    if (owner) action(owner);
  }
}

function describeCopy({ owner, version, format }: Copy): SdkStatus {
  return {
    module: MCP_MODULE,
    version,
    format,
    support: isTested({ tested: MCP_TESTED }, version) ? 'tested' : 'untested',
    targets: Object.keys(METHODS).map((method) => ({
      name: `Protocol.${method}`,
      patched: isPatched(owner.deref()?.[method]),
    })),
  };
}
