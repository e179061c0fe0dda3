// HOT: runs on every LLM call. Benchmark: npm run bench -- call
import { trace } from '@opentelemetry/api';
import type { Decision, DecisionKind } from '../contract/decision.js';
import { ARC, GEN_AI } from '../contract/names.js';
import type { Params } from '../contract/request.js';
import { decide } from '../fixes/decide.js';
import type { SdkTarget } from './adapters/adapter.js';
import { isRecord, text } from './adapters/shape.js';
import { isApiPromise, observeApiPromise, observePromise } from './api-promise.js';
import { countError, failCall, finishCall, type Call } from './call.js';
import type { Engine } from './engine.js';
import { callWith } from './otel-global.js';
import { describeArcError, describeRequest, spanName, startCallSpan } from './spans.js';

/** A method of an SDK. */
export type SdkMethod = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Builds the replacement of an SDK method. It decides, repairs, calls the original once and observes what comes back.
 * Whatever goes wrong before the original is called, the original is called with the caller's own arguments.
 */
export function intercept(engine: Engine, target: SdkTarget, original: SdkMethod): SdkMethod {
  return function intercepted(this: unknown, ...args: unknown[]): unknown {
    if (!engine.active) return original.apply(this, args);
    const call = beginCall(engine, target, this, args[0]);
    if (!call) return original.apply(this, args);
    if (call.repaired) args[0] = call.params;
    let result: unknown;
    try {
      result = callWith(call.context, original, this, args);
    } catch (error) {
      failCall(call, error);
      throw error;
    }
    return observeResult(result, call);
  };
}

function beginCall(engine: Engine, target: SdkTarget, resource: unknown, params: unknown): Call | undefined {
  try {
    const startedAt = performance.now();
    const endpoint = target.endpoint(resource);
    const asked = isRecord(params) ? text(params['model']) : undefined;
    const span = startCallSpan(engine, target, endpoint, asked);
    const matchStart = performance.now();
    const decision = decideSafely(engine, target, params, endpoint.provider);
    const matchSeconds = (performance.now() - matchStart) / 1000;
    const model = text(decision.params['model']);
    if (model !== asked && model !== undefined) {
      span.updateName(spanName(target, model));
      span.setAttribute(GEN_AI.requestModel, model);
    }
    span.setAttribute(ARC.matchDuration, matchSeconds);
    const context = trace.setSpan(engine.parentContext(), span);
    const call: Call = {
      engine,
      target,
      endpoint,
      span,
      context,
      params: decision.params,
      repaired: decision.kind === 'fix',
      model,
      startedAt,
      firstChunkAt: 0,
      lastChunkAt: 0,
      streamed: false,
      ended: false,
    };
    report(call, decision, matchSeconds);
    return call;
  } catch (error) {
    countError(engine, error);
    return undefined;
  }
}

/** A parameter object Arc cannot read goes out as it is, with its span. */
function decideSafely(engine: Engine, target: SdkTarget, params: unknown, provider: string): Decision {
  if (!isRecord(params)) return bypass({}, 'unreadable');
  try {
    const { packs, options } = engine;
    return decide(target.view(params, provider), packs.matcher(), options, Date.now());
  } catch (error) {
    return { ...bypass(params, 'error'), error };
  }
}

function bypass(params: Params, reason: 'unreadable' | 'error'): Decision {
  return { kind: 'bypass', params, patterns: [], changes: [], reason };
}

function report(call: Call, decision: Decision, matchSeconds: number): void {
  const { engine, span, target } = call;
  try {
    if (span.isRecording()) describeRequest(span, target, decision, engine.options);
  } catch (error) {
    countError(engine, error);
  }
  if (decision.error !== undefined) {
    countError(engine, decision.error);
    describeArcError(span, decision.error);
  }
  measure(call, decision, matchSeconds);
}

function measure(call: Call, { kind, patterns }: Decision, matchSeconds: number): void {
  const { counters, instruments } = call.engine;
  const { provider } = call.endpoint;
  counters.intercepted += 1;
  instruments.intercepted.add(1, `${provider} ${kind}`, {
    [GEN_AI.providerName]: provider,
    [ARC.decision]: kind,
  });
  if (patterns.length > 0) measurePatterns(call, kind, patterns);
  instruments.matchDuration.record(matchSeconds, undefined, call.context);
  instruments.interceptionDuration.record(
    (performance.now() - call.startedAt) / 1000,
    undefined,
    call.context,
  );
}

function measurePatterns({ engine }: Call, kind: DecisionKind, patterns: Decision['patterns']): void {
  const { counters, instruments } = engine;
  counters.matched += 1;
  if (kind === 'fix') counters.fixed += 1;
  for (const { id } of patterns) {
    instruments.matches.add(1, `${id} ${kind}`, { [ARC.patternId]: id, [ARC.decision]: kind });
    if (kind === 'fix') instruments.fixes.add(1, id, { [ARC.patternId]: id });
  }
}

function observeResult(result: unknown, call: Call): unknown {
  try {
    if (isApiPromise(result)) return observeApiPromise(result, call);
    if (result instanceof Promise) return observePromise(result, call);
    finishCall(call, call.target.response(result));
  } catch (error) {
    countError(call.engine, error);
  }
  return result;
}
