// HOT: takes two notes of every LLM call. Benchmark: npm run bench -- call
import { AsyncResource } from 'node:async_hooks';
import type { Attributes, Context } from '@opentelemetry/api';
import type { ArcOptions } from '../contract/options.js';
import type { DecisionKind } from '../contract/decision.js';
import { GENERAL } from '../contract/names.js';

/** What is measured of a request on its way out. */
export interface RequestMeasures {
  readonly provider: string;
  readonly decision: DecisionKind;
  /** Ids of the patterns that had a say. */
  readonly patterns: readonly string[];
  /** How many patterns were tested. */
  readonly candidates: number;
  readonly matchSeconds: number;
  readonly interceptionSeconds: number;
  readonly context: Context;
}

/** What is measured of a call that has ended. */
export interface CallMeasures {
  /** Which names were in force when it ended. */
  readonly semconv: ArcOptions['semconv'];
  /** `gen_ai.operation.name`. */
  readonly operation: string;
  readonly seconds: number;
  /** Of a stream. */
  readonly secondsToFirstChunk: number | undefined;
  /** `error.type` of a call that failed. */
  readonly failure: string | undefined;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly cacheReadTokens: number | undefined;
  readonly cacheWriteTokens: number | undefined;
  readonly reasoningTokens: number | undefined;
  readonly attributes: Attributes;
  readonly context: Context;
}

/** The attributes of a duration: the one metric that tells failures apart. */
export function withFailure({ attributes, failure }: CallMeasures): Attributes {
  return failure === undefined ? attributes : { ...attributes, [GENERAL.errorType]: failure };
}

/** Writes measures to the instruments. Must not throw. */
export interface MeasureWriter {
  request(measures: RequestMeasures): void;
  call(measures: CallMeasures): void;
}

/**
 * Measures on their way to the instruments. The SDK serialises the attributes of each value it is given, which takes
 * longer than all that Arc does before a request leaves, so it happens when nobody waits for an answer.
 */
export interface MeasureQueue extends MeasureWriter {
  /** Writes what waits; instruments that are read call it first, so that no reading misses a call that is over. */
  settle(): void;
}

/** Measures that are written in one go, so that writing never holds up the event loop for long. */
const MAX_WAITING = 16;
/** A lone measure is written after this time, in milliseconds. */
const LATEST_MS = 100;

/** Makes a queue in front of the writer. */
export function createMeasureQueue(writer: MeasureWriter): MeasureQueue {
  let requests: RequestMeasures[] = [];
  let calls: CallMeasures[] = [];
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;
  /** Timers keep the asynchronous context they are made in, and with it a request of the application; this one has none. */
  const nowhere = new AsyncResource('arc.measures');

  function settle(): void {
    if (waiting === 0) return;
    const [settledRequests, settledCalls] = [requests, calls];
    requests = [];
    calls = [];
    waiting = 0;
    for (const measures of settledRequests) writer.request(measures);
    for (const measures of settledCalls) writer.call(measures);
  }

  function onTime(): void {
    timer = undefined;
    settle();
  }

  function settleSoon(): void {
    waiting += 1;
    if (waiting === MAX_WAITING) nowhere.runInAsyncScope(setImmediate, undefined, settle);
    timer ??= nowhere.runInAsyncScope(setTimeout, undefined, onTime, LATEST_MS).unref();
  }

  return {
    request(measures) {
      requests.push(measures);
      settleSoon();
    },
    call(measures) {
      calls.push(measures);
      settleSoon();
    },
    settle,
  };
}
