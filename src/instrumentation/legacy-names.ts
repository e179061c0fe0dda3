import type { Attributes, Context, Histogram, Meter } from '@opentelemetry/api';
import { GEN_AI, LEGACY } from '../contract/names.js';
import { put } from './adapters/shape.js';
import type { Engine, EngineOptions } from './engine.js';
import { withFailure, type CallMeasures } from './measures.js';
import { CALL_SECONDS, TOKENS } from './metrics.js';

/**
 * The names of the GenAI conventions 1.36 to 1.41 that were renamed since, for dashboards built on them. Nothing here
 * runs, and none of the instruments exists, while the option `semconv` is `latest`.
 */

/** Values of `gen_ai.system` that were spelt differently than those of `gen_ai.provider.name`. */
const SYSTEMS: ReadonlyMap<string, string> = new Map([['x_ai', 'xai']]);

interface LegacyInstruments {
  readonly tokenUsage: Histogram;
  readonly operationDuration: Histogram;
  readonly timeToFirstChunk: Histogram;
  readonly timePerOutputChunk: Histogram;
}

const byMeter = new WeakMap<Meter, LegacyInstruments>();

/** Adds `gen_ai.system` beside `gen_ai.provider.name`, which 1.37 to 1.41 already have. */
export function putLegacySystem(attributes: Attributes, provider: string): void {
  attributes[LEGACY.system] = SYSTEMS.get(provider) ?? provider;
}

/** Writes the tokens written to a cache under the name or names in force. */
export function putCacheWriteTokens(
  attributes: Attributes,
  tokens: number | undefined,
  { semconv }: EngineOptions,
): void {
  if (semconv !== 'legacy') put(attributes, GEN_AI.usageCacheWriteInputTokens, tokens);
  if (semconv !== 'latest') put(attributes, LEGACY.usageCacheCreationInputTokens, tokens);
}

/** Records a call under the old metric names. Tokens nobody counted are not recorded, as 1.41 demands. */
export function recordLegacyCall(engine: Engine, measures: CallMeasures): void {
  const { context, secondsToFirstChunk } = measures;
  const instruments = instrumentsOf(engine.meter);
  const attributes = withSystem(measures.attributes);
  instruments.operationDuration.record(measures.seconds, withFailure({ ...measures, attributes }), context);
  if (secondsToFirstChunk !== undefined) {
    instruments.timeToFirstChunk.record(secondsToFirstChunk, attributes, context);
  }
  for (const [type, tokens] of [
    ['input', measures.inputTokens],
    ['output', measures.outputTokens],
  ] as const) {
    if (tokens === undefined) continue;
    instruments.tokenUsage.record(tokens, { ...attributes, [LEGACY.tokenType]: type }, context);
  }
}

/** Records the time between two chunks under the old metric name. */
export function recordLegacyChunk(
  engine: Engine,
  seconds: number,
  attributes: Attributes,
  context: Context,
): void {
  instrumentsOf(engine.meter).timePerOutputChunk.record(seconds, withSystem(attributes), context);
}

function withSystem(attributes: Attributes): Attributes {
  const copy = { ...attributes };
  putLegacySystem(copy, String(attributes[GEN_AI.providerName]));
  return copy;
}

function instrumentsOf(meter: Meter): LegacyInstruments {
  const known = byMeter.get(meter);
  if (known) return known;
  const seconds = (name: string, description: string): Histogram =>
    meter.createHistogram(name, {
      unit: 's',
      description,
      advice: { explicitBucketBoundaries: CALL_SECONDS },
    });
  const instruments = {
    tokenUsage: meter.createHistogram(LEGACY.tokenUsage, {
      unit: '{token}',
      description: 'Number of input and output tokens used.',
      advice: { explicitBucketBoundaries: TOKENS },
    }),
    operationDuration: seconds(LEGACY.operationDuration, 'GenAI operation duration.'),
    timeToFirstChunk: seconds(LEGACY.timeToFirstChunk, 'Time to receive the first chunk.'),
    timePerOutputChunk: seconds(LEGACY.timePerOutputChunk, 'Time between chunks of a stream.'),
  };
  byMeter.set(meter, instruments);
  return instruments;
}
