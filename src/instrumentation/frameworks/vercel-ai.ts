import { tracingChannel } from 'node:diagnostics_channel';
import { createContextKey, type Context } from '@opentelemetry/api';
import type { SdkStatus } from '../../contract/status.js';
import { isTested } from '../adapters/registry.js';
import { isRecord, record, text, type UnknownRecord } from '../adapters/shape.js';
import { countError } from '../call.js';
import type { Engine } from '../engine.js';
import { formatOf } from './class-patches.js';
import { contextStore } from './context-store.js';
import type { Framework, LoadedFile } from './framework.js';
import { VERCEL_AI } from './packages.js';
import { createAiFunctions } from './vercel-ai-functions.js';
import { agentWork } from './vercel-ai-work.js';
import { beginWork, endWhenDropped, endWork, toolWork, type OpenWork, type Work } from './work.js';

/** Where `ai` 7 reports what it does. @see its documentation, "Telemetry" */
const CHANNEL = 'ai:telemetry';

/** The tools of the run a context belongs to: what is told of a call of one does not describe it. */
const TOOLS = createContextKey('arc.vercel-ai.tools');

/** What of the channel Arc has no use for. */
const noop = (): void => undefined;

/** The first major that has the channel. */
const FIRST_WITH_CHANNEL = 7;

/**
 * The Vercel AI SDK: spans of its agents (`generateText`, `streamText` and what is built on them) and of its tools. From 7
 * on they are told on a diagnostics channel; before, by an option of the functions. Its model calls are seen at `fetch`.
 */
export function createVercelAi(engine: Engine): Framework {
  const functions = createAiFunctions(engine);
  const channel = createAiChannel(engine);
  const copies: LoadedFile[] = [];
  return {
    packages: [VERCEL_AI],
    addModule(file) {
      if (majorOf(file) < FIRST_WITH_CHANNEL) return functions.addModule(file);
      // The hooks of both module formats see a copy that is imported and required.
      if (!copies.some(({ version }) => version === file.version)) copies.push(file);
      return file.moduleExports;
    },
    apply() {
      channel.apply();
      functions.apply();
    },
    restore() {
      channel.restore();
      functions.restore();
    },
    status: () => [...functions.status(), ...copies.map((copy) => describeCopy(copy, engine.active))],
  };
}

/** A copy whose version cannot be read is taken for a new one: then it is left alone. */
function majorOf({ version }: LoadedFile): number {
  return Number.parseInt(version ?? String(FIRST_WITH_CHANNEL), 10);
}

function describeCopy({ version, moduleExports }: LoadedFile, active: boolean): SdkStatus {
  return {
    module: VERCEL_AI.module,
    version,
    format: formatOf(moduleExports),
    support: isTested(VERCEL_AI, version) ? 'tested' : 'untested',
    targets: [{ name: CHANNEL, patched: active }],
  };
}

function createAiChannel(engine: Engine): Pick<Framework, 'apply' | 'restore'> {
  const open = new WeakMap<object, OpenWork>();
  const channel = tracingChannel<unknown, UnknownRecord>(CHANNEL);
  // Node ends the process when this throws.
  const begin = (message: UnknownRecord): Context => {
    const parent = engine.parentContext();
    try {
      const work = engine.active ? workOf(engine, message, parent) : undefined;
      if (!work) return parent;
      const begun = beginWork(engine, work, parent);
      open.set(message, begun);
      endWhenDropped(message, begun);
      return begun.context.setValue(TOOLS, record(message['event'])['tools']);
    } catch (error) {
      countError(engine, error);
      return parent;
    }
  };
  const asyncEnd = (message: UnknownRecord): void => {
    const begun = open.get(message);
    if (begun) endWork(begun, outcomeOf(message));
  };
  const subscriber = { start: noop, end: noop, asyncStart: noop, asyncEnd, error: noop };
  return {
    apply() {
      channel.start.bindStore(contextStore, begin);
      channel.subscribe(subscriber);
    },
    restore() {
      channel.start.unbindStore(contextStore);
      channel.unsubscribe(subscriber);
    },
  };
}

function workOf(engine: Engine, { type, event }: UnknownRecord, parent: Context): Work | undefined {
  const told = record(event);
  if (type === 'generateText' || type === 'streamText') return agentWork(told);
  if (type !== 'executeTool') return undefined;
  const call = record(told['toolCall']);
  const name = text(call['toolName']);
  const offered = record(parent.getValue(TOOLS));
  return toolWork(engine, {
    name,
    callId: text(call['toolCallId']),
    input: call['input'],
    description: text(record(offered[name ?? ''])['description']),
  });
}

/** A tool that throws does not fail its run: the model is told. */
function outcomeOf(message: UnknownRecord): { readonly error?: unknown; readonly result?: unknown } {
  if ('error' in message) return { error: message['error'] };
  const output = isRecord(message['result']) ? record(message['result']['output']) : {};
  return output['type'] === 'tool-error' ? { error: output['error'] } : { result: output['output'] };
}
