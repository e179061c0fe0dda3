import { SpanKind, SpanStatusCode, type Attributes, type Span } from '@opentelemetry/api';
import type { Decision } from '../contract/decision.js';
import { ARC, EVENT_ARC_ERROR, GEN_AI, GENERAL } from '../contract/names.js';
import type { ArcOptions } from '../contract/options.js';
import type { Endpoint, ResponseFacts, SdkTarget } from './adapters/adapter.js';
import { defined } from './adapters/shape.js';
import type { Engine } from './engine.js';
import { isPlain, redactChange, redactMessage } from './redact.js';

/** Starts the inference span with the attributes samplers may look at. */
export function startCallSpan(
  engine: Engine,
  target: SdkTarget,
  endpoint: Endpoint,
  model: string | undefined,
): Span {
  const attributes: Attributes = {
    [GEN_AI.operationName]: target.operation,
    [GEN_AI.providerName]: endpoint.provider,
    [ARC.api]: target.api,
  };
  if (model !== undefined) attributes[GEN_AI.requestModel] = model;
  if (endpoint.address !== undefined) attributes[GENERAL.serverAddress] = endpoint.address;
  if (endpoint.port !== undefined) attributes[GENERAL.serverPort] = endpoint.port;
  const options = { kind: SpanKind.CLIENT, attributes };
  return engine.tracer.startSpan(spanName(target, model), options, engine.parentContext());
}

/** Name of an inference span: the operation and the model that is asked. */
export function spanName(target: SdkTarget, model: string | undefined): string {
  return model === undefined ? target.operation : `${target.operation} ${model}`;
}

/** Writes what was sent and what Arc did about it. */
export function describeRequest(
  span: Span,
  target: SdkTarget,
  decision: Decision,
  options: ArcOptions,
): void {
  span.setAttributes(target.requestAttributes(decision.params));
  span.setAttribute(ARC.decision, decision.kind);
  if (decision.reason !== undefined) span.setAttribute(ARC.bypassReason, decision.reason);
  if (decision.patterns.length > 0) describePatterns(span, decision);
  if (decision.changes.length > 0) describeChanges(span, decision, options);
  if (options.captureContent) describeContent(span, target, decision, options);
}

function describePatterns(span: Span, decision: Decision): void {
  const [first] = decision.patterns;
  if (!first) return;
  span.setAttribute(ARC.patternId, first.id);
  span.setAttribute(ARC.patternVersion, first.version);
  span.setAttribute(ARC.patternConfidence, first.confidence);
  span.setAttribute(
    ARC.patterns,
    decision.patterns.map(({ id, version }) => `${id}@${version}`),
  );
}

function describeChanges(span: Span, decision: Decision, options: ArcOptions): void {
  const changes = decision.changes.map((change) => redactChange(change, options.captureContent));
  span.setAttribute(ARC.requestChanges, cut(toJson(changes), options.maxContentBytes));
  span.setAttribute(
    ARC.fixFields,
    decision.changes.map(({ path }) => path),
  );
  if (decision.kind !== 'fix') return;
  for (const { path, before } of decision.changes) {
    if (isPlain(path, before)) span.setAttribute(`${ARC.requestOriginalPrefix}${path}`, before);
  }
}

function describeContent(span: Span, target: SdkTarget, decision: Decision, options: ArcOptions): void {
  const content = target.requestContent(decision.params);
  setContent(span, GEN_AI.inputMessages, content.inputMessages, options);
  setContent(span, GEN_AI.systemInstructions, content.systemInstructions, options);
  setContent(span, GEN_AI.toolDefinitions, content.toolDefinitions, options);
}

function setContent(span: Span, name: string, value: unknown, options: ArcOptions): void {
  if (value !== undefined) span.setAttribute(name, cut(toJson(value), options.maxContentBytes));
}

/** Writes what came back. */
export function describeResponse(span: Span, facts: ResponseFacts, options: ArcOptions): void {
  span.setAttributes(
    defined({
      [GEN_AI.responseId]: facts.id,
      [GEN_AI.responseModel]: facts.model,
      [GEN_AI.responseFinishReasons]: facts.finishReasons && [...facts.finishReasons],
      [GEN_AI.usageInputTokens]: facts.inputTokens,
      [GEN_AI.usageOutputTokens]: facts.outputTokens,
      [GEN_AI.usageCacheReadInputTokens]: facts.cacheReadTokens,
      [GEN_AI.usageCacheWriteInputTokens]: facts.cacheWriteTokens,
      [GEN_AI.usageReasoningOutputTokens]: facts.reasoningTokens,
    }),
  );
  if (facts.extra) span.setAttributes(facts.extra);
  if (options.captureContent && facts.output)
    setContent(span, GEN_AI.outputMessages, facts.output(), options);
}

/** Marks the span failed by the conventions: status, `error.type` and an exception event without secrets. */
export function describeFailure(span: Span, type: string, message: string): void {
  const safe = redactMessage(message);
  span.setAttribute(GENERAL.errorType, type);
  span.setStatus({ code: SpanStatusCode.ERROR, message: safe });
  span.addEvent('exception', { 'exception.type': type, 'exception.message': safe });
}

/** Notes that something inside Arc threw and the original request went out. */
export function describeArcError(span: Span, error: unknown): void {
  span.addEvent(EVENT_ARC_ERROR, {
    'exception.type': errorType(error),
    'exception.message': redactMessage(String(error)),
  });
}

/** Low-cardinality name of an error: its class, or `_OTHER`. */
export function errorType(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER';
  return error.constructor.name || error.name || '_OTHER';
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return '"[not serialisable]"';
  }
}

function cut(json: string, maxBytes: number): string {
  if (json.length <= maxBytes && Buffer.byteLength(json) <= maxBytes) return json;
  return `${Buffer.from(json).subarray(0, maxBytes).toString()}…[cut at ${maxBytes} bytes]`;
}
