import { createContextKey, type Attributes, type Context } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import { isRecord, put, text, type UnknownRecord } from '../adapters/shape.js';
import type { Engine } from '../engine.js';
import { callWith } from '../otel-global.js';
import { noteGuardrail, noteHandOff } from './agent-events.js';
import { failureOf } from './agents-failure.js';
import { currentSpanIn, dataOf, type Works } from './agents-state.js';
import { RunContext } from './run-context.js';
import { beginWork, endWhenDropped, endWork, noteToolContent, toolWork, type Work } from './work.js';

/** What the SDK calls a run without a name. */
const UNNAMED = 'Agent workflow';
/** `traceId` of a trace while the SDK's tracing is disabled: it has no name, and each run in it makes one of its own. */
const DISABLED = 'no-op';
/** Marks the context of a run. */
const IN_RUN = createContextKey('arc.agents.run');

/** What of the runs of the Agents SDK is under way. */
export interface AgentsWork {
  readonly engine: Engine;
  readonly works: Works;
  /** Results that are still streaming, by their trace: only they say how such a run ended. */
  readonly streams: WeakMap<object, UnknownRecord>;
  /** Traces that stand for no work of their own. */
  readonly inner: WeakSet<object>;
}

/** Begins the work of a trace: a workflow. */
export function beginTrace(agents: AgentsWork, trace: UnknownRecord): void {
  if (agents.inner.has(trace)) return;
  const given = text(trace['name']);
  const attributes: Attributes = {};
  put(attributes, GEN_AI.conversationId, text(trace['groupId']));
  const name = given === UNNAMED ? undefined : given;
  agents.streams.delete(trace);
  begin(agents, trace, { kind: 'invoke_workflow', name, attributes });
}

/** Ends it, as its stream did if it has one. */
export function endTrace({ works, streams }: AgentsWork, trace: UnknownRecord): void {
  const open = works.get(trace);
  const error = streams.get(trace)?.['error'];
  if (open) endWork(open, error === null || error === undefined ? {} : { error });
}

/** Begins the work of a span, if it is an agent's or a tool's. */
export function beginSpan(agents: AgentsWork, span: UnknownRecord): void {
  const data = dataOf(span);
  const work = data && workOf(agents.engine, data);
  if (data && work) begin(agents, data, work);
}

/** Model calls have spans of their own; turns and tasks are the SDK's own bookkeeping. */
function workOf(engine: Engine, data: UnknownRecord): Work | undefined {
  const name = text(data['name']);
  if (data['type'] === 'agent') return { kind: 'invoke_agent', name, attributes: {} };
  if (data['type'] === 'function') return toolWork(engine, { name, callId: undefined, input: undefined });
  return undefined;
}

function begin({ engine, works }: AgentsWork, key: object, work: Work): void {
  if (works.get(key)?.ended === false) return;
  const open = beginWork(engine, work, engine.parentContext());
  works.set(key, open);
  endWhenDropped(key, open);
}

/** Ends it, or notes what has no span of its own. */
export function endSpan({ engine, works }: AgentsWork, span: UnknownRecord): void {
  const data = dataOf(span);
  if (!data) return;
  if (data['type'] === 'handoff') {
    noteHandOff(engine.parentContext(), { from: data['from_agent'], to: data['to_agent'] });
  }
  if (data['type'] === 'guardrail') noteGuardrail(engine.parentContext(), data);
  const open = works.get(data);
  if (!open || open.ended) return;
  if (data['type'] === 'function') noteToolContent(open, data);
  endWork(open, failureOf(span['error']));
}

/** Runs the body of a branch of a run, with the span active that the SDK has as its current one there. */
export function runBranch(agents: AgentsWork, state: UnknownRecord, body: () => unknown): unknown {
  const { engine, works } = agents;
  if (!engine.active) return body();
  const { trace } = state;
  const isNew = isRecord(trace) && works.get(trace)?.ended !== false;
  const result = callWith(contextOf(agents, state, isNew), body, undefined, []);
  if (isNew && result instanceof Promise) void observeResult(agents, trace, result);
  return result;
}

function contextOf({ engine, works, inner }: AgentsWork, state: UnknownRecord, isNew: boolean): Context {
  const outer = engine.parentContext();
  const { trace } = state;
  const isInRun = outer.getValue(IN_RUN) === true;
  if (isNew && isInRun && isRecord(trace) && trace['traceId'] === DISABLED) inner.add(trace);
  return new RunContext(outer.setValue(IN_RUN, true), currentSpanIn(works, state));
}

/** The SDK ends no trace whose work fails. It passes the promise on, so it stays a rejection nobody handled if it is one. */
async function observeResult(agents: AgentsWork, trace: object, result: Promise<unknown>): Promise<void> {
  try {
    const value = await result;
    if (isRecord(value) && 'completed' in value) agents.streams.set(trace, value);
  } catch (error) {
    const open = agents.works.get(trace);
    if (open) endWork(open, { error });
  }
}
