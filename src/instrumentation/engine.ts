import type { Context, Logger, Tracer } from '@opentelemetry/api';
import type { ArcOptions } from '../contract/options.js';
import type { PackHolder } from '../patterns/pack-holder.js';
import type { Instruments } from './metrics.js';

/** Running totals since the process started, for `status()`. */
export interface Counters {
  intercepted: number;
  matched: number;
  fixed: number;
  errors: number;
}

/**
 * What a patched method reads on each call. One per {@link ArcInstrumentation}; its fields are swapped as a whole
 * (options, tracer, instruments), so that a call sees one consistent value of each.
 */
export interface Engine {
  /** False: the original is called at once. */
  active: boolean;
  options: ArcOptions;
  readonly packs: PackHolder;
  tracer: Tracer;
  logger: Logger | undefined;
  instruments: Instruments;
  readonly counters: Counters;
  /** The context a new span belongs to. */
  readonly parentContext: () => Context;
}
