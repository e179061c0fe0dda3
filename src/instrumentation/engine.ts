import type { Context, Logger, Meter, Tracer } from '@opentelemetry/api';
import type { ArcOptions } from '../contract/options.js';
import type { PackHolder } from '../patterns/pack-holder.js';
import type { LessonBook } from './heal/lesson-book.js';
import type { MeasureQueue } from './measures.js';
import type { Instruments } from './metrics.js';
import type { Recorder } from './recording/recorder.js';

/** The options in force, and what only code can say. */
export interface EngineOptions extends ArcOptions {
  /** Rewrites each text of prompts and answers before it is attached anywhere. */
  readonly redact?: (text: string) => string;
}

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
  options: EngineOptions;
  readonly packs: PackHolder;
  /** What was learned from refusals. */
  readonly lessons: LessonBook;
  tracer: Tracer;
  logger: Logger | undefined;
  instruments: Instruments;
  readonly measures: MeasureQueue;
  /** Present while requests are recorded. */
  recorder: Recorder | undefined;
  /** Where the instruments come from. */
  meter: Meter;
  readonly counters: Counters;
  /** The context a new span belongs to. */
  readonly parentContext: () => Context;
}
