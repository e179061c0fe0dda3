import { propagation, SpanKind } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import test, { type ExecutionContext } from 'ava';
import { METRICS } from '../golden/semconv-metrics.js';
import type { SpanType } from '../golden/semconv-spans.js';
import { createRig, type Rig } from '../helpers/rig.js';
import { checkMetric } from '../helpers/semconv-metric.js';
import { checkAgainstTable, recordSpans, typeOfSpan, type SeenSpan } from '../helpers/semconv.js';
import { waitUntil } from '../helpers/wait-until.js';
import { FRAMEWORKS_HERE, loadFramework } from './frameworks/modules.js';
import { HAS_MCP, loadMcp, withMcp, type McpSdk } from './mcp/sdk.js';
import { httpWorld, inMemoryWorld, outcome, STYLES } from './mcp/world.js';

let rig: Rig;
let mcp: McpSdk;
const seen: SeenSpan[] = [];
const when = FRAMEWORKS_HERE ? test.serial : test.serial.skip;

test.before(async () => {
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  rig = await createRig({ builtinPack: false, captureContent: true });
  rig.arc.setTracerProvider(new TracerProvider({ spanProcessors: [recordSpans(seen)] }));
  if (HAS_MCP) mcp = loadMcp();
});
test.beforeEach(() => void (seen.length = 0));
test.after.always(() => rig.close());

/** Holds every span that ended against its row, and says which kinds there were. */
async function checkAll(t: ExecutionContext, kinds: readonly SpanType[]): Promise<void> {
  await waitUntil(`spans of ${kinds.join(', ')}`, () => kinds.every((kind) => types().has(kind)));
  for (const one of seen) checkAgainstTable(t, typeOf(one), one);
  t.deepEqual([...types()].sort(), [...kinds].sort());
}

const typeOf = ({ span }: SeenSpan): SpanType =>
  typeOfSpan(span, span.kind === SpanKind.SERVER ? 'server' : 'client');
const types = (): ReadonlySet<SpanType> => new Set(seen.map(typeOf));

withMcp('mcp: every span of clients and servers in memory is in the table', async (t) => {
  const { client } = await inMemoryWorld(t, mcp);
  for (const [, use] of STYLES) await outcome(() => use(client, mcp));
  await checkAll(t, ['mcp.client', 'mcp.server']);
});

withMcp('mcp: every span of clients and servers over HTTP is in the table', async (t) => {
  const { client } = await httpWorld(t, mcp);
  await client.callTool({ name: 'echo', arguments: { text: 'Elbe' } });
  await client.readResource({ uri: 'notes://rivers' });
  await client.close();
  await checkAll(t, ['mcp.client', 'mcp.server']);
  const called = seen.find(({ span }) => span.name === 'tools/call echo' && span.kind === SpanKind.CLIENT);
  t.like(called?.span.attributes, {
    'network.transport': 'tcp',
    'network.protocol.name': 'http',
    'server.address': '127.0.0.1',
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.call.arguments': '{"text":"Elbe"}',
  });
  t.is(typeof called?.span.attributes['mcp.session.id'], 'string');
});

interface Zod {
  readonly z: { object(shape: unknown): unknown; string(): unknown };
}
const input = { messages: [{ role: 'user', content: 'Hello there' }] };

