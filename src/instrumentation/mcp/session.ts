import type { Attributes } from '@opentelemetry/api';
import { MCP } from '../../contract/names.js';
import { isRecord, put, record, text, type UnknownRecord } from '../adapters/shape.js';
import type { McpSide } from './message.js';
import { networkAttributes } from './network.js';

/** One connection of a client or server object. */
export interface Session {
  /** Which end of the connection the object is; undefined for a protocol class of the application's own. */
  readonly role: McpSide | undefined;
  readonly transport: UnknownRecord;
  readonly network: Attributes;
  /** Monotonic instant in milliseconds; undefined when the connection is older than Arc. */
  readonly startedAt: number | undefined;
  /** Negotiated by `initialize`. */
  protocolVersion: string | undefined;
}

/** The connections of all clients and servers. */
export interface Sessions {
  /** A client or server object connects over a transport. */
  open(protocol: object, transport: unknown): void;
  /** The connection of an object; one that Arc has not seen begin is read from the object. */
  of(protocol: object): Session;
  /** Forgets the connection. @returns it, if there was one. */
  close(protocol: object): Session | undefined;
}

/** Connections by object, weakly: a client that is dropped without a close is forgotten. */
export function createSessions(): Sessions {
  const sessions = new WeakMap<object, Session>();
  return {
    open(protocol, transport) {
      sessions.set(protocol, begin(protocol, transport, performance.now()));
    },
    of(protocol) {
      const known = sessions.get(protocol);
      if (known) return known;
      const found = begin(protocol, record(protocol)['_transport'], undefined);
      if (isRecord(record(protocol)['_transport'])) sessions.set(protocol, found);
      return found;
    },
    close(protocol) {
      const session = sessions.get(protocol);
      sessions.delete(protocol);
      return session;
    },
  };
}

/** What every operation and the session itself say of the connection. */
export function sessionAttributes(session: Session): Attributes {
  const attributes: Attributes = { ...session.network };
  put(attributes, MCP.protocolVersion, session.protocolVersion);
  return attributes;
}

/** The id a session has over HTTP, once the server gave it. */
export function sessionId(session: Session): string | undefined {
  return text(session.transport['sessionId']);
}

function begin(protocol: object, transport: unknown, startedAt: number | undefined): Session {
  const known = record(transport);
  return {
    role: roleOf(record(protocol)),
    transport: known,
    network: networkAttributes(known),
    startedAt,
    protocolVersion: text(known['protocolVersion']),
  };
}

/** The two classes of the SDK by what only they have; `instanceof` would miss a second copy. */
function roleOf(protocol: UnknownRecord): McpSide | undefined {
  if (typeof protocol['getServerCapabilities'] === 'function') return 'client';
  return typeof protocol['getClientCapabilities'] === 'function' ? 'server' : undefined;
}
