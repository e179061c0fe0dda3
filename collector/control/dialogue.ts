import {
  AGENT_FLAG,
  ERROR_TYPE,
  hasBit,
  SERVER_CAPABILITY,
  SERVER_FLAG,
  type AgentToServer,
  type PackagesAvailable,
  type ServerToAgent,
} from '../../src/wire/opamp-messages.js';
import { newUuidV7 } from '../../src/wire/uuid.js';
import { packagesAvailable, type PackSet } from './offer.js';
import type { Carrier, ProcessRecord, ProcessRegistry } from './process-registry.js';

/** Where a message came from. */
export interface Sender {
  /** The connection, on a WebSocket. */
  readonly carrier: Carrier;
  /** Under which the sender reaches this server, e.g. `http://localhost:4320`. */
  readonly origin: string;
}

/** Core's side of OpAMP, the same on both transports. */
export interface Dialogue {
  /** Takes a message in and says what to answer. */
  answer(message: AgentToServer, sender: Sender): ServerToAgent;
  /** An offer that was not asked for, or undefined when the process has it, or takes none. */
  offer(uid: Uint8Array, origin: string): ServerToAgent | undefined;
}

const CAPABILITIES = String(
  SERVER_CAPABILITY.acceptsStatus |
    SERVER_CAPABILITY.acceptsEffectiveConfig |
    SERVER_CAPABILITY.offersPackages |
    SERVER_CAPABILITY.acceptsPackagesStatus,
);

/** Creates the dialogue over what is known of processes and packs. */
export function createDialogue(registry: ProcessRegistry, current: () => PackSet): Dialogue {
  return {
    answer(message, sender) {
      const known = registry.get(message.instanceUid);
      const newInstanceUid = needsNewUid(message, known, sender.carrier) ? newUuidV7(Date.now()) : undefined;
      const instanceUid = newInstanceUid ?? message.instanceUid;
      const record = registry.update({ ...message, instanceUid }, sender.carrier, Date.now());
      if (message.agentDisconnect) registry.disconnect(instanceUid);
      const offered = message.agentDisconnect ? undefined : due(record, current(), sender.origin);
      return {
        instanceUid: message.instanceUid,
        capabilities: CAPABILITIES,
        ...(missedSomething(message, newInstanceUid ? undefined : known)
          ? { flags: String(SERVER_FLAG.reportFullState) }
          : {}),
        ...(newInstanceUid ? { agentIdentification: { newInstanceUid } } : {}),
        ...(offered ? { packagesAvailable: offered } : {}),
      };
    },
    offer(uid, origin) {
      const record = registry.get(uid);
      const offered = record && due(record, current(), origin);
      return offered && { instanceUid: uid, packagesAvailable: offered };
    },
  };
}

/** The answer to bytes that are no message. */
export function badRequest(problem: string): ServerToAgent {
  return {
    instanceUid: new Uint8Array(0),
    errorResponse: { type: ERROR_TYPE.badRequest, errorMessage: problem },
  };
}

function due(record: ProcessRecord, set: PackSet, origin: string): PackagesAvailable | undefined {
  if (!record.view.acceptsPacks || record.setHash === set.hash) return undefined;
  return packagesAvailable(set, origin);
}

/** Two live connections under one uid are two processes: a copied image, a forked start-up. The newcomer is renamed. */
function needsNewUid(message: AgentToServer, known: ProcessRecord | undefined, carrier: Carrier): boolean {
  if (hasBit(message.flags, AGENT_FLAG.requestInstanceUid)) return true;
  return known?.carrier !== undefined && carrier !== undefined && known.carrier !== carrier;
}

/** A message that leaves things out is of use only to who heard the one before. */
function missedSomething(message: AgentToServer, known: ProcessRecord | undefined): boolean {
  if (message.agentDescription || message.agentDisconnect) return false;
  return !known || BigInt(message.sequenceNum ?? '0') !== known.sequence + 1n;
}
