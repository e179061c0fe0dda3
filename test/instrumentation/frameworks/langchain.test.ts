import test from 'ava';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { createRig, type Rig } from '../../helpers/rig.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { FRAMEWORKS_HERE, loadFramework } from './modules.js';

/** The parts of LangChain and LangGraph that are used here. */
interface Message {
  readonly content: unknown;
  readonly tool_calls?: readonly unknown[];
}
interface Runnable<T> {
  invoke(input: unknown, config?: unknown): Promise<T>;
  stream(input: unknown, config?: unknown): Promise<AsyncIterable<Message>>;
}
interface Model extends Runnable<Message> {
  bindTools(tools: readonly unknown[]): Model;
  withStructuredOutput(schema: unknown): Runnable<unknown>;
}
interface Graph extends Runnable<{ readonly messages: readonly Message[] }> {
  streamEvents(input: unknown, config: unknown): AsyncIterable<{ readonly event: string }>;
}
interface GraphBuilder {
  addNode(name: string, node: unknown): GraphBuilder;
  addEdge(from: string, to: string): GraphBuilder;
  compile(options?: unknown): Graph;
}
type Class<T> = new (options: unknown) => T;

interface Programs {
  readonly openai: Model;
  readonly claude: Model;
  readonly agent: Graph;
  readonly careless: Graph;
  readonly graph: Graph;
  readonly nested: Graph;
  readonly weather: Runnable<unknown>;
  readonly broken: Runnable<unknown>;
  readonly asking: Runnable<unknown>;
  readonly schema: unknown;
}

interface Case {
  readonly name: string;
  readonly run: (programs: Programs) => Promise<unknown>;
  /** Names of the spans in the order they end, each with the name of its parent. */
  readonly spans: readonly string[];
}

const input = { messages: [{ role: 'user', content: 'Hello there' }] };
const call = 'chat gpt-4o';
const inAgent = `${call} in invoke_agent forecaster`;
const loop = [inAgent, 'execute_tool weather in invoke_agent forecaster', inAgent, 'invoke_agent forecaster'];
const texts = (messages: readonly Message[]): unknown => messages.map(({ content }) => content);

const cases: readonly Case[] = [
  { name: 'ChatOpenAI', run: async ({ openai }) => (await openai.invoke('Hi')).content, spans: [call] },
  { name: 'ChatOpenAI streamed', run: async ({ openai }) => collect(openai.stream('Hi')), spans: [call] },
  {
    name: 'ChatAnthropic',
    run: async ({ claude }) => (await claude.invoke('Hi')).content,
    spans: ['chat claude-sonnet-4-6'],
  },
  {
    name: 'ChatAnthropic streamed',
    run: async ({ claude }) => collect(claude.stream('Hi')),
    spans: ['chat claude-sonnet-4-6'],
  },
  {
    name: 'structured output',
    run: ({ openai, schema }) => openai.withStructuredOutput(schema).invoke('Hi'),
    spans: [call],
  },
  {
    name: 'a bound tool',
    run: async ({ openai, weather }) => (await openai.bindTools([weather]).invoke('Hi')).tool_calls?.length,
    spans: [call],
  },
  {
    name: 'a tool alone',
    run: ({ weather }) => weather.invoke({ city: 'Turin' }),
    spans: ['execute_tool weather'],
  },
  {
    name: 'a tool that throws',
    run: ({ broken }) => outcome(broken.invoke({ city: 'Turin' })),
    spans: ['execute_tool broken'],
  },
  { name: 'an agent', run: async ({ agent }) => texts((await agent.invoke(input)).messages), spans: loop },
  {
    name: 'an agent streamed',
    run: async ({ agent }) => count(await agent.stream(input, { streamMode: 'values' })),
    spans: loop,
  },
  {
    name: 'an agent by its events',
    run: async ({ agent }) => count(agent.streamEvents(input, { version: 'v2' })),
    spans: loop,
  },
  {
    name: 'an agent whose tool throws',
    run: async ({ careless }) => texts((await careless.invoke(input)).messages),
    spans: [
      `${call} in invoke_agent`,
      'execute_tool broken in invoke_agent',
      `${call} in invoke_agent`,
      'invoke_agent',
    ],
  },
  {
    name: 'a graph',
    run: async ({ graph }) => texts((await graph.invoke(input)).messages),
    spans: [`${call} in invoke_workflow`, 'invoke_workflow'],
  },
  {
    name: 'a graph with a refused request',
    run: ({ graph }) => outcome(graph.invoke({ messages: [{ role: 'user', content: REFUSED }] })),
    spans: [`${call} in invoke_workflow`, 'invoke_workflow'],
  },
  {
    name: 'an agent in a graph',
    run: async ({ nested }) => texts((await nested.invoke(input)).messages),
    spans: [...loop.slice(0, 3), 'invoke_agent forecaster in invoke_workflow outer', 'invoke_workflow outer'],
  },
];

