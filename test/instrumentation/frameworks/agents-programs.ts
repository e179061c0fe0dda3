import type { Rig } from '../../helpers/rig.js';
import { loadFramework } from './modules.js';

/** The part of the OpenAI Agents SDK that is used here. */
export interface Agent {
  asTool(options: unknown): unknown;
}
interface Result {
  readonly finalOutput: unknown;
}
interface StreamedResult extends Result, AsyncIterable<unknown> {
  readonly completed: Promise<void>;
}
interface Runner {
  readonly config: unknown;
  run(agent: Agent, input: unknown, options?: unknown): Promise<Result>;
}
interface Processor {
  onTraceStart(trace: unknown): Promise<void>;
  onTraceEnd(trace: unknown): Promise<void>;
  onSpanStart(span: unknown): Promise<void>;
  onSpanEnd(span: unknown): Promise<void>;
  shutdown(): Promise<void>;
  forceFlush(): Promise<void>;
}
export interface AgentsSdk {
  readonly Agent: new (options: unknown) => Agent;
  readonly Runner: new (options: unknown) => Runner;
  readonly OpenAIProvider: new (options: unknown) => unknown;
  readonly withTrace: (name: string, fn: () => Promise<unknown>, options?: unknown) => Promise<unknown>;
  readonly setTracingDisabled: (disabled: boolean) => void;
  readonly setTraceProcessors: (processors: readonly Processor[]) => void;
  readonly tool: (options: unknown) => unknown;
  readonly MCPServerStdio: new (options: unknown) => {
    connect(): Promise<void>;
    close(): Promise<void>;
  };
}
type City = { readonly city: string };

/** Agents of the stand-in model, which calls the first tool it is offered, once. */
export interface AgentPrograms {
  readonly sdk: AgentsSdk;
  /** By the responses API, which is the SDK's default. */
  readonly runner: Runner;
  readonly byChat: Runner;
  readonly agent: (name: string, options?: unknown) => Agent;
  /** A tool called `weather`. */
  readonly weather: (execute: (city: City) => unknown) => unknown;
  readonly stream: (agent: Agent, input: string, options?: unknown) => Promise<StreamedResult>;
}

export function loadAgents({ models }: Rig): AgentPrograms {
  const sdk = loadFramework('@openai/agents') as AgentsSdk;
  const { z } = loadFramework('zod') as { z: { object(shape: unknown): unknown; string(): unknown } };
  const { OpenAI } = loadFramework('openai') as { OpenAI: new (options: unknown) => unknown };
  const openAIClient = new OpenAI({ apiKey: 'none', baseURL: models.openaiBaseUrl, maxRetries: 0 });
  const runner = (useResponses: boolean): Runner =>
    new sdk.Runner({ modelProvider: new sdk.OpenAIProvider({ openAIClient, useResponses }) });
  const byResponses = runner(true);
  const parameters = z.object({ city: z.string() });
  return {
    sdk,
    runner: byResponses,
    byChat: runner(false),
    agent: (name, options = {}) => new sdk.Agent({ name, model: 'gpt-4o', ...(options as object) }),
    weather: (execute) =>
      sdk.tool({ name: 'weather', description: 'The weather of a city.', parameters, execute }),
    stream: (agent, input, options = {}) =>
      byResponses.run(agent, input, { stream: true, ...(options as object) }) as Promise<StreamedResult>,
  };
}
