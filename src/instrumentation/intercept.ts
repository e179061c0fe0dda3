// HOT: runs on every LLM call. Benchmark: npm run bench -- call
import type { Span } from '@opentelemetry/api';
import { steadyAt } from '../contract/clock.js';
import type { Decision } from '../contract/decision.js';
import { ARC, GEN_AI } from '../contract/names.js';
import type { Params, RequestView } from '../contract/request.js';
import { decide } from '../fixes/decide.js';
import type { SdkTarget } from './adapters/adapter.js';
import { observeFetch } from './adapters/fetch-response.js';
import { isRecord } from './adapters/shape.js';
import { isApiPromise, observeApiPromise, observePromise } from './api-promise.js';
import { observeCallback } from './callback.js';
import { countError, failCall, finishCall } from './call.js';
import { createCall, type Call } from './call-state.js';
import type { Attempt } from './heal/attempt.js';
import { healing } from './heal/healing.js';
import { inContext } from './context.js';
import { callContext, insideCall, isInsideCall } from './call-context.js';
import type { Engine } from './engine.js';
import { isTracedBySdk, NO_SPAN } from './native-spans.js';
import { callWith } from './otel-global.js';
import { renamedTools } from './restore-names.js';
import { describeArcError, describeRequest, spanName, startCallSpan } from './spans.js';

const NO_IDS: readonly string[] = Object.freeze([]);

/** A method of an SDK. */
export type SdkMethod = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Builds the replacement of an SDK method. It decides, repairs, calls the original once and observes what comes back.
 * Whatever goes wrong before the original is called, the original is called with the caller's own arguments.
 */
export function intercept(engine: Engine, target: SdkTarget, original: SdkMethod): SdkMethod {
  return function intercepted(this: unknown, ...args: unknown[]): unknown {
    if (!engine.active) return original.apply(this, args);
    const call = beginCall(engine, target, this, args);
    if (!call) return original.apply(this, args);
    const { observeCallback: takesCallback } = call.target;
    const mayRepeat = engine.options.heal || takesCallback !== undefined;
    const attempt: Attempt | undefined = mayRepeat ? { call, args, original, resource: this } : undefined;
    const byCallback = attempt !== undefined && takesCallback !== undefined && observeCallback(attempt, args);
    let result: unknown;
    try {
      result = callWith(call.context, original, this, args);
    } catch (error) {
      failCall(call, error);
      throw error;
    }
    if (byCallback) return result;
    const isHealed = attempt !== undefined && engine.options.heal;
    return observeResult(isHealed ? healing().healed(result, attempt) : result, call);
  };
}

/** Starts the call and puts repaired parameters into `args`. @returns undefined when the call is to be left alone. */
function beginCall(engine: Engine, method: SdkTarget, resource: unknown, args: unknown[]): Call | undefined {
  let span: Span | undefined;
  try {
    const parent = engine.parentContext();
    if (method.transport && isInsideCall(parent)) return undefined;
    const target = method.pick ? method.pick(args) : method;
    if (!target) return undefined;
    const startedAt = performance.now();
    const params = target.access ? target.access.read(args) : args[0];
    const endpoint = target.endpoint(resource, engine.options.providers);
    const view = isRecord(params) ? target.view(params, endpoint.provider) : undefined;
    const bySdk = isTracedBySdk(engine, target, resource);
    span = bySdk ? NO_SPAN : startCallSpan(engine, target, endpoint, view?.model);
    const matchStart = performance.now();
    const decision = decideSafely(engine, target, view && inContext(view, parent), matchStart);
    const matchSeconds = (performance.now() - matchStart) / 1000;
    const model = noteModel(span, target, view, decision);
    const context = bySdk ? insideCall(parent) : callContext(parent, span);
    const withUsage = askForUsage(engine, target, decision);
    const call = createCall({
      engine,
      target,
      endpoint,
      span,
      context,
      params: withUsage ?? decision.params,
      model,
      startedAt,
      usage: withUsage && target.usage,
      recorded: view && engine.recorder?.begin(view),
    });
    if (withUsage || decision.kind === 'fix') writeParams(target, args, call.params);
    report(call, decision, matchSeconds);
    return call;
  } catch (error) {
    span?.end();
    countError(engine, error);
    return undefined;
  }
}

/** @returns the parameters that also ask for token counts, where that is wished for and possible. */
function askForUsage(engine: Engine, { usage }: SdkTarget, decision: Decision): Params | undefined {
  const { injectUsage, mode } = engine.options;
  if (!injectUsage || !usage || mode !== 'apply' || decision.error !== undefined) return undefined;
  try {
    return usage.ask(decision.params);
  } catch (error) {
    countError(engine, error);
    return undefined;
  }
}

/** Writing may fail for an argument list of an unknown shape; then the original goes out, and the span must not lie. */
function writeParams(target: SdkTarget, args: unknown[], params: Params): void {
  if (target.access) target.access.write(args, params);
  else args[0] = params;
}

/** A fix may have routed the request to another model. @returns the model that is asked now. */
function noteModel(
  span: Span,
  target: SdkTarget,
  view: RequestView | undefined,
  decision: Decision,
): string | undefined {
  if (decision.kind !== 'fix' || !view) return view?.model;
  const { model } = target.view(decision.params, view.provider);
  if (model !== view.model && model !== undefined) {
    span.updateName(spanName(target, model));
    span.setAttribute(GEN_AI.requestModel, model);
  }
  return model;
}

/** Parameters Arc cannot read go out as they are, with their span. @param reading - of `performance.now()` */
function decideSafely(
  engine: Engine,
  { transport }: SdkTarget,
  view: RequestView | undefined,
  reading: number,
): Decision {
  if (!view) return bypass({}, 'unreadable');
  try {
    const decision = decide(view, engine.packs.matcher(), engine.options, steadyAt(reading));
    // The answer to a bare `fetch` is the caller's to read: nobody could give the tools their names back.
    if (transport && decision.kind === 'fix' && renamedTools(decision.changes))
      return bypass(view.params, 'refused');
    return decision;
  } catch (error) {
    return { ...bypass(view.params, 'error'), error };
  }
}

function bypass(params: Params, reason: 'unreadable' | 'refused' | 'error'): Decision {
  return { kind: 'bypass', params, patterns: [], changes: [], reason };
}

function report(call: Call, decision: Decision, matchSeconds: number): void {
  const { engine, span, target } = call;
  try {
    span.setAttribute(ARC.matchDuration, matchSeconds);
    if (call.usage) span.setAttribute(ARC.usageInjected, true);
    if (decision.kind === 'fix') call.toolNames = renamedTools(decision.changes);
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

function measure(call: Call, { kind, patterns, candidates = 0 }: Decision, matchSeconds: number): void {
  const { counters, measures } = call.engine;
  counters.intercepted += 1;
  if (patterns.length > 0) counters.matched += 1;
  if (kind === 'fix') counters.fixed += 1;
  measures.request({
    provider: call.endpoint.provider,
    decision: kind,
    patterns: patterns.length > 0 ? patterns.map(({ id }) => id) : NO_IDS,
    candidates,
    matchSeconds,
    interceptionSeconds: (performance.now() - call.startedAt) / 1000,
    context: call.context,
  });
}

function observeResult(result: unknown, call: Call): unknown {
  try {
    if (call.target.transport) return observeFetch(result, call);
    if (isApiPromise(result)) return observeApiPromise(result, call);
    if (result instanceof Promise) return observePromise(result, call);
    finishCall(call, call.target.response(result));
  } catch (error) {
    countError(call.engine, error);
  }
  return result;
}
