import { createMethodPatch, type Method } from '../method-patch.js';
import { environment } from '../environment.js';
import { isRecord, list, record, type UnknownRecord } from './shape.js';

/**
 * `@mistralai/mistralai` makes spans once the application tells it to: for Mistral's own service (`dedicated`), or for the
 * application's provider (`global`, or one that it names). The latter would be the second span of a call.
 * @see `hooks/tracing.js` and `extra/observability` of the package
 */
const MODE = 'MISTRAL_SDK_TELEMETRY';

/** Set on the prototype of the SDK's tracing hook: who may ask it for silence. */
const ASKERS = Symbol.for('arc.mistral.askers');

type Asker = () => boolean;

/**
 * Keeps the SDK from making a span for a request Arc has one for. What goes to Mistral's own service is left alone.
 * @param source - what the package exports, or a client.
 * @param isMuted - asked at each request; must not throw.
 */
export function muteMistral(source: unknown, isMuted: Asker): void {
  const hook = hookOf(source) ?? hookOf(madeBy(source));
  const prototype: unknown = hook && Object.getPrototypeOf(hook);
  if (!isRecord(prototype)) return;
  const known: unknown = Reflect.get(prototype, ASKERS);
  if (known instanceof Set) {
    known.add(isMuted);
    return;
  }
  const askers = new Set<Asker>([isMuted]);
  Object.defineProperty(prototype, ASKERS, { value: askers });
  createMethodPatch(prototype, 'beforeRequest', (original) => quiet(original, askers)).apply();
}

/** True when a call through a resource of the SDK gets a span of its own in the application's telemetry. */
export function tracedByMistral(resource: unknown): boolean {
  const hook = hookOf(resource);
  return hook !== undefined && !isDedicated(hook) && (isGlobal(hook) || hook['tracerProvider'] !== undefined);
}

function quiet(original: Method, askers: ReadonlySet<Asker>): Method {
  return function beforeRequest(context, request, ...more) {
    const isMuted = !isDedicated(record(this)) && [...askers].some((asks) => asks());
    return isMuted ? request : original.call(this, context, request, ...more);
  };
}

function isDedicated(hook: UnknownRecord): boolean {
  return hook['_autoTelemetryProvider'] !== undefined || modeIs('dedicated');
}

function isGlobal(hook: UnknownRecord): boolean {
  return hook['_telemetryUseGlobalProvider'] === true || modeIs('global');
}

function modeIs(mode: string): boolean {
  return environment[MODE]?.trim().toLowerCase() === mode;
}

/** Clients and their resources share the hooks. */
function hookOf(source: unknown): UnknownRecord | undefined {
  const hooks = record(record(record(source)['_options'])['hooks']);
  return list(hooks['beforeRequestHooks'])
    .map(record)
    .find((hook) => hook['_mistralTracingHook'] === true);
}

function madeBy(moduleExports: unknown): unknown {
  const { Mistral } = record(moduleExports);
  try {
    return typeof Mistral === 'function' ? Reflect.construct(Mistral, [{ apiKey: 'none' }]) : undefined;
  } catch {
    return undefined;
  }
}
