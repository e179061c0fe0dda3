import test from 'ava';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { withArcContext } from '../../../src/index.js';
import { hookEsModules } from '../../../src/instrumentation/module-hooks.js';
import { createRig, type Rig } from '../../helpers/rig.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { loadAgents } from './agents-programs.js';
import { loadAi, RELEASES } from './ai-programs.js';
import { FRAMEWORKS_HERE, loadFramework, RELEASES_HERE } from './modules.js';
import { count } from './spans.js';

/** A run of an agent whose model calls a tool once: two calls, a tool, an agent, and a workflow in some frameworks. */
interface Way {
  readonly run: (input: string) => Promise<unknown>;
  readonly spans: number;
}

const RUNS = 1_000;
/** Connections that are open at a time: a server that accepts a thousand at once refuses some on a busy machine. */
const CONNECTIONS = 64;
const sunny = ({ city }: { readonly city: string }): string => `sunny in ${city}`;

function waysOf(rig: Rig): readonly Way[] {
  return [...aiWays(rig), ...agentsWays(rig), langGraphWay(rig), llamaIndexWay(rig)];
}

function aiWays(rig: Rig): readonly Way[] {
  return RELEASES.flatMap((release): readonly Way[] => {
    if (release.major !== 7 && !RELEASES_HERE) return [];
    const { ai, chat, weather } = loadAi(release, rig);
    const options = (prompt: string): unknown => ({
      model: chat('gpt-4o'),
      prompt,
      tools: { weather },
      stopWhen: ai.stepCountIs(3),
    });
    return [
      { run: (prompt) => ai.generateText(options(prompt)), spans: 4 },
      { run: (prompt) => count(ai.streamText(options(prompt)).textStream), spans: 4 },
    ];
  });
}

function agentsWays(rig: Rig): readonly Way[] {
  const { sdk, runner, agent, weather, stream } = loadAgents(rig);
  sdk.setTracingDisabled(false);
  sdk.setTraceProcessors([]);
  const forecaster = agent('forecaster', { tools: [weather(sunny)] });
  const streamed = async (input: string): Promise<void> => {
    const result = await stream(forecaster, input);
    await count(result);
    await result.completed;
  };
  return [
    { run: (input) => runner.run(forecaster, input), spans: 5 },
    { run: streamed, spans: 5 },
  ];
}

function langGraphWay({ models }: Rig): Way {
  const { ChatOpenAI } = loadFramework('@langchain/openai') as {
    ChatOpenAI: new (options: unknown) => unknown;
  };
  const { tool } = loadFramework('@langchain/core/tools') as {
    tool: (run: typeof sunny, options: unknown) => unknown;
  };
  const { createReactAgent } = loadFramework('@langchain/langgraph/prebuilt') as {
    createReactAgent: (options: unknown) => { invoke(input: unknown): Promise<unknown> };
  };
  const llm = new ChatOpenAI({
    model: 'gpt-4o',
    apiKey: 'none',
    configuration: { baseURL: models.openaiBaseUrl },
    maxRetries: 0,
  });
  const weather = tool(sunny, {
    name: 'weather',
    description: 'The weather of a city.',
    schema: citySchema(),
  });
  const agent = createReactAgent({ llm, tools: [weather] });
  return { run: (content) => agent.invoke({ messages: [{ role: 'user', content }] }), spans: 4 };
}

function llamaIndexWay({ models }: Rig): Way {
  const { agent } = loadFramework('@llamaindex/workflow') as {
    agent: (options: unknown) => { run(input: string): Promise<unknown> };
  };
  const { openai } = loadFramework('@llamaindex/openai') as { openai: (options: unknown) => unknown };
  const { tool } = loadFramework('@llamaindex/core/tools') as { tool: (options: unknown) => unknown };
  const llm = openai({ model: 'gpt-4o', apiKey: 'none', baseURL: models.openaiBaseUrl, maxRetries: 0 });
  const weather = tool({
    name: 'weather',
    description: 'The weather of a city.',
    parameters: citySchema(),
    execute: sunny,
  });
  const forecaster = agent({ name: 'forecaster', llm, tools: [weather] });
  return { run: (input) => forecaster.run(input), spans: 4 };
}

/** Makes `fetch` wait for its turn, below Arc. Returns what undoes it. */
function limitConnections(): () => void {
  const original = globalThis.fetch;
  const waiting: (() => void)[] = [];
  let free = CONNECTIONS;
  globalThis.fetch = async (...args) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await original(...args);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
  return () => {
    globalThis.fetch = original;
  };
}

function citySchema(): unknown {
  const { z } = loadFramework('zod') as { z: { object(shape: unknown): unknown; string(): unknown } };
  return z.object({ city: z.string() });
}

const conversationOf = ({ attributes }: ReadableSpan): unknown => attributes['gen_ai.conversation.id'];
const idOf = (span: ReadableSpan): string => span.spanContext().spanId;

const when = FRAMEWORKS_HERE ? test.serial : test.serial.skip;

when(`frameworks: ${RUNS} runs at a time, of every framework, keep their spans apart`, async (t) => {
  hookEsModules(); // LlamaIndex imports its SDKs
  t.teardown(limitConnections());
  const rig = await createRig({ builtinPack: false });
  t.teardown(() => rig.close());
  const ways = waysOf(rig);
  const wayOf = (index: number): Way | undefined => ways[index % ways.length];
  const runs = Array.from({ length: RUNS }, (_, index) => wayOf(index));
  await Promise.all(
    runs.map((way, index) =>
      withArcContext({ conversation: `c-${index}` }, async () => way?.run(`Hello ${index}`)),
    ),
  );
  const expected = runs.reduce((sum, way) => sum + (way?.spans ?? 0), 0);
  const spans: ReadableSpan[] = [];
  await waitUntil('every span to end', () => spans.push(...rig.spans()) >= expected);

  t.is(spans.length, expected);
  t.is(new Set(spans.map(idOf)).size, expected);
  const byTrace = Map.groupBy(spans, (span) => span.spanContext().traceId);
  t.is(byTrace.size, RUNS);
  const seen = new Set<unknown>();
  for (const members of byTrace.values()) {
    const [conversation, ...others] = new Set(members.map(conversationOf));
    const index = Number(String(conversation).slice('c-'.length));
    t.is(others.length, 0);
    t.is(members.length, runs[index]?.spans ?? 0);
    t.deepEqual(shapeOf(members), members.length === 5 ? IN_WORKFLOW : ALONE);
    seen.add(conversation);
  }
  t.is(seen.size, RUNS);
  t.is(rig.arc.counters.errors, 0);
});

/** Each kind of work in a run, below what it is part of. */
const IN_AGENT = ['invoke_agent>chat', 'invoke_agent>chat', 'invoke_agent>execute_tool'];
const ALONE = [...IN_AGENT, 'root>invoke_agent'];
const IN_WORKFLOW = [...IN_AGENT, 'invoke_workflow>invoke_agent', 'root>invoke_workflow'];

function shapeOf(members: readonly ReadableSpan[]): readonly string[] {
  const kinds = new Map(
    members.map((span) => [idOf(span), String(span.attributes['gen_ai.operation.name'])]),
  );
  const above = ({ parentSpanContext }: ReadableSpan): string =>
    parentSpanContext ? (kinds.get(parentSpanContext.spanId) ?? 'elsewhere') : 'root';
  return members.map((span) => `${above(span)}>${kinds.get(idOf(span)) ?? 'none'}`).toSorted();
}