const REFUSED = 'Hi [model-server status=400 times=100]';

async function collect(stream: Promise<AsyncIterable<Message>>): Promise<string> {
  let seen = '';
  for await (const { content } of await stream) seen += JSON.stringify(content);
  return seen;
}

async function count(stream: AsyncIterable<unknown>): Promise<number> {
  let seen = 0;
  for await (const _ of stream) seen += 1;
  return seen;
}

async function outcome(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    const { constructor, name, message } = error as Error;
    return [constructor.name, name, message.replace(/req_\w+/g, 'req_*')];
  }
}

let rig: Rig;
let programs: Programs;
const when = FRAMEWORKS_HERE ? test.serial : test.serial.skip;

test.before(async () => {
  rig = await createRig({ builtinPack: false });
  if (FRAMEWORKS_HERE) programs = loadPrograms(rig);
});
test.after.always(() => rig.close());

function loadPrograms({ models }: Rig): Programs {
  const { ChatOpenAI } = loadFramework('@langchain/openai') as { ChatOpenAI: Class<Model> };
  const { ChatAnthropic } = loadFramework('@langchain/anthropic') as { ChatAnthropic: Class<Model> };
  const { tool } = loadFramework('@langchain/core/tools') as {
    tool: (run: (input: { city: string }) => unknown, options: unknown) => Runnable<unknown>;
  };
  const { createReactAgent } = loadFramework('@langchain/langgraph/prebuilt') as {
    createReactAgent: (options: unknown) => Graph;
  };
  const { StateGraph, MessagesAnnotation, START, END, GraphInterrupt } = loadFramework(
    '@langchain/langgraph',
  ) as {
    StateGraph: Class<GraphBuilder>;
    MessagesAnnotation: unknown;
    START: string;
    END: string;
    GraphInterrupt: new () => Error;
  };
  const { z } = loadFramework('zod') as { z: { object(shape: unknown): unknown; string(): unknown } };
  const schema = z.object({ city: z.string() });
  const named = (name: string, run: (input: { city: string }) => unknown): Runnable<unknown> =>
    tool(run, { name, description: 'The weather of a city.', schema });
  const fail = (error: Error) => (): never => {
    throw error;
  };
  const openai = new ChatOpenAI({
    model: 'gpt-4o',
    apiKey: 'none',
    configuration: { baseURL: models.openaiBaseUrl },
    maxRetries: 0,
  });
  const weather = named('weather', ({ city }) => `sunny in ${city}`);
  const broken = named('broken', fail(new RangeError('no weather today')));
  const agent = createReactAgent({ llm: openai, tools: [weather], name: 'forecaster' });
  const ask = async ({ messages }: { messages: unknown }): Promise<unknown> => ({
    messages: [await openai.invoke(messages)],
  });
  const single = (node: unknown, options?: unknown): Graph =>
    new StateGraph(MessagesAnnotation)
      .addNode('only', node)
      .addEdge(START, 'only')
      .addEdge('only', END)
      .compile(options);
  return {
    openai,
    claude: new ChatAnthropic({
      model: 'claude-sonnet-4-6',
      apiKey: 'none',
      maxTokens: 64,
      anthropicApiUrl: models.anthropicBaseUrl,
    }),
    agent,
    careless: createReactAgent({ llm: openai, tools: [broken] }),
    graph: single(ask),
    nested: single(agent, { name: 'outer' }),
    weather,
    broken,
    asking: named('asking', fail(new GraphInterrupt())),
    schema,
  };
}

/** The ids of tool calls and messages differ from run to run. */
function bodies(from: number): readonly string[] {
  return rig.models.requests
    .slice(from)
    .map(({ rawBody }) => rawBody.replace(/call_\w+/g, 'call_*').replace(/chatcmpl-\w+/g, 'chatcmpl-*'));
}

async function endedSpans(least: number): Promise<readonly ReadableSpan[]> {
  const seen: ReadableSpan[] = [];
  await waitUntil(`${least} spans to end`, () => seen.push(...rig.spans()) >= least);
  return seen;
}

function withParents(spans: readonly ReadableSpan[]): readonly string[] {
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  return spans.map(({ name, parentSpanContext }) => {
    const parent = names.get(parentSpanContext?.spanId ?? '');
    return parent === undefined ? name : `${name} in ${parent}`;
  });
}

