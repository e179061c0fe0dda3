import { SpanKind, SpanStatusCode, type Attributes, type Span } from '@opentelemetry/api';
import type { Decision } from '../contract/decision.js';
import { ARC, EVENT_ARC_ERROR, GEN_AI, GENERAL } from '../contract/names.js';
import type { Endpoint, ResponseFacts, SdkTarget } from './adapters/adapter.js';
import { put } from './adapters/shape.js';
import { contentJson } from './content.js';
import { contextValues, putContextValues } from './context.js';
import type { Engine, EngineOptions } from './engine.js';
import { httpStatusOf } from './error-status.js';
import { putCacheWriteTokens, putLegacySystem } from './legacy-names.js';
import { activeContext } from './otel-global.js';
import { isPlain, redactChange, redactMessage } from './redact.js';

/** Minifiers give the shortest names that are free. No class of an SDK has so short a one. */
const LONGEST_MINIFIED = 3;
/** What esbuild makes of the second class of one name in a bundle. */
const RENAMED = /^_?(\w*Error)\d+$/;

/** Starts the inference span with the attributes samplers may look at. */
export function startCallSpan(
  engine: Engine,
  target: SdkTarget,
  endpoint: Endpoint,
  model: string | undefined,
): Span {
  // The SDK checks and copies these twice: only what samplers may look at is here.
  const attributes: Attributes = {
    [GEN_AI.operationName]: target.operation,
    [GEN_AI.providerName]: endpoint.provider,
  };
  if (engine.options.semconv !== 'latest') putLegacySystem(attributes, endpoint.provider);
  if (model !== undefined) attributes[GEN_AI.requestModel] = model;
  if (endpoint.address !== undefined) attributes[GENERAL.serverAddress] = endpoint.address;
  if (endpoint.port !== undefined) attributes[GENERAL.serverPort] = endpoint.port;
  const parent = engine.parentContext();
  putContextValues(attributes, parent);
  const options = { kind: SpanKind.CLIENT, attributes };
  return engine.tracer.startSpan(spanName(target, model), options, parent);
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
  options: EngineOptions,
): void {
  const attributes: Attributes = { [ARC.api]: target.api, [ARC.decision]: decision.kind };
  target.requestAttributes(decision.params, attributes);
  // A request may name the provider's own conversation; what the application calls it goes first.
  put(attributes, GEN_AI.conversationId, contextValues(activeContext())?.conversation);
  put(attributes, ARC.bypassReason, decision.reason);
  if (decision.patterns.length > 0) describePatterns(attributes, decision);
  if (decision.changes.length > 0) describeChanges(attributes, decision, options);
  if (options.captureContent) describeContent(attributes, target, decision, options);
  span.setAttributes(attributes);
}

function describePatterns(attributes: Attributes, { patterns }: Decision): void {
  const [first] = patterns;
  if (!first) return;
  attributes[ARC.patternId] = first.id;
  attributes[ARC.patternVersion] = first.version;
  attributes[ARC.patternConfidence] = first.confidence;
  if (first.rollout < 1) attributes[ARC.propensity] = first.rollout;
  attributes[ARC.patterns] = patterns.map(({ id, version }) => `${id}@${version}`);
}

function describeChanges(attributes: Attributes, decision: Decision, options: EngineOptions): void {
  const changes = decision.changes.map((change) => redactChange(change, options.captureContent));
  attributes[ARC.requestChanges] = contentJson(changes, options);
  attributes[ARC.fixFields] = decision.changes.map(({ path }) => path);
  if (decision.kind !== 'fix') return;
  for (const { path, before } of decision.changes) {
    if (isPlain(path, before)) attributes[originalName(path)] = before;
  }
}

/** Paths are few, but a caller's own names may be part of one. */
const MAX_NAMES = 256;
const originalNames = new Map<string, string>();

/** Name of the attribute with a field's value before a fix; made anew each time, it would be looked up as a new text. */
function originalName(path: string): string {
  let name = originalNames.get(path);
  if (name === undefined) {
    name = `${ARC.requestOriginalPrefix}${path}`;
    if (originalNames.size < MAX_NAMES) originalNames.set(path, name);
  }
  return name;
}

function describeContent(
  attributes: Attributes,
  target: SdkTarget,
  decision: Decision,
  options: EngineOptions,
): void {
  const content = target.requestContent(decision.params);
  putContent(attributes, GEN_AI.inputMessages, content.inputMessages, options);
  putContent(attributes, GEN_AI.systemInstructions, content.systemInstructions, options);
  putContent(attributes, GEN_AI.toolDefinitions, content.toolDefinitions, options);
}

function putContent(attributes: Attributes, name: string, value: unknown, options: EngineOptions): void {
  if (value !== undefined) attributes[name] = contentJson(value, options);
}

/** Writes what came back. */
export function describeResponse(span: Span, facts: ResponseFacts, options: EngineOptions): void {
  const attributes: Attributes = {};
  putResponse(attributes, facts, options);
  if (options.captureContent && facts.output)
    putContent(attributes, GEN_AI.outputMessages, facts.output(), options);
  span.setAttributes(attributes);
  if (facts.extra) span.setAttributes(facts.extra);
}

/** Writes what came back as attributes, but for the provider's own and the content. */
export function putResponse(attributes: Attributes, facts: ResponseFacts, options: EngineOptions): void {
  put(attributes, GEN_AI.responseId, facts.id);
  put(attributes, GEN_AI.responseModel, facts.model);
  put(attributes, GEN_AI.responseFinishReasons, facts.finishReasons);
  put(attributes, GEN_AI.usageInputTokens, facts.inputTokens);
  put(attributes, GEN_AI.usageOutputTokens, facts.outputTokens);
  put(attributes, GEN_AI.usageCacheReadInputTokens, facts.cacheReadTokens);
  putCacheWriteTokens(attributes, facts.cacheWriteTokens, options);
  put(attributes, GEN_AI.usageReasoningOutputTokens, facts.reasoningTokens);
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

/**
 * Low-cardinality name of an error: its class, or `_OTHER`. Bundlers rename classes: `RateLimitError2` is `RateLimitError`
 * beside another class of that name, and a minified name says nothing and changes from build to build, so the HTTP status
 * stands for it, or what the error calls itself.
 */
export function errorType(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER';
  const { name } = error.constructor;
  if (name.length > LONGEST_MINIFIED) return name.replace(RENAMED, '$1');
  return String(httpStatusOf(error) ?? (error.name || '_OTHER'));
}
