import { isRecord, list, record } from '../adapters/shape.js';
import { countError } from '../call.js';
import type { SdkMethod } from '../intercept.js';
import { MCP } from '../../contract/names.js';
import { callWith } from '../otel-global.js';
import type { McpCore } from './core.js';
import { sendFailure } from './failure.js';
import { asMessage, type McpMessage } from './message.js';
import { beginOperation, failOperation, finishOperation, type Operation } from './operation.js';
import { withTraceContext } from './propagation.js';

/** What is about to be sent, and what is sent in its place. */
interface Sending {
  readonly operation: Operation;
  readonly args: readonly unknown[];
  /** The caller's own. */
  readonly signal: unknown;
}

/** Replaces `request` and `notification`: a client span around the message, its context inside it. */
export function observeSending(core: McpCore, original: SdkMethod): SdkMethod {
  return function send(this: unknown, ...args: unknown[]): unknown {
    const sending = core.engine.active ? beginSending(core, this, args) : undefined;
    if (!sending) return original.apply(this, args);
    const { operation, signal } = sending;
    const idBefore = nextRequestId(this);
    let result: unknown;
    try {
      result = callWith(operation.context, original, this, sending.args);
    } catch (error) {
      failOperation(operation, () => sendFailure(error, isAborted(signal)));
      throw error;
    }
    noteRequestId(operation, idBefore, nextRequestId(this));
    return observeAnswer(result, sending);
  };
}

function beginSending(core: McpCore, protocol: unknown, args: readonly unknown[]): Sending | undefined {
  let operation: Operation | undefined;
  try {
    const message = asMessage(args[0]);
    if (!message || !isRecord(protocol)) return undefined;
    const session = core.sessions.of(protocol);
    operation = beginOperation(core, {
      side: 'client',
      message,
      session,
      parent: core.engine.parentContext(),
    });
    const { signal } = record(args.at(-1)); // the options come last, for requests and notifications alike
    return { operation, args: [messageToSend(protocol, message, operation), ...args.slice(1)], signal };
  } catch (error) {
    countError(core.engine, error);
    return operation && { operation, args, signal: undefined };
  }
}

function messageToSend(protocol: object, message: McpMessage, { context }: Operation): McpMessage {
  // The SDK sends several notifications of one kind as one, as long as they have no parameters.
  const debounced = list(record(record(protocol)['_options'])['debouncedNotificationMethods']);
  if (message.params === undefined && debounced.includes(message.method)) return message;
  return withTraceContext(message, context);
}

/** The id the SDK gives to the next request; it takes one only for a request that leaves. */
function nextRequestId(protocol: unknown): number | undefined {
  const id = record(protocol)['_requestMessageId'];
  return typeof id === 'number' ? id : undefined;
}

function noteRequestId({ span }: Operation, before: number | undefined, after: number | undefined): void {
  if (before !== undefined && after === before + 1) span.setAttribute(MCP.jsonrpcRequestId, String(before));
}

/** A promise of its own, so that a rejection nobody handles still ends the process as it would without Arc. */
function observeAnswer(result: unknown, { operation, signal }: Sending): unknown {
  if (!(result instanceof Promise)) {
    finishOperation(operation, undefined);
    return result;
  }
  return result.then(
    (answer: unknown) => {
      finishOperation(operation, answer);
      return answer;
    },
    (error: unknown) => {
      failOperation(operation, () => sendFailure(error, isAborted(signal)));
      throw error;
    },
  );
}

function isAborted(signal: unknown): boolean {
  return signal instanceof AbortSignal && signal.aborted;
}
