/**
 * The process-wide OpenTelemetry registrations, read directly. The API package hides them from a copy of itself whose
 * minor version is newer than the one the application registered with; spans would then vanish without a word.
 */
import {
  context,
  ROOT_CONTEXT,
  type Context,
  type ContextManager,
  type TracerProvider,
} from '@opentelemetry/api';

const API_KEY = Symbol.for('opentelemetry.js.api.1');

/** The registrations Arc looks at. All are absent until somebody registers. */
export interface GlobalApi {
  readonly version?: string;
  readonly context?: ContextManager;
  readonly trace?: TracerProvider;
  readonly metrics?: unknown;
  readonly logs?: unknown;
  readonly propagation?: unknown;
}

/** The registrations of this process, whichever API version made them. */
export function globalApi(): GlobalApi | undefined {
  return (globalThis as { [API_KEY]?: GlobalApi })[API_KEY];
}

/** True when some code has registered a tracer provider. */
export function hasTracerProvider(): boolean {
  return globalApi()?.trace !== undefined;
}

/** The active context, from whichever context manager is registered. */
export function activeContext(): Context {
  const manager = globalApi()?.context;
  return manager ? manager.active() : ROOT_CONTEXT;
}

/** Calls `fn` with a context active. Without a context manager it is simply called. */
export function callWith(
  active: Context,
  fn: (...args: unknown[]) => unknown,
  self: unknown,
  args: readonly unknown[],
): unknown {
  const manager = globalApi()?.context;
  // Context managers make null of an undefined `this`, which is another error in a method without its object.
  const call = self === undefined ? fn.bind(undefined) : fn;
  return manager ? manager.with(active, call, self, ...args) : context.with(active, call, self, ...args);
}

/** Withdraws registrations made with another API version, so that the application can register its own. */
export function forgetGlobalApi(): void {
  delete (globalThis as { [API_KEY]?: GlobalApi })[API_KEY];
}
