import type { Histogram, Meter } from '@opentelemetry/api';
import { GEN_AI, METRIC } from '../contract/names.js';
import { createTally, type Tally } from './tally.js';

/** Bucket bounds of the GenAI conventions for durations of model calls, in seconds. */
export const CALL_SECONDS = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
];
/** Bucket bounds of the conventions for tokens. */
export const TOKENS = [
  1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
];
/** Bucket bounds for Arc's own share of a call, in seconds: from a microsecond to a tenth of a second. */
const ARC_SECONDS = [1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 5e-3, 2e-2, 0.1];

/** Providers do not split counts by modality in the answers Arc reads. */
const MODALITY = { [GEN_AI.tokenModality]: 'unknown' };

/** Counters: name, unit, what is counted. */
const COUNTERS = {
  intercepted: [METRIC.intercepted, '{request}', 'Requests to models that Arc looked at.'],
  matches: [METRIC.matches, '{match}', 'Patterns that matched a request.'],
  candidates: [
    METRIC.candidates,
    '{pattern}',
    'Patterns tested on requests; those that matched are among them.',
  ],
  fixes: [METRIC.fixes, '{fix}', 'Repairs applied, by pattern.'],
  errors: [METRIC.errors, '{error}', 'Failures inside Arc; the original request went out each time.'],
  inputTokens: [METRIC.inputTokens, '{token}', 'Input tokens used, cached ones included.'],
  outputTokens: [METRIC.outputTokens, '{token}', 'Output tokens used.'],
  cacheReadTokens: [METRIC.cacheReadTokens, '{token}', 'Input tokens read from a cache.'],
  cacheWriteTokens: [METRIC.cacheWriteTokens, '{token}', 'Input tokens written to a cache.'],
  reasoningTokens: [METRIC.reasoningTokens, '{token}', 'Output tokens used for reasoning.'],
} as const;

/** Histograms: name, unit, what is measured, bucket bounds. */
const HISTOGRAMS = {
  interceptionDuration: [
    METRIC.interceptionDuration,
    's',
    'Time Arc added before a request left.',
    ARC_SECONDS,
  ],
  matchDuration: [METRIC.matchDuration, 's', 'Time spent deciding about a request.', ARC_SECONDS],
  inferenceDuration: [METRIC.inferenceDuration, 's', 'Duration of calls to models.', CALL_SECONDS],
  timeToFirstChunk: [METRIC.timeToFirstChunk, 's', 'Time to the first chunk of a stream.', CALL_SECONDS],
  timePerOutputChunk: [METRIC.timePerOutputChunk, 's', 'Time between chunks of a stream.', CALL_SECONDS],
  operationInputTokens: [METRIC.operationInputTokens, '{token}', 'Input tokens of one call.', TOKENS],
  operationOutputTokens: [METRIC.operationOutputTokens, '{token}', 'Output tokens of one call.', TOKENS],
  embeddingsDuration: [METRIC.embeddingsDuration, 's', 'Duration of embedding calls.', CALL_SECONDS],
  embeddingsInputTokens: [
    METRIC.embeddingsInputTokens,
    '{token}',
    'Input tokens of one embedding call.',
    TOKENS,
  ],
} as const;

/** Every instrument Arc writes to. */
export type Instruments = Readonly<
  Record<keyof typeof COUNTERS, Tally> & Record<keyof typeof HISTOGRAMS, Histogram>
>;

/**
 * Creates the instruments on a meter; made again when the application swaps its meter provider.
 * @param settle - called before the instruments are read.
 */
export function createInstruments(meter: Meter, settle: () => void): Instruments {
  const counters = Object.entries(COUNTERS).map(([key, [name, unit, description]]) => {
    const fixed = unit === '{token}' ? MODALITY : {};
    return [key, createTally(meter, name, { unit, description, fixed, settle })] as const;
  });
  const histograms = Object.entries(HISTOGRAMS).map(([key, [name, unit, description, bounds]]) => {
    const advice = { explicitBucketBoundaries: [...bounds] };
    return [key, meter.createHistogram(name, { unit, description, advice })] as const;
  });
  // The keys are those of the two tables.
  return Object.fromEntries<Tally | Histogram>([...counters, ...histograms]) as unknown as Instruments;
}
