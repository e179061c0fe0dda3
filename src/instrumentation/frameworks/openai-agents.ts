import { createContextKey, type Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import { isRecord, put, record, text, type UnknownRecord } from '../adapters/shape.js';
import { countError } from '../call.js';
import type { Engine } from '../engine.js';
import type { Method } from '../method-patch.js';
import { callWith } from '../otel-global.js';
import { noteGuardrail, noteHandOff } from './agents-events.js';
import { failureOf } from './agents-failure.js';
import { currentSpanIn, dataOf, type Works } from './agents-state.js';
import { createAgentsStorage, type AgentsStorage } from './agents-storage.js';
import { createClassPatches, type ClassTarget } from './class-patches.js';
import type { Framework } from './framework.js';
import { OPENAI_AGENTS } from './packages.js';
import { RunContext } from './run-context.js';
import { beginWork, endWork, noteToolContent, toolWork, type OpenWork, type Work } from './work.js';

/** What the SDK calls a run without a name. */
const UNNAMED = 'Agent workflow';

/** `traceId` of a trace while the SDK's tracing is disabled: it has no name, and each run in it makes one of its own. */
const DISABLED = 'no-op';
/** Marks the context of a run. */
const IN_RUN = createContextKey('arc.agents.run');

/** Ends the spans of runs that were dropped before their end, e.g. while they wait for an approval. */
const dropped = new FinalizationRegistry<OpenWork>((open) => endWork(open, {}));

/** What the replaced methods share. */
interface Observed {
  readonly engine: Engine;
  readonly works: Works;
  /** Results that are still streaming, by their trace: only they say how such a run ended. */
  readonly streams: WeakMap<object, UnknownRecord>;
  /** Traces that stand for no work of their own. */
  readonly inner: WeakSet<object>;
  readonly storage: AgentsStorage;
}

/**
 * The OpenAI Agents SDK: spans of its workflows, agents and tools, from the traces and spans it describes its runs with.
 * They are observed as they begin and end, at their own methods: a trace processor is told later, when the work is under
 * way, and `setTraceProcessors` removes it. So the SDK's tracing, with its exporter to OpenAI, stays as the program set it
 * up, and may be disabled. Model calls are seen at the SDK `openai`.
 */
export function createOpenAiAgents(engine: Engine): Framework {
  const observed: Observed = {
    engine,
    works: new WeakMap(),
    streams: new WeakMap(),
    inner: new WeakSet(),
    storage: createAgentsStorage((state, body) => runBranch(observed, state, body)),
  };
  const targets = targetsOf(observed);
  const patches = createClassPatches(engine);
  let isLoaded = false;
  return {
    packages: [OPENAI_AGENTS],
    addModule(file) {
      isLoaded = true;
      if (engine.active) observed.storage.observe();
      patches.add(file, targets);
      return file.moduleExports;
    },
    apply() {
      if (isLoaded) observed.storage.observe();
      patches.apply();
    },
    restore() {
      observed.storage.restore();
      patches.restore();
    },
    status: patches.status,
  };
}

/** Spans and traces of runs with tracing disabled are of classes of their own, which do nothing at these methods. */
function targetsOf(observed: Observed): readonly ClassTarget[] {
  const start = (begin: (observed: Observed, self: UnknownRecord) => void) => (original: Method) =>
    before(observed, original, begin);
  const end = (finish: (observed: Observed, self: UnknownRecord) => void) => (original: Method) =>
    after(observed, original, finish);
  return [
    { owner: 'Trace', method: 'start', wrap: start(beginTrace) },
    { owner: 'Trace', method: 'end', wrap: end(endTrace) },
    { owner: 'Span', method: 'start', wrap: start(beginSpan) },
    { owner: 'Span', method: 'end', wrap: end(endSpan) },
    { owner: 'NoopTrace', method: 'start', wrap: start(beginTrace) },
    { owner: 'NoopTrace', method: 'end', wrap: end(endTrace), optional: true },
    { owner: 'NoopSpan', method: 'start', wrap: start(beginSpan) },
    { owner: 'NoopSpan', method: 'end', wrap: end(endSpan) },
  ];
}

function before(observed: Observed, original: Method, step: typeof beginSpan): Method {
  return function start(...args) {
    guarded(observed, () => step(observed, record(this)));
    return original.apply(this, args);
  };
}

function after(observed: Observed, original: Method, step: typeof endSpan): Method {
  return function end(...args) {
    const result = original.apply(this, args);
    guarded(observed, () => step(observed, record(this)));
    return result;
  };
}

function guarded({ engine }: Observed, step: () => void): void {
  if (!engine.active) return;
  try {
    step();
  } catch (error) {
    countError(engine, error);
  }
}

function beginTrace(observed: Observed, trace: UnknownRecord): void {
  observed.storage.observe();
  if (observed.inner.has(trace)) return;
  const given = text(trace['name']);
  const attributes: Attributes = {};
  put(attributes, GEN_AI.conversationId, text(trace['groupId']));
  const name = given === UNNAMED ? undefined : given;
  observed.streams.delete(trace);
  begin(observed, trace, { kind: 'invoke_workflow', name, attributes });
}

function endTrace({ works, streams }: Observed, trace: UnknownRecord): void {
  const open = works.get(trace);
  const error = streams.get(trace)?.['error'];
  if (open) endWork(open, error === null || error === undefined ? {} : { error });
}

function beginSpan(observed: Observed, span: UnknownRecord): void {
  const data = dataOf(span);
  const work = data && workOf(observed.engine, data);
  if (data && work) begin(observed, data, work);
}

/** Model calls have spans of their own; turns and tasks are the SDK's own bookkeeping. */
function workOf(engine: Engine, data: UnknownRecord): Work | undefined {
  const name = text(data['name']);
  if (data['type'] === 'agent') return { kind: 'invoke_agent', name, attributes: {} };
  if (data['type'] === 'function') return toolWork(engine, { name, callId: undefined, input: undefined });
  return undefined;
}

function begin({ engine, works }: Observed, key: object, work: Work): void {
  if (works.get(key)?.ended === false) return;
  const open = beginWork(engine, work, engine.parentContext());
  works.set(key, open);
  dropped.register(key, open);
}

function endSpan({ engine, works }: Observed, span: UnknownRecord): void {
  const data = dataOf(span);
  if (!data) return;
  if (data['type'] === 'handoff') noteHandOff(engine.parentContext(), data);
  if (data['type'] === 'guardrail') noteGuardrail(engine.parentContext(), data);
  const open = works.get(data);
  if (!open || open.ended) return;
  if (data['type'] === 'function') noteToolContent(open, data);
  endWork(open, failureOf(span['error']));
}

function runBranch(observed: Observed, state: UnknownRecord, body: () => unknown): unknown {
  const { engine, works, inner } = observed;
  const { trace } = state;
  if (!engine.active) return body();
  const outer = engine.parentContext();
  const isNew = isRecord(trace) && works.get(trace)?.ended !== false;
  if (isNew && trace['traceId'] === DISABLED && outer.getValue(IN_RUN) === true) inner.add(trace);
  const context = new RunContext(outer.setValue(IN_RUN, true), currentSpanIn(works, state));
  const result = callWith(context, body, undefined, []);
  if (isNew && result instanceof Promise) observeResult(observed, trace, result);
  return result;
}

/** The SDK ends no trace whose work fails. It passes the promise on, so it stays a rejection nobody handled if it is one. */
function observeResult({ works, streams }: Observed, trace: object, result: Promise<unknown>): void {
  result.then(
    (value) => {
      if (isRecord(value) && 'completed' in value) streams.set(trace, value);
    },
    (error: unknown) => {
      const open = works.get(trace);
      if (open) endWork(open, { error });
    },
  );
}
