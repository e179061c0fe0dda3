import type { Counter, Histogram, Meter } from '@opentelemetry/api';
import { METRIC } from '../contract/names.js';

/** Bucket bounds of the GenAI conventions for durations of model calls, in seconds. */
const CALL_SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
/** Bucket bounds for Arc's own share of a call, in seconds: from a microsecond to a tenth of a second. */
const ARC_SECONDS = [1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 5e-3, 2e-2, 0.1];

/** Every instrument Arc writes to. */
export interface Instruments {
  readonly intercepted: Counter;
  readonly matches: Counter;
  readonly fixes: Counter;
  readonly errors: Counter;
  readonly interceptionDuration: Histogram;
  readonly matchDuration: Histogram;
  readonly inferenceDuration: Histogram;
  readonly timeToFirstChunk: Histogram;
  readonly timePerOutputChunk: Histogram;
  readonly inputTokens: Counter;
  readonly outputTokens: Counter;
}

/** Creates the instruments on a meter; made again when the application swaps its meter provider. */
export function createInstruments(meter: Meter): Instruments {
  return {
    intercepted: counter(meter, METRIC.intercepted, '{request}', 'Requests to models that Arc looked at.'),
    matches: counter(meter, METRIC.matches, '{match}', 'Patterns that matched a request.'),
    fixes: counter(meter, METRIC.fixes, '{fix}', 'Repairs applied, by pattern.'),
    errors: counter(meter, METRIC.errors, '{error}', 'Failures inside Arc; the original request went out each time.'),
    interceptionDuration: histogram(meter, METRIC.interceptionDuration, 'Time Arc added before a request left.', ARC_SECONDS),
    matchDuration: histogram(meter, METRIC.matchDuration, 'Time spent deciding about a request.', ARC_SECONDS),
    inferenceDuration: histogram(meter, METRIC.inferenceDuration, 'Duration of calls to models.', CALL_SECONDS),
    timeToFirstChunk: histogram(meter, METRIC.timeToFirstChunk, 'Time to the first chunk of a stream.', CALL_SECONDS),
    timePerOutputChunk: histogram(meter, METRIC.timePerOutputChunk, 'Time between chunks of a stream.', CALL_SECONDS),
    inputTokens: counter(meter, METRIC.inputTokens, '{token}', 'Input tokens used, cached ones included.'),
    outputTokens: counter(meter, METRIC.outputTokens, '{token}', 'Output tokens used.'),
  };
}

function counter(meter: Meter, name: string, unit: string, description: string): Counter {
  return meter.createCounter(name, { unit, description });
}

function histogram(meter: Meter, name: string, description: string, bounds: number[]): Histogram {
  return meter.createHistogram(name, { unit: 's', description, advice: { explicitBucketBoundaries: bounds } });
}
