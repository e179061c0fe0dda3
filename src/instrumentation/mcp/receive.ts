import { isSpanContextValid, trace, type Context, type Link } from '@opentelemetry/api';
import { isRecord, record, text } from '../adapters/shape.js';
import { countError } from '../call.js';
import type { SdkMethod } from '../intercept.js';
import { callWith } from '../otel-global.js';
import type { McpCore } from './core.js';
import { ABANDONED, CANCELLED, handlerFailure, METHOD_NOT_FOUND } from './failure.js';
import {
  findSlot,
  withHandler,
  type HandlerPlaces,
  type HandlerSlot,
  type McpHandler,
} from './handler-slot.js';
import { asMessage, type McpMessage } from './message.js';
import { beginOperation, failOperation, finishOperation, type Operation } from './operation.js';
import { extractTraceContext } from './propagation.js';
import type { Session } from './session.js';

const REQUESTS: HandlerPlaces = { byMethod: '_requestHandlers', fallback: 'fallbackRequestHandler' };
const NOTIFICATIONS: HandlerPlaces = {
  byMethod: '_notificationHandlers',
  fallback: 'fallbackNotificationHandler',
};

/** A message that arrived, and what handles it; a request nothing handles is answered with an error. */
interface Arrival {
  readonly operation: Operation;
  readonly slot: HandlerSlot | undefined;
}

/** Replaces `_onrequest`: a server span around what handles the request. */
export function observeRequests(core: McpCore, original: SdkMethod): SdkMethod {
  return observeArrivals(core, original, REQUESTS);
}

/** Replaces `_onnotification`: a server span around what handles the notification; one that nothing handles has none. */
export function observeNotifications(core: McpCore, original: SdkMethod): SdkMethod {
  return observeArrivals(core, original, NOTIFICATIONS);
}

function observeArrivals(core: McpCore, original: SdkMethod, places: HandlerPlaces): SdkMethod {
  return function receive(this: unknown, ...args: unknown[]): unknown {
    const arrival = core.engine.active ? beginArrival(core, this, places, args) : undefined;
    if (!arrival) return original.apply(this, args);
    const { operation, slot } = arrival;
    const dispatch = (): unknown => callWith(operation.context, original, this, args);
    try {
      if (slot) return withHandler(slot, observeHandler(operation, slot.handler), dispatch);
      return dispatch();
    } catch (error) {
      failOperation(operation, () => handlerFailure(error));
      throw error;
    } finally {
      if (!slot) failOperation(operation, () => METHOD_NOT_FOUND);
    }
  };
}

function beginArrival(
  core: McpCore,
  protocol: unknown,
  places: HandlerPlaces,
  args: readonly unknown[],
): Arrival | undefined {
  try {
    const message = asMessage(args[0]);
    if (!message || !isRecord(protocol)) return undefined;
    const slot = findSlot(protocol, places, message.method);
    if (!slot && places === NOTIFICATIONS) return undefined;
    const session = core.sessions.of(protocol);
    session.protocolVersion ??= versionInHeaders(args[1]);
    const operation = beginServerOperation(core, slot ? message : unknownMethod(message), session);
    return { operation, slot };
  } catch (error) {
    countError(core.engine, error);
    return undefined;
  }
}

/** The sender's span is the parent, whatever carried the message; what is active here, a request of HTTP say, is linked. */
function beginServerOperation(core: McpCore, message: McpMessage, session: Session): Operation {
  const ambient = core.engine.parentContext();
  const parent = extractTraceContext(ambient, message);
  return beginOperation(core, { side: 'server', message, session, parent, links: linksTo(ambient, parent) });
}

function linksTo(ambient: Context, parent: Context): Link[] {
  const here = trace.getSpanContext(ambient);
  const there = trace.getSpanContext(parent);
  if (!here || !isSpanContextValid(here) || here.spanId === there?.spanId) return [];
  return [{ context: here }];
}

/** Peers may ask for anything: what nobody handles must not make a name and a time series of its own. */
function unknownMethod({ method, id, params }: McpMessage): McpMessage {
  return { method, id, params, label: '_OTHER' };
}

/** Over HTTP each request names the version; a server without sessions learns it from nowhere else. */
function versionInHeaders(extra: unknown): string | undefined {
  return text(record(record(record(extra)['requestInfo'])['headers'])['mcp-protocol-version']);
}

/** Ends the spans of handlers that nobody can wait for any more. */
const dropped = new FinalizationRegistry<Operation>((operation) => failOperation(operation, () => ABANDONED));

/** Watches a handler from the side: the SDK gets the very promise the handler made. */
function observeHandler(operation: Operation, handler: McpHandler): McpHandler {
  return (...args) => {
    const { signal } = record(args[1]);
    if (signal instanceof AbortSignal) watchAbort(operation, signal);
    let result: unknown;
    try {
      result = handler(...args);
    } catch (error) {
      failOperation(operation, () => handlerFailure(error));
      throw error;
    }
    if (result instanceof Promise) observeHandling(operation, result);
    else finishOperation(operation, result);
    return result;
  };
}

function observeHandling(operation: Operation, handling: Promise<unknown>): void {
  dropped.register(handling, operation);
  void handling.then(
    (answer) => finishOperation(operation, answer),
    (error: unknown) => failOperation(operation, () => handlerFailure(error)),
  );
}

/** A cancelled request is not answered, and its handler may never end. */
function watchAbort(operation: Operation, signal: AbortSignal): void {
  const cancelled = (): void => failOperation(operation, () => CANCELLED);
  if (signal.aborted) cancelled();
  else signal.addEventListener('abort', cancelled, { once: true });
}
