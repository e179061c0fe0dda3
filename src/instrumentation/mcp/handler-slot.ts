/** A handler of requests or notifications, as the SDK calls it. */
export type McpHandler = (...args: unknown[]) => unknown;

/** Where a client or server object looks up the handler of one method, at once when a message arrives. */
export interface HandlerSlot {
  /** The handler at the time the slot was found. */
  readonly handler: McpHandler;
  read(): unknown;
  write(handler: McpHandler): void;
}

/** Names of the two places: handlers by method, and one for everything else. */
export interface HandlerPlaces {
  readonly byMethod: string;
  readonly fallback: string;
}

/** @returns undefined when nothing handles the method. */
export function findSlot(
  protocol: Readonly<Record<string, unknown>>,
  places: HandlerPlaces,
  method: string,
): HandlerSlot | undefined {
  const handlers = protocol[places.byMethod];
  const own: unknown = handlers instanceof Map ? handlers.get(method) : undefined;
  if (handlers instanceof Map && isHandler(own)) {
    return {
      handler: own,
      read: () => handlers.get(method) as unknown, // a map of the SDK's, of unknown content
      write: (handler) => void handlers.set(method, handler),
    };
  }
  const fallback = protocol[places.fallback];
  if (!isHandler(fallback)) return undefined;
  return {
    handler: fallback,
    read: () => protocol[places.fallback],
    write: (handler) => void Reflect.set(protocol, places.fallback, handler),
  };
}

/** Puts a handler in place for as long as `dispatch` runs: the SDK reads it first thing and keeps what it read. */
export function withHandler(slot: HandlerSlot, lent: McpHandler, dispatch: () => unknown): unknown {
  slot.write(lent);
  try {
    return dispatch();
  } finally {
    if (slot.read() === lent) slot.write(slot.handler);
  }
}

/** True for a value the SDK can call. */
function isHandler(value: unknown): value is McpHandler {
  return typeof value === 'function';
}
