import { EventEmitter } from 'node:events';
import { isRecord, record } from '../adapters/shape.js';
import { countError } from '../call.js';
import type { SdkMethod } from '../intercept.js';
import type { McpCore } from './core.js';
import { sessionAttributes, sessionId, type Session } from './session.js';

/** Replaces `connect`: a connection begins. */
export function observeConnect(core: McpCore, original: SdkMethod): SdkMethod {
  return function connect(this: unknown, ...args: unknown[]): unknown {
    guarded(core, () => {
      // A second connect is refused by the SDK, and the first connection goes on.
      if (!isRecord(this) || isRecord(this['_transport'])) return;
      core.sessions.open(this, args[0]);
      endWithInput(core, this, args[0]);
    });
    return original.apply(this, args);
  };
}

/** Replaces `_onclose`: the connection is over, whoever ended it. */
export function observeClose(core: McpCore, original: SdkMethod): SdkMethod {
  return function closed(this: unknown, ...args: unknown[]): unknown {
    if (isRecord(this)) endSession(core, this);
    return original.apply(this, args);
  };
}

/** A server over stdio is not closed when its client goes: its input ends, and so does the process. */
function endWithInput(core: McpCore, protocol: object, transport: unknown): void {
  const input = record(transport)['_stdin'];
  if (input instanceof EventEmitter) input.once('end', () => endSession(core, protocol));
}

function endSession(core: McpCore, protocol: object): void {
  guarded(core, () => {
    const session = core.sessions.close(protocol);
    if (session && core.engine.active) recordSession(core, session);
  });
}

/** A connection over which nothing was ever agreed on is no session. */
function recordSession(core: McpCore, session: Session): void {
  const { role, startedAt, protocolVersion } = session;
  const isSession = protocolVersion !== undefined || sessionId(session) !== undefined;
  if (!role || startedAt === undefined || !isSession) return;
  const seconds = (performance.now() - startedAt) / 1000;
  core.instruments()[role].session.record(seconds, sessionAttributes(session));
}

function guarded(core: McpCore, step: () => void): void {
  try {
    step();
  } catch (error) {
    countError(core.engine, error);
  }
}
