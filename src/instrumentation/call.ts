// HOT: runs on every LLM call. Benchmark: npm run bench -- call
import { SeverityNumber, type Attributes } from '@opentelemetry/api';
import { EVENT_OPERATION_EXCEPTION, GEN_AI, GENERAL } from '../contract/names.js';
import { noFacts, type ResponseFacts } from './adapters/adapter.js';
import { put } from './adapters/shape.js';
import type { Call } from './call-state.js';
import type { Engine } from './engine.js';
import { httpStatusOf } from './error-status.js';
import { emitDetails } from './operation-details.js';
import { redactMessage } from './redact.js';
import { describeFailure, describeResponse, errorType } from './spans.js';

/** Ends the span with what came back. Later ends of the same call do nothing. */
export function finishCall(call: Call, facts: ResponseFacts): void {
  if (call.ended) return;
  call.ended = true;
  guarded(call, () => {
    describeAnswer(call, facts);
    measureCall(call, facts, undefined);
    if (call.engine.options.contentEvents) emitDetails(call, facts, undefined);
    call.recorded?.();
  });
  call.span.end();
  call.onEnd?.();
}

/**
 * Ends the span as failed. The error itself goes on to the caller untouched.
 * @param type - `error.type`; the class of the error when left out.
 * @param facts - what a stream had told before it broke.
 */
export function failCall(call: Call, error: unknown, type = errorType(error), facts = noFacts()): void {
  if (call.ended) return;
  call.ended = true;
  guarded(call, () => {
    const status = httpStatusOf(error);
    if (status !== undefined) call.span.setAttribute(GENERAL.httpStatusCode, status);
    describeFailure(call.span, type, error instanceof Error ? error.message : String(error));
    if (call.streamed) describeAnswer(call, asBroken(facts));
    measureCall(call, facts, type);
    emitException(call, type, error);
    if (call.engine.options.contentEvents) emitDetails(call, facts, type);
    call.recorded?.(error);
  });
  call.span.end();
  call.onEnd?.();
}

/** Ends the span of a call whose answer nobody will read: a stream left early, a promise dropped. */
export function abandonCall(call: Call, facts: ResponseFacts): void {
  finishCall(call, asBroken(facts));
}

/** A generation whose end was expected and never came, in the words of the conventions. */
function asBroken(facts: ResponseFacts): ResponseFacts {
  facts.finishReasons ??= ['error'];
  return facts;
}

function describeAnswer(call: Call, facts: ResponseFacts): void {
  describeResponse(call.span, facts, call.engine.options);
  if (call.firstChunkAt > 0) {
    call.span.setAttribute(GEN_AI.responseTimeToFirstChunk, (call.firstChunkAt - call.startedAt) / 1000);
  }
}

function measureCall(call: Call, facts: ResponseFacts, failure: string | undefined): void {
  const { engine, context, target, startedAt, firstChunkAt } = call;
  engine.measures.call({
    semconv: engine.options.semconv,
    operation: target.operation,
    seconds: (performance.now() - startedAt) / 1000,
    secondsToFirstChunk: firstChunkAt > 0 ? (firstChunkAt - startedAt) / 1000 : undefined,
    failure,
    inputTokens: facts.inputTokens,
    outputTokens: facts.outputTokens,
    cacheReadTokens: facts.cacheReadTokens,
    cacheWriteTokens: facts.cacheWriteTokens,
    reasoningTokens: facts.reasoningTokens,
    attributes: metricAttributes(call, facts.model),
    context,
  });
}

/** The attributes of a call's metrics, always in this order; those known before the answer when the model is left out. */
export function metricAttributes(call: Call, responseModel?: string): Attributes {
  const attributes: Attributes = {
    [GEN_AI.operationName]: call.target.operation,
    [GEN_AI.providerName]: call.endpoint.provider,
  };
  put(attributes, GEN_AI.requestModel, call.model);
  put(attributes, GENERAL.serverAddress, call.endpoint.address);
  put(attributes, GENERAL.serverPort, call.endpoint.port);
  put(attributes, GEN_AI.responseModel, responseModel);
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
