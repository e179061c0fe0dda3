import { ARC, GEN_AI } from '../contract/names.js';
import { countError } from './call.js';
import type { Engine } from './engine.js';
import { recordLegacyCall } from './legacy-names.js';
import {
  createMeasureQueue,
  withFailure,
  type CallMeasures,
  type MeasureQueue,
  type RequestMeasures,
} from './measures.js';

/** Makes the queue of what is measured of an engine's calls. */
export function createMeasures(engineOf: () => Engine): MeasureQueue {
  return createMeasureQueue({
    request: (measures) => guarded(engineOf(), (engine) => recordRequest(engine, measures)),
    call: (measures) => guarded(engineOf(), (engine) => recordCall(engine, measures)),
  });
}

/** A failure while measuring is counted; it concerns no caller. */
function guarded(engine: Engine, record: (engine: Engine) => void): void {
  try {
    record(engine);
  } catch (error) {
    countError(engine, error);
  }
}

function recordRequest({ instruments }: Engine, measures: RequestMeasures): void {
  const { provider, decision, patterns, candidates, context } = measures;
  instruments.intercepted.add(1, `${provider} ${decision}`, {
    [GEN_AI.providerName]: provider,
    [ARC.decision]: decision,
  });
  if (candidates > 0) instruments.candidates.add(candidates, provider, { [GEN_AI.providerName]: provider });
  for (const id of patterns) {
    instruments.matches.add(1, `${id} ${decision}`, { [ARC.patternId]: id, [ARC.decision]: decision });
    if (decision === 'fix') instruments.fixes.add(1, id, { [ARC.patternId]: id });
  }
  instruments.matchDuration.record(measures.matchSeconds, undefined, context);
  instruments.interceptionDuration.record(measures.interceptionSeconds, undefined, context);
}

function recordCall(engine: Engine, measures: CallMeasures): void {
  const { semconv } = measures;
  if (semconv !== 'latest') recordLegacyCall(engine, measures);
  if (semconv === 'legacy') return;
  if (measures.operation === 'embeddings') recordEmbeddings(engine, measures);
  else recordInference(engine, measures);
}

function recordEmbeddings({ instruments }: Engine, measures: CallMeasures): void {
  const { seconds, inputTokens, attributes, context } = measures;
  instruments.embeddingsDuration.record(seconds, withFailure(measures), context);
  if (inputTokens !== undefined) instruments.embeddingsInputTokens.record(inputTokens, attributes, context);
}

function recordInference(engine: Engine, measures: CallMeasures): void {
  const { seconds, secondsToFirstChunk, attributes, context } = measures;
  engine.instruments.inferenceDuration.record(seconds, withFailure(measures), context);
  if (secondsToFirstChunk !== undefined) {
    engine.instruments.timeToFirstChunk.record(secondsToFirstChunk, attributes, context);
  }
  recordTokens(engine, measures);
}

/** Calls that told no tokens count zero, so that the sums have a point for every call, as the conventions ask. */
function recordTokens({ instruments }: Engine, measures: CallMeasures): void {
  const { inputTokens, outputTokens, attributes, context } = measures;
  const key = Object.values(attributes).join('\u0000');
  instruments.inputTokens.add(inputTokens ?? 0, key, attributes);
  instruments.outputTokens.add(outputTokens ?? 0, key, attributes);
  if (measures.cacheReadTokens) instruments.cacheReadTokens.add(measures.cacheReadTokens, key, attributes);
  if (measures.cacheWriteTokens) instruments.cacheWriteTokens.add(measures.cacheWriteTokens, key, attributes);
  if (measures.reasoningTokens) instruments.reasoningTokens.add(measures.reasoningTokens, key, attributes);
  if (inputTokens !== undefined) instruments.operationInputTokens.record(inputTokens, attributes, context);
  if (outputTokens !== undefined) instruments.operationOutputTokens.record(outputTokens, attributes, context);
}
