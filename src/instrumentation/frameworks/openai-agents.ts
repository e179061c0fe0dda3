import { record, type UnknownRecord } from '../adapters/shape.js';
import { countError } from '../call.js';
import type { Engine } from '../engine.js';
import type { Method } from '../method-patch.js';
import { createAgentsStorage, type AgentsStorage } from './agents-storage.js';
import { beginSpan, beginTrace, endSpan, endTrace, runBranch, type AgentsWork } from './agents-work.js';
import { createClassPatches, type ClassTarget } from './class-patches.js';
import type { Framework } from './framework.js';
import { OPENAI_AGENTS } from './packages.js';

/**
 * The OpenAI Agents SDK: spans of its workflows, agents and tools, from the traces and spans it describes its runs with.
 * They are observed as they begin and end, at their own methods: a trace processor is told later, when the work is under
 * way, and `setTraceProcessors` removes it. So the SDK's tracing, with its exporter to OpenAI, stays as the program set it
 * up, and may be disabled. Model calls are seen at the SDK `openai`.
 */
export function createOpenAiAgents(engine: Engine): Framework {
  const agents: AgentsWork = {
    engine,
    works: new WeakMap(),
    streams: new WeakMap(),
    inner: new WeakSet(),
  };
  const storage = createAgentsStorage((state, body) => runBranch(agents, state, body));
  const targets = targetsOf(agents, storage);
  const patches = createClassPatches(engine);
  let isLoaded = false;
  return {
    packages: [OPENAI_AGENTS],
    addModule(file) {
      isLoaded = true;
      if (engine.active) storage.observe();
      patches.add(file, targets);
      return file.moduleExports;
    },
    apply() {
      if (isLoaded) storage.observe();
      patches.apply();
    },
    restore() {
      storage.restore();
      patches.restore();
    },
    status: patches.status,
  };
}

/** What Arc does when a trace or span begins or ends. */
type Step = (self: UnknownRecord) => void;

/** While tracing is disabled, traces and spans are of classes of their own, whose methods do nothing. */
function targetsOf(agents: AgentsWork, storage: AgentsStorage): readonly ClassTarget[] {
  const { engine } = agents;
  const startTrace: Step = (trace) => {
    storage.observe(); // the program may have set another since
    beginTrace(agents, trace);
  };
  const startSpan: Step = (span) => beginSpan(agents, span);
  const stopTrace: Step = (trace) => endTrace(agents, trace);
  const stopSpan: Step = (span) => endSpan(agents, span);
  return [
    ...['Trace', 'NoopTrace'].flatMap((owner) => [
      { owner, method: 'start', wrap: (original: Method) => before(engine, original, startTrace) },
      { owner, method: 'end', wrap: (original: Method) => after(engine, original, stopTrace) },
    ]),
    ...['Span', 'NoopSpan'].flatMap((owner) => [
      { owner, method: 'start', wrap: (original: Method) => before(engine, original, startSpan) },
      { owner, method: 'end', wrap: (original: Method) => after(engine, original, stopSpan) },
    ]),
  ];
}

function before(engine: Engine, original: Method, step: Step): Method {
  return function start(...args) {
    guarded(engine, () => step(record(this)));
    return original.apply(this, args);
  };
}

function after(engine: Engine, original: Method, step: Step): Method {
  return function end(...args) {
    const result = original.apply(this, args);
    guarded(engine, () => step(record(this)));
    return result;
  };
}

function guarded(engine: Engine, step: () => void): void {
  if (!engine.active) return;
  try {
    step();
  } catch (error) {
    countError(engine, error);
  }
}
