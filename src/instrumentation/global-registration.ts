import * as ownApi from '@opentelemetry/api';
import { InstrumentationBase, InstrumentationNodeModuleDefinition } from '@opentelemetry/instrumentation';
import shimmer from 'shimmer';
import { INSTRUMENTATION_NAME } from '../contract/names.js';
import { ARC_VERSION } from '../contract/package-info.js';
import { isRecord } from './adapters/shape.js';
import { forgetGlobalApi, globalApi, type GlobalApi } from './otel-global.js';

/** The setters of the API by which an application registers its own OpenTelemetry. */
const SETTERS = [
  ['trace', 'setGlobalTracerProvider'],
  ['metrics', 'setGlobalMeterProvider'],
  ['logs', 'setGlobalLoggerProvider'],
  ['context', 'setGlobalContextManager'],
  ['propagation', 'setGlobalPropagator'],
] as const;

/** The part of the API a provider can be registered for. */
export type Signal = (typeof SETTERS)[number][0];

/** Told what the application registered, after it has. */
export type OnRegistered = (signal: Signal, provider: unknown) => void;

/**
 * Makes room for the application's own OpenTelemetry. Arc registers its providers before the application runs; when the
 * application then registers others, Arc's are withdrawn first, so that the application gets what it asked for and Arc
 * joins it. Every copy of `@opentelemetry/api` is watched, since the first registration fixes the version for all.
 */
export class GlobalRegistration extends InstrumentationBase {
  declare private ours: GlobalApi | undefined;
  declare private onRegistered: OnRegistered;

  constructor(onRegistered: OnRegistered) {
    super(`${INSTRUMENTATION_NAME}/global-registration`, ARC_VERSION, { enabled: false });
    this.onRegistered = onRegistered;
    this.ours = { ...globalApi() };
    this.watch(ownApi);
    this.enable();
  }

  protected override init(): InstrumentationNodeModuleDefinition[] {
    return [
      new InstrumentationNodeModuleDefinition('@opentelemetry/api', ['*'], (api: unknown) => {
        this.watch(api);
        return api;
      }),
    ];
  }

  private watch(api: unknown): void {
    if (!isRecord(api)) return;
    for (const [signal, setter] of SETTERS) {
      const facade = api[signal];
      if (!isRecord(facade) || typeof facade[setter] !== 'function' || '__arc' in facade) continue;
      const methods = facade as Record<string, (...args: unknown[]) => unknown>; // its setter is a function, as just checked
      shimmer.wrap(methods, setter, (original) => this.makeRoom(signal, original));
      Object.defineProperty(facade, '__arc', { value: true });
    }
  }

  private makeRoom(signal: Signal, original: (...args: unknown[]) => unknown) {
    const { withdraw } = this;
    const registered = (provider: unknown): void => this.onRegistered(signal, provider);
    return function setGlobal(this: unknown, ...args: unknown[]): unknown {
      withdraw();
      const done = original.apply(this, args);
      if (done !== false) registered(args[0]);
      return done;
    };
  }

  /** Takes Arc's registrations back, once; what others registered stays. */
  private readonly withdraw = (): void => {
    const { ours } = this;
    const current = globalApi() as Record<string, unknown> | undefined;
    if (!ours || !current) return;
    this.ours = undefined;
    for (const [signal] of SETTERS) if (current[signal] === ours[signal]) delete current[signal];
    if (SETTERS.every(([signal]) => current[signal] === undefined)) forgetGlobalApi();
  };
}
