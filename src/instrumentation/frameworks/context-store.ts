import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';
import { isRecord } from '../adapters/shape.js';
import { callWith, globalApi } from '../otel-global.js';

/** What `diagnostics_channel` does with a store that is bound to a channel. */
interface BoundStore {
  /** Up to Node 24. */
  run(active: Context, fn: () => unknown): unknown;
  /** From Node 26. */
  withScope(active: Context): Disposable;
}

/**
 * OpenTelemetry's context as a store that can be bound to a diagnostics channel, whichever context manager is, or will
 * be, registered. On Node 26 a manager that keeps no `AsyncLocalStorage` gets no context from a channel.
 */
export const contextStore = {
  run: (active, fn) => callWith(active, fn, undefined, []),
  withScope: (active) => storageOf(globalApi()?.context)?.withScope?.(active) ?? NO_SCOPE,
} satisfies BoundStore as unknown as AsyncLocalStorage<Context>; // the part of it that channels use

const NO_SCOPE: Disposable = { [Symbol.dispose]: () => undefined };

/** The manager of `@opentelemetry/context-async-hooks` hides its storage in this field, in every release so far. */
function storageOf(manager: unknown): Partial<BoundStore> | undefined {
  const storage = isRecord(manager) ? manager['_asyncLocalStorage'] : undefined;
  return isRecord(storage) ? storage : undefined;
}