when('vercel ai: every span of agents and tools is in the table', async (t) => {
  Reflect.set(globalThis, 'AI_SDK_LOG_WARNINGS', false);
  const { generateText, tool, stepCountIs } = loadFramework('ai') as Readonly<
    Record<'generateText' | 'tool' | 'stepCountIs', (options: unknown) => unknown>
  >;
  const { createOpenAI } = loadFramework('@ai-sdk/openai') as {
    createOpenAI: (options: unknown) => { chat(model: string): unknown };
  };
  const { z } = loadFramework('zod') as Zod;
  const openai = createOpenAI({ baseURL: rig.models.openaiBaseUrl, apiKey: 'none' });
  const ask = (run: () => string, more: object = {}): Promise<unknown> =>
    outcome(async () =>
      generateText({
        model: openai.chat('gpt-4o'),
        prompt: 'Hello there',
        tools: { weather: tool({ inputSchema: z.object({ city: z.string() }), execute: run }) },
        stopWhen: stepCountIs(3),
        maxRetries: 0,
        ...more,
      }),
    );
  await ask(() => 'sunny');
  await ask(() => {
    throw new RangeError('no weather today');
  });
  await ask(() => 'sunny', { temperature: 9, telemetry: { functionId: 'planner' } });
  await checkAll(t, ['execute_tool', 'inference', 'invoke_agent']);
  const agents = seen.filter((one) => typeOf(one) === 'invoke_agent');
  t.deepEqual(
    agents.map(({ span }) => [span.name, span.attributes['gen_ai.provider.name']]),
    [
      ['invoke_agent gpt-4o', 'openai'],
      ['invoke_agent gpt-4o', 'openai'],
      ['invoke_agent planner', 'openai'],
    ],
  );
});

when('langchain: every span of agents, tools and workflows is in the table', async (t) => {
  interface Graph {
    invoke(input: unknown, config?: unknown): Promise<unknown>;
  }
  interface Builder {
    addNode(name: string, node: unknown): Builder;
    addEdge(from: string, to: string): Builder;
    compile(options?: unknown): Graph;
  }
  type Class<T> = new (options: unknown) => T;
  const { ChatOpenAI } = loadFramework('@langchain/openai') as { ChatOpenAI: Class<object> };
  const { tool } = loadFramework('@langchain/core/tools') as {
    tool: (run: () => string, options: unknown) => unknown;
  };
  const { createReactAgent } = loadFramework('@langchain/langgraph/prebuilt') as {
    createReactAgent: (options: unknown) => Graph;
  };
  const { StateGraph, MessagesAnnotation, START, END } = loadFramework('@langchain/langgraph') as {
    StateGraph: Class<Builder>;
    MessagesAnnotation: unknown;
    START: string;
    END: string;
  };
  const { z } = loadFramework('zod') as Zod;
  const llm = new ChatOpenAI({
    model: 'gpt-4o',
    apiKey: 'none',
    configuration: { baseURL: rig.models.openaiBaseUrl },
    maxRetries: 0,
  });
  const schema = z.object({ city: z.string() });
  const weather = tool(() => 'sunny', { name: 'weather', description: 'The weather of a city.', schema });
  const agent = createReactAgent({ llm, tools: [weather], name: 'forecaster' });
  const graph = new StateGraph(MessagesAnnotation).addNode('only', agent).addEdge(START, 'only');
  await graph
    .addEdge('only', END)
    .compile({ name: 'outer' })
    .invoke(input, {
      configurable: { thread_id: 't-17' },
    });
  await checkAll(t, ['execute_tool', 'inference', 'invoke_agent', 'invoke_workflow']);
  const names = new Set(seen.map(({ span }) => span.name));
  t.deepEqual([...names].sort(), [
    'chat gpt-4o',
    'execute_tool weather',
    'invoke_agent forecaster',
    'invoke_workflow outer',
  ]);
});

const ready = HAS_MCP && FRAMEWORKS_HERE ? test.serial : test.serial.skip;
ready('metrics: of MCP and frameworks, each in the table', async (t) => {
  const metrics = (await rig.metrics()).filter(({ dataPoints }) => dataPoints.length > 0);
  for (const metric of metrics) {
    const rule = METRICS[metric.descriptor.name];
    t.truthy(rule, `${metric.descriptor.name} is in the table`);
    if (rule) checkMetric(t, metric, rule);
  }
  const written = metrics.map(({ descriptor }) => descriptor.name);
  const wanted = Object.keys(METRICS).filter((name) => /^mcp\.|^gen_ai\.(invoke|execute)_/.test(name));
  t.deepEqual(
    wanted.filter((name) => !written.includes(name)),
    [],
  );
});
