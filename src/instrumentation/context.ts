import { AsyncLocalStorage } from 'node:async_hooks';
import { createContextKey, diag, trace, type Attributes, type Context } from '@opentelemetry/api';
import { ARC, EVENT_HAND_OFF, GEN_AI, GENERAL } from '../contract/names.js';
import type { RequestContext, RequestView } from '../contract/request.js';
import { isRecord, put } from './adapters/shape.js';
import { activeContext, globalApi } from './otel-global.js';
import { redactMessage } from './redact.js';

/** What an application says of the work it is doing, for the spans of the calls made in it. Every field is a choice. */
export interface ArcContext extends RequestContext {
  /** The conversation a call belongs to: `gen_ai.conversation.id`. */
  readonly conversation?: string | undefined;
  /** The user it is done for: `user.id`. Leaves the process with the span, so give it only if it may. */
  readonly user?: string | undefined;
}

/** One agent passing the work on to another. */
export interface HandOff {
  /** The agent that passes it on; the one of the context when left out. */
  readonly from?: string | undefined;
  readonly to: string;
  /** Why, in a few words. Leaves the process with the span. */
  readonly reason?: string | undefined;
}

type Values = { -readonly [K in keyof ArcContext]: ArcContext[K] };

const TEXTS = ['agent', 'pipeline', 'conversation', 'user'] as const;
const VALUES = createContextKey('arc.context');
/** Shared by every copy of Arc in the process, as OpenTelemetry's contexts are. */
const STORAGE = Symbol.for('arc.context.storage');

interface Storage {
  [STORAGE]?: AsyncLocalStorage<ArcContext>;
}

/**
 * Runs a function with values that every call made in it carries on its span, however deep and however long it awaits.
 * Nested calls merge: a text given inside wins, tags add up, and what is undefined leaves the outer value as it is.
 *
 * The values follow OpenTelemetry's context, so they do not cross into worker threads or other processes. The body of a
 * generator runs where its `next()` is called: iterate over it inside `fn`, or give the values inside its body.
 *
 * @param fn - called once, at once, without arguments; it may be async.
 * @returns what `fn` returns; what it throws is thrown.
 * @example
 * import { withArcContext } from 'arc';
 * const answer = withArcContext({ agent: 'support', conversation: 'c-17', tags: ['beta'] }, () => 'an answer');
 */
export function withArcContext<T>(values: ArcContext, fn: () => T): T {
  const active = activeContext();
  const merged = merge(contextValues(active), values);
  const manager = globalApi()?.context;
  return manager ? manager.with(active.setValue(VALUES, merged), fn) : ownStorage().run(merged, fn);
}

/**
 * Notes on the active span that one agent passes the work on to another, as an `arc.agent.handoff` event.
 * @returns the values for the next agent: those in force, with `to` as the agent.
 * @example
 * import { handOff, withArcContext } from 'arc';
 * withArcContext(handOff({ from: 'triage', to: 'billing', reason: 'an invoice' }), () => 'the answer of billing');
 */
export function handOff({ from, to, reason }: HandOff): ArcContext {
  const active = activeContext();
  const current = contextValues(active);
  const attributes: Attributes = { [ARC.handOffTo]: to };
  put(attributes, ARC.handOffFrom, from ?? current?.agent);
  put(attributes, ARC.handOffReason, isText(reason) ? redactMessage(reason) : undefined);
  trace.getSpan(active)?.addEvent(EVENT_HAND_OFF, attributes);
  return { ...current, agent: to };
}

/** The values in force: OpenTelemetry's context has them, or Arc's own storage where no context manager is registered. */
export function contextValues(active: Context): ArcContext | undefined {
  // Only this file sets the key.
  return (active.getValue(VALUES) as ArcContext | undefined) ?? (globalThis as Storage)[STORAGE]?.getStore();
}

/** Writes the values in force as attributes of a span. */
export function putContextValues(attributes: Attributes, active: Context): void {
  const values = contextValues(active);
  if (!values) return;
  put(attributes, GEN_AI.agentName, values.agent);
  put(attributes, GEN_AI.conversationId, values.conversation);
  put(attributes, GENERAL.userId, values.user);
  put(attributes, ARC.pipeline, values.pipeline);
  if (values.tags) attributes[ARC.tags] = [...values.tags];
}

/** The request as patterns see it: with the values in force, if there are any. */
export function inContext(view: RequestView, active: Context): RequestView {
  const context = contextValues(active);
  return context ? { ...view, context } : view;
}

/** Programs in JavaScript may give anything; a value of another type is left out, since the call matters more. */
function merge(outer: ArcContext | undefined, inner: unknown): ArcContext {
  const merged: Values = { ...outer };
  if (!isRecord(inner)) return merged;
  for (const name of TEXTS) {
    const value = inner[name];
    if (isText(value)) merged[name] = value;
    else if (value !== undefined) refuse(name, value);
  }
  const { tags } = inner;
  if (Array.isArray(tags)) merged.tags = [...new Set([...(outer?.tags ?? []), ...tags.filter(isText)])];
  else if (tags !== undefined) refuse('tags', tags);
  return merged;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function refuse(name: keyof ArcContext, value: unknown): void {
  const rule = name === 'tags' ? 'a list of texts' : 'a text that is not empty';
  diag.warn('arc: withArcContext: %s is left out: it must be %s, received %s', name, rule, typeof value);
}

function ownStorage(): AsyncLocalStorage<ArcContext> {
  return ((globalThis as Storage)[STORAGE] ??= new AsyncLocalStorage<ArcContext>());
}
