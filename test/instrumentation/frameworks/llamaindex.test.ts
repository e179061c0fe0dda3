import { join } from 'node:path';
import test from 'ava';
import { startModelServer } from '../../../src/cli/demo/model-server.js';
import { hookEsModules } from '../../../src/instrumentation/module-hooks.js';
import { startOtlpReceiver } from '../../helpers/otlp-receiver.js';
import { createRig, type Rig } from '../../helpers/rig.js';
import { runProgram } from '../../helpers/spawn-program.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { FRAMEWORKS_HERE, loadFramework } from './modules.js';
import { bodiesSince, count, endedSpans, withParents } from './spans.js';

/** The part of LlamaIndex that is used here. */
interface Workflow {
  run(input: string): Promise<{ readonly data: { readonly result: string } }>;
  runStream(input: string): AsyncIterable<unknown>;
}
interface Programs {
  readonly llm: { chat(options: unknown): Promise<{ readonly message: { readonly content: unknown } }> };
  readonly forecaster: Workflow;
  readonly careless: Workflow;
  readonly office: Workflow;
}
interface Case {
  readonly name: string;
  readonly run: (programs: Programs) => Promise<unknown>;
  /** Names of the spans in the order they end, each with the name of its parent. */
  readonly spans: readonly string[];
}

const input = 'Hello there';
const call = 'chat gpt-4o';
const loop = (agent: string): readonly string[] => [
  `${call} in invoke_agent ${agent}`,
  `execute_tool weather in invoke_agent ${agent}`,
  `${call} in invoke_agent ${agent}`,
  `invoke_agent ${agent}`,
];

const cases: readonly Case[] = [
  {
    name: 'a model alone',
    run: async ({ llm }) =>
      (await llm.chat({ messages: [{ role: 'user', content: input }] })).message.content,
    spans: [call],
  },
  {
    name: 'an agent with a tool',
    run: async ({ forecaster }) => (await forecaster.run(input)).data.result,
    spans: loop('forecaster'),
  },
  {
    name: 'an agent streamed',
    run: ({ forecaster }) => count(forecaster.runStream(input)),
    spans: loop('forecaster'),
  },
  {
    name: 'an agent whose tool throws',
    run: async ({ careless }) => (await careless.run(input)).data.result,
    spans: loop('careless'),
  },
  {
    name: 'agents that hand off',
    run: async ({ office }) => (await office.run(input)).data.result,
    spans: [
      `${call} in invoke_agent triage`,
      'invoke_agent triage in invoke_workflow',
      `${call} in invoke_agent sample`,
      'invoke_agent sample in invoke_workflow',
      'invoke_workflow',
    ],
  },
];

let rig: Rig;
let programs: Programs;
const when = FRAMEWORKS_HERE ? test.serial : test.serial.skip;

test.before(async () => {
  hookEsModules(); // LlamaIndex imports its SDKs, from CommonJS as well
  rig = await createRig({ builtinPack: false });
  if (FRAMEWORKS_HERE) programs = loadPrograms(rig);
});
test.beforeEach(() => {
  rig.arc.enable();
  rig.spans();
});
test.after.always(() => rig.close());

function loadPrograms({ models }: Rig): Programs {
  const { agent, multiAgent } = loadFramework('@llamaindex/workflow') as {
    agent: (options: unknown) => Workflow;
    multiAgent: (options: unknown) => Workflow;
  };
  const { openai } = loadFramework('@llamaindex/openai') as { openai: (options: unknown) => Programs['llm'] };
  const { tool } = loadFramework('@llamaindex/core/tools') as { tool: (options: unknown) => unknown };
  const { z } = loadFramework('zod') as { z: { object(shape: unknown): unknown; string(): unknown } };
  const llm = openai({ model: 'gpt-4o', apiKey: 'none', baseURL: models.openaiBaseUrl, maxRetries: 0 });
  const weather = (execute: (city: { readonly city: string }) => unknown): unknown =>
    tool({
      name: 'weather',
      description: 'The weather of a city.',
      parameters: z.object({ city: z.string() }),
      execute,
    });
  const fail = (): never => {
    throw new RangeError('no weather today');
  };
  // The stand-in model calls the first tool with 'sample' for every text, so this is whom it hands off to.
  const second = agent({ name: 'sample', description: 'Knows.', llm });
  const first = agent({ name: 'triage', llm, canHandoffTo: [second] });
  return {
    llm,
    forecaster: agent({ name: 'forecaster', llm, tools: [weather(({ city }) => `sunny in ${city}`)] }),
    careless: agent({ name: 'careless', llm, tools: [weather(fail)] }),
    office: multiAgent({ agents: [first, second], rootAgent: first }),
  };
}

