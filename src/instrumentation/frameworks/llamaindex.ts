import { createContextKey } from '@opentelemetry/api';
import { isRecord, record, text, type UnknownRecord } from '../adapters/shape.js';
import { countError } from '../call.js';
import type { Engine } from '../engine.js';
import { isMethod, type Method } from '../method-patch.js';
import { activeContext, callWith } from '../otel-global.js';
import { noteHandOff } from './agent-events.js';
import { createClassPatches, type ClassTarget } from './class-patches.js';
import type { Framework } from './framework.js';
import { LLAMAINDEX } from './packages.js';
import {
  beginWork,
  endWhenDropped,
  endWork,
  toolWork,
  type OpenWork,
  type Outcome,
  type Work,
} from './work.js';

/** The tool by which agents of one workflow pass the work on. */
const HAND_OFF = 'handOff';
/** The run a step belongs to. */
const RUN = createContextKey('arc.llamaindex.run');

/**
 * LlamaIndex's agents and their tools, at the methods of `AgentWorkflow` and `FunctionAgent`: its callback manager tells
 * of tools after they began, and of these agents not at all. Model calls are seen at the SDKs LlamaIndex uses.
 * @param engine - what the replaced methods read on each call.
 */
export function createLlamaIndex(engine: Engine): Framework {
  const patches = createClassPatches(engine);
  const targets: readonly ClassTarget[] = [
    { owner: 'AgentWorkflow', method: 'runStream', wrap: (original) => observeRun(engine, original) },
    { owner: 'AgentWorkflow', method: 'callTool', wrap: (original) => observeTool(engine, original) },
    { owner: 'FunctionAgent', method: 'takeStep', wrap: (original) => observeStep(engine, original) },
  ];
  const listened = new WeakSet<object>();
  return {
    packages: [LLAMAINDEX],
    addModule(file) {
      patches.add(file, targets);
      const stop = record(file.moduleExports)['stopAgentEvent'];
      if (typeof stop === 'object' && stop && !listened.has(stop)) {
        listened.add(stop);
        endRunsAt(stop);
      }
      return file.moduleExports;
    },
    apply: patches.apply,
    restore: patches.restore,
    status: patches.status,
  };
}

/** A run ends with an event, made where the run does its work; its stream may be read later, or never. */
function endRunsAt(event: object): void {
  const onInit: unknown = Reflect.get(event, 'onInit');
  if (isMethod(onInit)) onInit.call(event, () => endRun({}));
}

function endRun(outcome: Outcome): void {
  const run = runNow();
  if (run) endWork(run, outcome);
}

/** Only this file sets the key. */
function runNow(): OpenWork | undefined {
  return activeContext().getValue(RUN) as OpenWork | undefined;
}

function observeRun(engine: Engine, original: Method): Method {
  return function runStream(...args) {
    const open = begin(engine, () => runWork(record(this)));
    if (!open) return original.apply(this, args);
    try {
      const stream = callWith(open.context.setValue(RUN, open), original, this, args);
      if (isRecord(stream)) endWhenDropped(stream, open);
      return stream;
    } catch (error) {
      endWork(open, { error });
      throw error;
    }
  };
}

/** One agent that runs by itself is an agent; several are a workflow of agents. */
function runWork(workflow: UnknownRecord): Work {
  const { agents } = workflow;
  const isAlone = agents instanceof Map && agents.size === 1;
  return isAlone
    ? { kind: 'invoke_agent', name: text(workflow['rootAgentName']), attributes: {} }
    : { kind: 'invoke_workflow', name: undefined, attributes: {} };
}

/** In a workflow of several agents, each step is one agent's. A step that fails is the end of its run. */
function observeStep(engine: Engine, original: Method): Method {
  return function takeStep(...args) {
    const run = runNow();
    if (!run) return original.apply(this, args);
    const name = text(record(this)['name']);
    const isPart = run.work.kind === 'invoke_workflow';
    const open = isPart ? begin(engine, () => ({ kind: 'invoke_agent', name, attributes: {} })) : undefined;
    const result = open ? callWith(open.context, original, this, args) : original.apply(this, args);
    return result instanceof Promise ? observeStepEnd(result, open, run) : result;
  };
}

async function observeStepEnd(
  asked: Promise<unknown>,
  open: OpenWork | undefined,
  run: OpenWork,
): Promise<unknown> {
  try {
    const result = await asked;
    if (open) endWork(open, {});
    return result;
  } catch (error) {
    if (open) endWork(open, { error });
    endWork(run, { error });
    throw error;
  }
}

function observeTool(engine: Engine, original: Method): Method {
  return function callTool(...args) {
    const open = begin(engine, () => readToolCall(engine, record(this), record(args[0])));
    if (!open) return original.apply(this, args);
    const result = callWith(open.context, original, this, args);
    return result instanceof Promise ? observeToolEnd(result, open) : result;
  };
}

async function observeToolEnd(asked: Promise<unknown>, open: OpenWork): Promise<unknown> {
  try {
    const result = await asked;
    endWork(open, { result });
    return result;
  } catch (error) {
    endWork(open, { error });
    throw error;
  }
}

/** A hand-off is no work of its own. */
function readToolCall(engine: Engine, { agents }: UnknownRecord, call: UnknownRecord): Work | undefined {
  const name = text(call['toolName']);
  const input = record(call['toolKwargs']);
  if (name !== HAND_OFF) {
    const agent = agents instanceof Map ? record(agents.get(call['agentName'])) : {};
    return toolWork(engine, {
      name,
      callId: text(call['toolId']),
      input,
      description: describe(agent, name),
    });
  }
  noteHandOff(engine.parentContext(), { from: call['agentName'], to: input['toAgent'] });
  return undefined;
}

/** What an agent says a tool of its is for. */
function describe({ tools }: UnknownRecord, name: string | undefined): string | undefined {
  const told = (Array.isArray(tools) ? tools : []).map((tool) => record(record(tool)['metadata']));
  return text(told.find((metadata) => metadata['name'] === name)?.['description']);
}

function begin(engine: Engine, workOf: () => Work | undefined): OpenWork | undefined {
  if (!engine.active) return undefined;
  try {
    const work = workOf();
    return work && beginWork(engine, work, engine.parentContext());
  } catch (error) {
    countError(engine, error);
    return undefined;
  }
}
