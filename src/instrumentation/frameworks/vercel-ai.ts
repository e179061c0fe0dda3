import { tracingChannel } from 'node:diagnostics_channel';
import type { Attributes, Context } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import { isRecord, put, record, text, type UnknownRecord } from '../adapters/shape.js';
import { countError } from '../call.js';
import type { Engine } from '../engine.js';
import { contextStore } from './context-store.js';
import type { Framework } from './framework.js';
import { beginWork, endWork, toolWork, type OpenWork, type Work } from './work.js';

/** Where `ai` 7 reports what it does. @see its documentation, "Telemetry" */
const CHANNEL = 'ai:telemetry';

/** The conventions' provider names, by the first part of those of the AI SDK (`openai.chat`). */
const PROVIDERS: Readonly<Record<string, string>> = {
  'amazon-bedrock': 'aws.bedrock',
  azure: 'azure.ai.openai',
  google: 'gcp.gemini',
  mistral: 'mistral_ai',
  vertex: 'gcp.vertex_ai',
  xai: 'x_ai',
};

/** Ends the spans of what was dropped without an end: a stream nobody read, or a run Arc was disabled in. */
const dropped = new FinalizationRegistry<OpenWork>((begun) => endWork(begun, {}));

/** What of the channel Arc has no use for. */
const noop = (): void => undefined;

/**
 * The Vercel AI SDK: spans of its agents (`generateText`, `streamText` and what is built on them) and of its tools, by
 * the diagnostics channel it publishes them on. Its model calls are seen at `fetch`.
 */
export function createVercelAi(engine: Engine): Framework {
  const open = new WeakMap<object, OpenWork>();
  const channel = tracingChannel<unknown, UnknownRecord>(CHANNEL);
  // Node ends the process when this throws.
  const begin = (message: UnknownRecord): Context => {
    const parent = engine.parentContext();
    try {
      const work = engine.active ? workOf(engine, message) : undefined;
      if (!work) return parent;
      const begun = beginWork(engine, work, parent);
      open.set(message, begun);
      dropped.register(message, begun);
      return begun.context;
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

function workOf(engine: Engine, { type, event }: UnknownRecord): Work | undefined {
  const told = record(event);
  if (type === 'generateText' || type === 'streamText') return agentWork(told);
  if (type !== 'executeTool') return undefined;
  const call = record(told['toolCall']);
  return toolWork(engine, {
    name: text(call['toolName']),
    callId: text(call['toolCallId']),
    input: call['input'],
  });
}

/** Named as the AI SDK's own OpenTelemetry integration names it: by `functionId`, or by the model. */
function agentWork(event: UnknownRecord): Work {
  const [family = 'unknown'] = (text(event['provider']) ?? 'unknown').split('.');
  const model = text(event['modelId']);
  const name = text(event['functionId']);
  const attributes: Attributes = { [GEN_AI.providerName]: PROVIDERS[family] ?? family };
  put(attributes, GEN_AI.requestModel, model);
  return { kind: 'invoke_agent', name, title: name ?? model, attributes };
}

/** A tool that throws does not fail its run: the model is told. */
function outcomeOf(message: UnknownRecord): { readonly error?: unknown; readonly result?: unknown } {
  if ('error' in message) return { error: message['error'] };
  const output = isRecord(message['result']) ? record(message['result']['output']) : {};
  return output['type'] === 'tool-error' ? { error: output['error'] } : { result: output['output'] };
}
