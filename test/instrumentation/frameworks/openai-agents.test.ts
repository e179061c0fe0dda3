import { trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { join } from 'node:path';
import test from 'ava';
import { REPO_ROOT } from '../../helpers/repo-root.js';
import { createRig, type Rig } from '../../helpers/rig.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { loadAgents, type AgentPrograms } from './agents-programs.js';
import { FRAMEWORKS_HERE } from './modules.js';
import { bodiesSince, count, endedSpans, outcome, withParents } from './spans.js';

interface Case {
  readonly name: string;
  readonly run: (programs: AgentPrograms) => Promise<unknown>;
  /** Names of the spans in the order they end, each with the name of its parent. */
  readonly spans: readonly string[];
}

const input = 'Hello there';
const REFUSED = 'Hi [model-server status=400 times=100]';
const call = 'chat gpt-4o';
const sunny = ({ city }: { readonly city: string }): string => `sunny in ${city}`;
const fail = (): never => {
  throw new RangeError('no weather today');
};
const inAgent = (agent: string): string => `${call} in invoke_agent ${agent}`;
const loop = (agent: string): readonly string[] => [
  inAgent(agent),
  `execute_tool weather in invoke_agent ${agent}`,
  inAgent(agent),
];
const workflow = (agent: string): readonly string[] => [
  `invoke_agent ${agent} in invoke_workflow`,
  'invoke_workflow',
];
const guardrail = (tripwireTriggered: boolean): unknown => ({
  name: 'polite',
  execute: () => ({ tripwireTriggered, outputInfo: {} }),
});

const cases: readonly Case[] = [
  {
    name: 'an agent',
    run: async ({ runner, agent }) => (await runner.run(agent('plain'), input)).finalOutput,
    spans: [inAgent('plain'), ...workflow('plain')],
  },
  {
    name: 'an agent by chat completions',
    run: async ({ byChat, agent }) => (await byChat.run(agent('plain'), input)).finalOutput,
    spans: [inAgent('plain'), ...workflow('plain')],
  },
  {
    name: 'an agent with a tool',
    run: async ({ runner, agent, weather }) =>
      (await runner.run(agent('forecaster', { tools: [weather(sunny)] }), input)).finalOutput,
    spans: [...loop('forecaster'), ...workflow('forecaster')],
  },
  {
    name: 'an agent streamed',
    run: async ({ stream, agent, weather }) => {
      const result = await stream(agent('forecaster', { tools: [weather(sunny)] }), input);
      return [await count(result), await result.completed, result.finalOutput];
    },
    spans: [...loop('forecaster'), ...workflow('forecaster')],
  },
  {
    name: 'an agent whose tool throws',
    run: async ({ runner, agent, weather }) =>
      (await runner.run(agent('forecaster', { tools: [weather(fail)] }), input)).finalOutput,
    spans: [...loop('forecaster'), ...workflow('forecaster')],
  },
  {
    name: 'a hand-off',
    run: async ({ runner, agent }) =>
      (await runner.run(agent('triage', { handoffs: [agent('billing')] }), input)).finalOutput,
    spans: [
      inAgent('triage'),
      'invoke_agent triage in invoke_workflow',
      inAgent('billing'),
      ...workflow('billing'),
    ],
  },
  {
    name: 'an agent as a tool',
    run: async ({ runner, agent, weather }) => {
      const inner = agent('forecaster', { tools: [weather(sunny)] });
      const tool = inner.asTool({ toolName: 'ask', toolDescription: 'Asks.', runConfig: runner.config });
      return (await runner.run(agent('outer', { tools: [tool] }), input)).finalOutput;
    },
    spans: [
      inAgent('outer'),
      ...loop('forecaster'),
      'invoke_agent forecaster in execute_tool ask',
      'execute_tool ask in invoke_agent outer',
      inAgent('outer'),
      ...workflow('outer'),
    ],
  },
  {
    name: 'two runs in one trace',
    run: ({ sdk, runner, agent }) =>
      sdk.withTrace('report', async () => [
        (await runner.run(agent('first'), input)).finalOutput,
        (await runner.run(agent('second'), input)).finalOutput,
      ]),
    spans: [
      inAgent('first'),
      'invoke_agent first in invoke_workflow report',
      inAgent('second'),
      'invoke_agent second in invoke_workflow report',
      'invoke_workflow report',
    ],
  },
  {
    name: 'a refused request',
    run: ({ runner, agent }) => outcome(runner.run(agent('plain'), REFUSED)),
    spans: [inAgent('plain'), ...workflow('plain')],
  },
  {
    name: 'a refused request streamed',
    run: async ({ stream, agent }) => {
      const result = await stream(agent('plain'), REFUSED);
      return [await outcome(count(result)), await outcome(result.completed)];
    },
    spans: [inAgent('plain'), ...workflow('plain')],
  },
  {
    name: 'a guardrail that stops the run',
    run: ({ runner, agent }) =>
      outcome(runner.run(agent('plain', { outputGuardrails: [guardrail(true)] }), input)),
    spans: [inAgent('plain'), ...workflow('plain')],
  },
  {
    name: 'a run that is aborted before it begins',
    run: ({ runner, agent }) => outcome(runner.run(agent('plain'), input, { signal: AbortSignal.abort() })),
    spans: [inAgent('plain'), ...workflow('plain')],
  },
];

let rig: Rig;
let programs: AgentPrograms;
const when = FRAMEWORKS_HERE ? test.serial : test.serial.skip;

test.before(async () => {
  rig = await createRig({ builtinPack: false });
  if (FRAMEWORKS_HERE) programs = loadAgents(rig);
});
test.beforeEach(() => {
  rig.arc.enable();
  rig.spans();
});
test.after.always(() => rig.close());

for (const isDisabled of [true, false]) {
  for (const { name, run, spans } of cases) {
    const tracing = isDisabled ? 'disabled' : 'enabled';
    when(`agents: ${name} is as without Arc and has its spans, the SDK's tracing ${tracing}`, async (t) => {
      programs.sdk.setTraceProcessors([]);
      programs.sdk.setTracingDisabled(isDisabled);
      rig.arc.disable();
      const before = rig.models.requests.length;
      const bare = await run(programs);
      const bareBodies = bodiesSince(rig, before);
      const between = rig.models.requests.length;
      rig.arc.enable();
      rig.spans();
      t.deepEqual(await run(programs), bare);
      t.deepEqual(bodiesSince(rig, between), bareBodies);
      const named = isDisabled ? spans.map((span) => span.replace(' report', '')) : spans;
      t.deepEqual(withParents(await endedSpans(rig, spans.length)), named);
      t.is(rig.arc.counters.errors, 0);
    });
  }
}

when("agents: the program's own trace processors see what they see without Arc", async (t) => {
  const seen: string[] = [];
  const note = (what: string) => async (item: unknown) => {
    const { type, spanData } = item as { type: string; spanData?: { type: string } };
    seen.push(`${what} ${spanData?.type ?? type}`);
  };
  programs.sdk.setTracingDisabled(false);
  programs.sdk.setTraceProcessors([
    {
      onTraceStart: note('begin'),
      onTraceEnd: note('end'),
      onSpanStart: note('begin'),
      onSpanEnd: note('end'),
      shutdown: async () => undefined,
      forceFlush: async () => undefined,
    },
  ]);
  const run = (): Promise<unknown> =>
    programs.runner.run(programs.agent('forecaster', { tools: [programs.weather(sunny)] }), input);
  rig.arc.disable();
  await run();
  const bare = seen.splice(0);
  rig.arc.enable();
  await run();
  t.true(bare.includes('begin agent') && bare.includes('end trace'), bare.join());
  t.deepEqual(seen, bare);
  t.is((await endedSpans(rig, 5)).length, 5);
  programs.sdk.setTraceProcessors([]);
});

when(
  'agents: what a tool does itself is inside its span, and what a span of its own does inside that',
  async (t) => {
    const provider = new TracerProvider({});
    const tracer = provider.getTracer('app');
    let own = '';
    const weather = programs.weather(async (city) => {
      const active = trace.getActiveSpan();
      t.is(active && 'name' in active ? active.name : undefined, 'execute_tool weather');
      return tracer.startActiveSpan('own', async (span) => {
        own = span.spanContext().spanId;
        await programs.runner.run(programs.agent('inner'), input);
        return sunny(city);
      });
    });
    await programs.runner.run(programs.agent('outer', { tools: [weather] }), input);
    const inner = (await endedSpans(rig, 6)).find(({ name }) => name === 'invoke_agent inner');
    t.is(inner?.parentSpanContext?.spanId, own);
  },
);

when('agents: failures are told, each by what failed', async (t) => {
  await outcome(programs.runner.run(programs.agent('plain'), REFUSED));
  const [refused, agent, whole] = await endedSpans(rig, 3);
  t.is(refused?.attributes['http.response.status_code'], 400);
  t.is(agent?.attributes['error.type'], '_OTHER'); // the SDK's span has only "Error: 400 ..."
  t.is(whole?.attributes['error.type'], 'BadRequestError');
  const strict = programs.agent('strict', { inputGuardrails: [guardrail(true)] });
  await outcome(programs.runner.run(strict, input));
  await waitUntil('the guardrail', async () => (await rig.metric('gen_ai.invoke_agent.duration')) > 0);
  const stopped = (await endedSpans(rig, 2)).find(({ name }) => name === 'invoke_agent strict');
  t.is(stopped?.attributes['error.type'], 'InputGuardrailTripwireTriggered');
  const tool = programs.agent('forecaster', { tools: [programs.weather(fail)] });
  await programs.runner.run(tool, input);
  const failed = (await endedSpans(rig, 5)).find(({ name }) => name === 'execute_tool weather');
  t.is(failed?.status.code, 2);
  t.true((await rig.metric('gen_ai.execute_tool.duration', { 'gen_ai.tool.name': 'weather' })) > 0);
  t.true((await rig.metric('gen_ai.invoke_workflow.duration', { 'error.type': 'BadRequestError' })) > 0);
});

when('agents: a failed stream fails its workflow', async (t) => {
  const result = await programs.stream(programs.agent('plain'), REFUSED);
  await outcome(count(result));
  await outcome(result.completed);
  const whole = (await endedSpans(rig, 3)).at(-1);
  t.is(whole?.name, 'invoke_workflow');
  t.is(whole?.attributes['error.type'], 'BadRequestError');
});

when('agents: a hand-off and a guardrail are noted on the span of the agent', async (t) => {
  const triage = programs.agent('triage', {
    handoffs: [programs.agent('billing')],
    inputGuardrails: [guardrail(false)],
  });
  await programs.runner.run(triage, input);
  const span = (await endedSpans(rig, 5)).find(({ name }) => name === 'invoke_agent triage');
  const events = Object.fromEntries(span?.events.map(({ name, attributes }) => [name, attributes]) ?? []);
  t.deepEqual(events, {
    'arc.agent.guardrail': { 'arc.guardrail.name': 'polite', 'arc.guardrail.triggered': false },
    'arc.agent.handoff': { 'arc.handoff.from': 'triage', 'arc.handoff.to': 'billing' },
  });
});

when('agents: a tool of an MCP server has one span, that of the tool', async (t) => {
  const { sdk, runner, agent } = programs;
  const server = new sdk.MCPServerStdio({
    command: process.execPath,
    args: [join(REPO_ROOT, 'test', 'programs', 'mcp-server.cjs')],
    env: { ...process.env, NODE_PATH: join(REPO_ROOT, 'test', 'frameworks', 'node_modules') },
  });
  await server.connect();
  try {
    await runner.run(agent('rivers', { mcpServers: [server] }), input);
  } finally {
    await server.close();
  }
  const spans = await endedSpans(rig, 5);
  const [tool, ...others] = spans.filter(({ attributes }) => attributes['gen_ai.tool.name'] === 'echo');
  t.deepEqual(others, []);
  t.is(tool?.name, 'execute_tool echo');
});

when('agents: tokens are on the model calls, and only there', async (t) => {
  const { runner, agent, weather } = programs;
  await runner.run(agent('forecaster', { tools: [weather(sunny)] }), input);
  for (const { name, attributes } of await endedSpans(rig, 5)) {
    t.is(typeof attributes['gen_ai.usage.output_tokens'] === 'number', name === call, name);
  }
});

when('agents: the group of a trace is its conversation', async (t) => {
  const { sdk, runner, agent } = programs;
  sdk.setTracingDisabled(false);
  await sdk.withTrace('chat', () => runner.run(agent('plain'), input), { groupId: 'g-17' });
  const whole = (await endedSpans(rig, 3)).at(-1);
  t.is(whole?.attributes['gen_ai.conversation.id'], 'g-17');
});

when('agents: what tools are given and give back is attached only when content is captured', async (t) => {
  const { runner, agent, weather } = programs;
  const toolSpan = async (): Promise<Readonly<Record<string, unknown>> | undefined> => {
    await runner.run(agent('forecaster', { tools: [weather(sunny)] }), input);
    return (await endedSpans(rig, 5)).find(({ name }) => name.startsWith('execute_tool'))?.attributes;
  };
  t.is((await toolSpan())?.['gen_ai.tool.call.arguments'], undefined);
  rig.arc.setConfig({ controlUrl: 'none', builtinPack: false, captureContent: true });
  const captured = await toolSpan();
  rig.arc.setConfig({ controlUrl: 'none', builtinPack: false });
  t.is(captured?.['gen_ai.tool.call.arguments'], '{"city":"sample"}');
  t.is(captured?.['gen_ai.tool.call.result'], '"sunny in sample"');
});

when('agents: the spans of a stream that was left, or aborted on the way, end', async (t) => {
  const agent = programs.agent('plain');
  for await (const _ of await programs.stream(agent, input)) break;
  t.is((await endedSpans(rig, 3)).at(-1)?.name, 'invoke_workflow');
  const control = new AbortController();
  const result = await programs.stream(agent, input, { signal: control.signal });
  const read = async (): Promise<void> => {
    for await (const _ of result) control.abort();
  };
  await outcome(read());
  await outcome(result.completed);
  t.is((await endedSpans(rig, 3)).at(-1)?.name, 'invoke_workflow');
});

when('agents: the spans of a run that waits for an approval nobody gives end', async (t) => {
  t.truthy(globalThis.gc, 'the tests run with --expose-gc');
  const { sdk, runner, agent } = programs;
  const send = sdk.tool({
    name: 'send',
    description: 'Sends.',
    parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
    strict: true,
    needsApproval: true,
    execute: () => 'sent',
  });
  await (async () => void (await runner.run(agent('careful', { tools: [send] }), input)))();
  const seen: string[] = [];
  await waitUntil('the span of the agent to end', () => {
    globalThis.gc?.();
    seen.push(...rig.spans().map(({ name }) => name));
    return seen.includes('invoke_agent careful');
  });
  t.is(seen.filter((name) => name === 'invoke_agent careful').length, 1);
});

when('agents: a request is repaired, and patterns see it as any other', async (t) => {
  const { runner, agent } = programs;
  rig.arc.registerPattern({ pattern: { model: 'gpt-4o', top_p: { exists: false } }, fix: { top_p: 0.5 } });
  await runner.run(agent('plain'), input);
  const [repaired] = await endedSpans(rig, 3);
  t.is(repaired?.attributes['arc.decision'], 'fix');
  t.is(repaired?.attributes['gen_ai.request.top_p'], 0.5);
});

when('agents: disabling puts the methods back, and a run under way is not disturbed', async (t) => {
  const { runner, agent, weather } = programs;
  const forecaster = agent('forecaster', {
    tools: [
      weather((city) => {
        rig.arc.disable();
        return sunny(city);
      }),
    ],
  });
  t.regex(String((await runner.run(forecaster, input)).finalOutput), /stand-in answer/);
  rig.spans();
  await runner.run(agent('plain'), input);
  t.deepEqual(rig.spans(), []);
  t.true(rig.arc.sdks().some(({ module }) => module === '@openai/agents-core'));
  for (const { module, targets } of rig.arc.sdks())
    for (const { name, patched } of targets) t.false(patched, `${module} ${name}`);
});