for (const { name, run, spans } of cases) {
  when(`llamaindex: ${name} is the same with and without Arc, and has its spans`, async (t) => {
    rig.arc.disable();
    const before = rig.models.requests.length;
    const bare = await run(programs);
    const bareBodies = bodiesSince(rig, before);
    const between = rig.models.requests.length;
    rig.arc.enable();
    rig.spans();
    t.deepEqual(await run(programs), bare);
    t.deepEqual(bodiesSince(rig, between), bareBodies);
    t.deepEqual(withParents(await endedSpans(rig, spans.length)), spans);
    t.is(rig.arc.counters.errors, 0);
  });
}

when('llamaindex: a failed tool says so, and its content stays here', async (t) => {
  await programs.careless.run(input);
  const tool = (await endedSpans(rig, 4)).find(({ name }) => name.startsWith('execute_tool'));
  t.is(tool?.attributes['error.type'], 'Error'); // LlamaIndex throws the tool's error on as a text
  t.is(tool?.attributes['gen_ai.tool.call.arguments'], undefined);
  t.is(tool?.attributes['gen_ai.tool.description'], 'The weather of a city.');
});

when(
  'llamaindex: what tools are given and give back is attached only when content is captured',
  async (t) => {
    rig.arc.setConfig({ controlUrl: 'none', builtinPack: false, captureContent: true });
    await programs.forecaster.run(input);
    rig.arc.setConfig({ controlUrl: 'none', builtinPack: false });
    const tool = (await endedSpans(rig, 4)).find(({ name }) => name.startsWith('execute_tool'));
    t.is(tool?.attributes['gen_ai.tool.call.arguments'], '{"city":"sample"}');
    t.is(tool?.attributes['gen_ai.tool.call.result'], '"sunny in sample"');
    t.regex(String(tool?.attributes['gen_ai.tool.call.id']), /^call_/);
  },
);

when('llamaindex: a hand-off is noted on the span of the workflow', async (t) => {
  await programs.office.run(input);
  const whole = (await endedSpans(rig, 5)).at(-1);
  t.deepEqual(
    whole?.events.map(({ name, attributes }) => [name, attributes]),
    [['arc.agent.handoff', { 'arc.handoff.from': 'triage', 'arc.handoff.to': 'sample' }]],
  );
});

when('llamaindex: the span of an agent whose stream was left ends', async (t) => {
  for await (const _ of programs.forecaster.runStream(input)) break;
  const seen: string[] = [];
  await waitUntil('the spans of the agent, which goes on, to end', () => {
    globalThis.gc?.();
    return seen.push(...rig.spans().map(({ name }) => name)) >= 4;
  });
  t.is(seen.filter((name) => name === 'invoke_agent forecaster').length, 1);
});

when('llamaindex: a request is repaired', async (t) => {
  rig.arc.registerPattern({
    pattern: { model: 'gpt-4o', temperature: { '<': 0.2 } },
    fix: { temperature: 0.5 },
  });
  await programs.forecaster.run(input);
  const calls = (await endedSpans(rig, 4)).filter(({ name }) => name === call);
  t.deepEqual(
    calls.map(({ attributes }) => [attributes['arc.decision'], attributes['gen_ai.request.temperature']]),
    [
      ['fix', 0.5],
      ['fix', 0.5],
    ],
  );
});

when('llamaindex: disabling puts the methods back', async (t) => {
  rig.arc.disable();
  await programs.forecaster.run(input);
  t.deepEqual(rig.spans(), []);
});

when('llamaindex: a refused request ends the process as without Arc, and the agent has failed', async (t) => {
  const models = await startModelServer();
  t.teardown(() => models.close());
  const receiver = await startOtlpReceiver(t);
  const ask = (args: readonly string[]): ReturnType<typeof runProgram> =>
    runProgram(t, {
      args: [
        ...args,
        join('test', 'programs', 'fw-llamaindex.cjs'),
        'Hi [model-server status=400 times=100]',
      ],
      env: {
        OPENAI_BASE_URL: models.openaiBaseUrl,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.grpcUrl,
        OTEL_METRICS_EXPORTER: 'none',
        ARC_CONTROL_URL: 'none',
        ARC_FLUSH_TIMEOUT_MS: '20000', // a busy machine
      },
    });
  const bare = await ask([]);
  const under = await ask(['--require', 'arc/otel-register']);
  t.is(under.code, bare.code);
  t.not(under.code, 0);
  t.regex(under.stderr, /400 Status 400 as asked for/);
  const spans = await receiver.waitFor('the spans', ({ spans }) => spans.length >= 2 && spans);
  t.deepEqual(
    spans.map(({ name, attributes }) => [name, attributes['error.type']]),
    [
      [call, 'BadRequestError'],
      ['invoke_agent forecaster', 'BadRequestError'],
    ],
  );
});