for (const { name, run, spans } of cases) {
  when(`langchain: ${name} is the same with and without Arc, and has its spans`, async (t) => {
    rig.arc.disable();
    const before = rig.models.requests.length;
    const bare = await run(programs);
    const bareBodies = bodies(before);
    const between = rig.models.requests.length;
    rig.arc.enable();
    rig.spans();
    t.deepEqual(await run(programs), bare);
    t.deepEqual(bodies(between), bareBodies);
    t.deepEqual(withParents(await endedSpans(spans.length)), spans);
    t.is(rig.arc.counters.errors, 0);
  });
}

when('langchain: the span of an agent whose stream was left ends', async (t) => {
  t.truthy(globalThis.gc, 'the tests run with --expose-gc');
  rig.arc.enable();
  rig.spans();
  for await (const _ of await programs.agent.stream(input, { streamMode: 'values' })) break;
  t.is(await endOfAgent(() => globalThis.gc?.()), 1);
});

when('langchain: the span of an agent that is aborted ends', async (t) => {
  rig.arc.enable();
  rig.spans();
  const control = new AbortController();
  const { signal } = control;
  const run = async (): Promise<void> => {
    for await (const _ of await programs.agent.stream(input, { streamMode: 'values', signal }))
      control.abort();
  };
  await outcome(run());
  t.is(await endOfAgent(() => undefined), 1);
});

/** Waits for the agent's span; model calls and tools in it may end before or after. */
async function endOfAgent(nudge: () => void): Promise<number> {
  let agents = 0;
  await waitUntil('the span of the agent to end', () => {
    nudge();
    agents += rig.spans().filter(({ name }) => name === 'invoke_agent forecaster').length;
    return agents > 0;
  });
  return agents;
}

when('langchain: tokens are on the model calls, and only there', async (t) => {
  rig.arc.enable();
  rig.spans();
  await programs.agent.invoke(input);
  for (const { name, attributes } of await endedSpans(4)) {
    t.is(typeof attributes['gen_ai.usage.output_tokens'] === 'number', name === call, name);
  }
});

when('langchain: a request is repaired, however deep in a graph', async (t) => {
  rig.arc.enable();
  rig.arc.registerPattern({ pattern: { model: 'gpt-4o', top_p: { exists: false } }, fix: { top_p: 0.5 } });
  rig.spans();
  await programs.nested.invoke(input);
  const calls = (await endedSpans(5)).filter(({ name }) => name === call);
  t.deepEqual(
    calls.map(({ attributes }) => [attributes['arc.decision'], attributes['gen_ai.request.top_p']]),
    [
      ['fix', 0.5],
      ['fix', 0.5],
    ],
  );
});

when('langchain: a failed tool and a failed workflow say so', async (t) => {
  rig.arc.enable();
  rig.spans();
  await outcome(programs.broken.invoke({ city: 'Turin' }));
  const [tool] = await endedSpans(1);
  t.is(tool?.attributes['error.type'], 'RangeError');
  t.is(tool?.attributes['gen_ai.tool.call.arguments'], undefined);
  await outcome(programs.graph.invoke({ messages: [{ role: 'user', content: REFUSED }] }));
  const workflow = (await endedSpans(2)).at(-1);
  t.is(workflow?.attributes['error.type'], 'BadRequestError');
});

when('langchain: a tool that interrupts its graph has not failed', async (t) => {
  rig.arc.enable();
  rig.spans();
  await outcome(programs.asking.invoke({ city: 'Turin' }));
  const [tool] = await endedSpans(1);
  t.is(tool?.attributes['error.type'], undefined);
});

when('langchain: the thread of a graph is its conversation', async (t) => {
  rig.arc.enable();
  rig.spans();
  await programs.graph.invoke(input, { configurable: { thread_id: 't-17' } });
  const workflow = (await endedSpans(2)).at(-1);
  t.is(workflow?.attributes['gen_ai.conversation.id'], 't-17');
});

when('langchain: what tools are given and give back is attached only when content is captured', async (t) => {
  rig.arc.enable();
  rig.arc.setConfig({ controlUrl: 'none', builtinPack: false, captureContent: true });
  rig.spans();
  await programs.agent.invoke(input);
  rig.arc.setConfig({ controlUrl: 'none', builtinPack: false });
  const tool = (await endedSpans(4)).find(({ name }) => name.startsWith('execute_tool'));
  t.is(tool?.attributes['gen_ai.tool.call.arguments'], '{"city":"sample"}');
  t.is(tool?.attributes['gen_ai.tool.call.result'], '"sunny in sample"');
  t.regex(String(tool?.attributes['gen_ai.tool.call.id']), /^call_/);
  t.is(tool?.attributes['gen_ai.tool.description'], 'The weather of a city.');
});

when('langchain: disabling puts the methods back', async (t) => {
  rig.arc.disable();
  rig.spans();
  await programs.agent.invoke(input);
  t.deepEqual(rig.spans(), []);
});
