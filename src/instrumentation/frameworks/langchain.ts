import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import { isRecord, put, record, text, type UnknownRecord } from '../adapters/shape.js';
import { countError } from '../call.js';
import type { Engine } from '../engine.js';
import type { Method } from '../method-patch.js';
import { callWith } from '../otel-global.js';
import { createClassPatches, type ClassTarget } from './class-patches.js';
import type { Framework } from './framework.js';
import { observeRun, outcomeOf } from './observe-run.js';
import { LANGCHAIN, LANGGRAPH } from './packages.js';
import { beginWork, endWork, toolWork, type OpenWork, type Work } from './work.js';

/** Nodes that call the model in the prebuilt agents: `createReactAgent` of LangGraph, `createAgent` of LangChain. */
const AGENT_NODES = ['agent', 'model_request'];
/** What LangGraph calls a graph without a name. */
const UNNAMED = 'LangGraph';

/**
 * LangChain's tools and LangGraph's graphs. Model calls in them are seen at the SDKs LangChain uses.
 * @param engine - what the replaced methods read on each call.
 */
export function createLangChain(engine: Engine): Framework {
  const patches = createClassPatches(engine);
  const graph: ClassTarget = {
    owner: 'Pregel',
    method: '_streamIterator',
    wrap: (original) => observeGraph(engine, original),
  };
  const tool: ClassTarget = {
    owner: 'StructuredTool',
    method: 'call',
    wrap: (original) => observeTool(engine, original),
  };
  return {
    packages: [LANGGRAPH, LANGCHAIN],
    addModule(file) {
      patches.add(file, [file.package === LANGGRAPH ? graph : tool]);
      return file.moduleExports;
    },
    apply: patches.apply,
    restore: patches.restore,
    status: patches.status,
  };
}

/** Every way to run a graph (`invoke`, `stream`, `streamEvents`, as a node of another) goes through this generator. */
function observeGraph(engine: Engine, original: Method): Method {
  return function _streamIterator(...args) {
    const run = original.apply(this, args);
    if (engine.active && isGenerator(run)) {
      const options = record(args[1]);
      observeRun(run, () => begin(engine, () => graphWork(record(this), options)), options['signal']);
    }
    return run;
  };
}

function observeTool(engine: Engine, original: Method): Method {
  return function call(...args) {
    const open = engine.active ? begin(engine, () => readToolCall(engine, record(this), args)) : undefined;
    if (!open) return original.apply(this, args);
    const result = callWith(open.context, original, this, args);
    return result instanceof Promise ? observeResult(result, open) : result;
  };
}

async function observeResult(asked: Promise<unknown>, open: OpenWork): Promise<unknown> {
  try {
    const result = await asked;
    endWork(open, { result: isRecord(result) ? (result['content'] ?? result) : result });
    return result;
  } catch (error) {
    endWork(open, outcomeOf(error));
    throw error;
  }
}

function begin(engine: Engine, workOf: () => Work): OpenWork | undefined {
  try {
    return beginWork(engine, workOf(), engine.parentContext());
  } catch (error) {
    countError(engine, error);
    return undefined;
  }
}

/** A graph with a node that calls the model, as the prebuilt agents name it, is an agent; any other is a workflow. */
function graphWork(graph: UnknownRecord, options: UnknownRecord): Work {
  const given = text(graph['name']);
  const name = given === UNNAMED ? undefined : given;
  const nodes = record(graph['nodes']);
  const isAgent = AGENT_NODES.some((node) => Object.hasOwn(nodes, node));
  const attributes: Attributes = {};
  const thread = record(options['configurable'])['thread_id'];
  put(attributes, GEN_AI.conversationId, text(thread));
  return { kind: isAgent ? 'invoke_agent' : 'invoke_workflow', name, attributes };
}

/** A tool is called with the model's call, or with its arguments and the model's call in the config. */
function readToolCall(engine: Engine, tool: UnknownRecord, [input, config]: readonly unknown[]): Work {
  const given = record(input);
  const isCall = given['type'] === 'tool_call';
  const call = isCall ? given : record(record(config)['toolCall']);
  return toolWork(engine, {
    name: text(tool['name']),
    callId: text(call['id']),
    input: isCall ? given['args'] : input,
    description: text(tool['description']),
  });
}

function isGenerator(value: unknown): value is AsyncGenerator {
  return isRecord(value) && typeof value['next'] === 'function' && Symbol.asyncIterator in value;
}
