// HOT: runs on every LLM call. Benchmark: npm run bench -- call
import { SeverityNumber, type Attributes, type Context, type Span } from '@opentelemetry/api';
import { EVENT_OPERATION_EXCEPTION, GEN_AI, GENERAL } from '../contract/names.js';
import type { Params } from '../contract/request.js';
import { noFacts, type Endpoint, type ResponseFacts, type SdkTarget } from './adapters/adapter.js';
import { isRecord, put } from './adapters/shape.js';
import type { Engine } from './engine.js';
import { redactMessage } from './redact.js';
import { describeFailure, describeResponse, errorType } from './spans.js';

/** One call under way, from the moment it was intercepted until its span ends. */
export interface Call {
  readonly engine: Engine;
  readonly target: SdkTarget;
  readonly endpoint: Endpoint;
  readonly span: Span;
  /** The context with the span in it; what the SDK does runs in here. */
  readonly context: Context;
  /** What is sent. */
  readonly params: Params;
  readonly model: string | undefined;
  /** Monotonic instants in milliseconds. */
  readonly startedAt: number;
  firstChunkAt: number;
  lastChunkAt: number;
  /** True once a stream has taken over: it, not the promise, says when the call is over. */
  streamed: boolean;
  ended: boolean;
}

/** A call that has begun. */
export function createCall(begun: Omit<Call, 'firstChunkAt' | 'lastChunkAt' | 'streamed' | 'ended'>): Call {
  return { ...begun, firstChunkAt: 0, lastChunkAt: 0, streamed: false, ended: false };
}

/** Ends the span with what came back. Later ends of the same call do nothing. */
export function finishCall(call: Call, facts: ResponseFacts): void {
  if (call.ended) return;
  call.ended = true;
  guarded(call, () => {
    describeResponse(call.span, facts, call.engine.options);
    if (call.firstChunkAt > 0) {
      call.span.setAttribute(GEN_AI.responseTimeToFirstChunk, (call.firstChunkAt - call.startedAt) / 1000);
    }
    recordCall(call, facts, undefined);
  });
  call.span.end();
}

/** Ends the span as failed. The error itself goes on to the caller untouched. */
export function failCall(call: Call, error: unknown): void {
  if (call.ended) return;
  call.ended = true;
  guarded(call, () => {
    const type = errorType(error);
    const status = isRecord(error) && typeof error['status'] === 'number' ? error['status'] : undefined;
    if (status !== undefined) call.span.setAttribute(GENERAL.httpStatusCode, status);
    describeFailure(call.span, type, error instanceof Error ? error.message : String(error));
    recordCall(call, noFacts(), type);
    emitException(call, type, error);
  });
  call.span.end();
}

/** Ends the span of a call whose answer nobody will read: a stream left early, a promise dropped. */
export function abandonCall(call: Call, facts: ResponseFacts): void {
  facts.finishReasons ??= ['error'];
  finishCall(call, facts);
}

function recordCall(call: Call, facts: ResponseFacts, failure: string | undefined): void {
  const { instruments } = call.engine;
  const attributes = metricAttributes(call, facts.model, failure);
  instruments.inferenceDuration.record((performance.now() - call.startedAt) / 1000, attributes, call.context);
  if (call.firstChunkAt > 0) {
    const seconds = (call.firstChunkAt - call.startedAt) / 1000;
    instruments.timeToFirstChunk.record(seconds, attributes, call.context);
  }
  recordTokens(call, facts, attributes);
}

/** Failed calls count zero tokens, so that the sums have a point for every call. */
function recordTokens({ engine, context }: Call, facts: ResponseFacts, attributes: Attributes): void {
  const { instruments } = engine;
  const failed = attributes[GENERAL.errorType] !== undefined;
  const key = Object.values(attributes).join('\u0000');
  const { inputTokens, outputTokens } = facts;
  if (inputTokens !== undefined || failed) instruments.inputTokens.add(inputTokens ?? 0, key, attributes);
  if (outputTokens !== undefined || failed) instruments.outputTokens.add(outputTokens ?? 0, key, attributes);
  if (facts.cacheReadTokens) instruments.cacheReadTokens.add(facts.cacheReadTokens, key, attributes);
  if (facts.cacheWriteTokens) instruments.cacheWriteTokens.add(facts.cacheWriteTokens, key, attributes);
  if (facts.reasoningTokens) instruments.reasoningTokens.add(facts.reasoningTokens, key, attributes);
  if (inputTokens !== undefined) instruments.operationInputTokens.record(inputTokens, attributes, context);
  if (outputTokens !== undefined) instruments.operationOutputTokens.record(outputTokens, attributes, context);
}

/** The attributes of a call's metrics, always in this order; those known before the answer when the model is left out. */
export function metricAttributes(call: Call, responseModel?: string, failure?: string): Attributes {
  const attributes: Attributes = {
    [GEN_AI.operationName]: call.target.operation,
    [GEN_AI.providerName]: call.endpoint.provider,
  };
  put(attributes, GEN_AI.requestModel, call.model);
  put(attributes, GENERAL.serverAddress, call.endpoint.address);
  put(attributes, GENERAL.serverPort, call.endpoint.port);
  put(attributes, GEN_AI.responseModel, responseModel);
  put(attributes, GENERAL.errorType, failure);
  return attributes;
}

function emitException(call: Call, type: string, error: unknown): void {
  call.engine.logger?.emit({
    eventName: EVENT_OPERATION_EXCEPTION,
    severityNumber: SeverityNumber.WARN,
    severityText: 'WARN',
    attributes: {
      'exception.type': type,
      'exception.message': redactMessage(error instanceof Error ? error.message : String(error)),
      [GEN_AI.operationName]: call.target.operation,
      [GEN_AI.providerName]: call.endpoint.provider,
    },
    context: call.context,
  });
}

/** Runs a step of describing; a failure in it is counted and never reaches the caller. */
function guarded(call: Call, step: () => void): void {
  try {
    step();
  } catch (error) {
    countError(call.engine, error);
  }
}

/** Counts a failure inside Arc. */
export function countError(engine: Engine, error: unknown): void {
  engine.counters.errors += 1;
  const type = errorType(error);
  engine.instruments.errors.add(1, type, { [GENERAL.errorType]: type });
}
