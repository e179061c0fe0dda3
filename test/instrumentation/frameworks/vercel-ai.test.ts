import test from 'ava';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { createRig, type Rig } from '../../helpers/rig.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { FRAMEWORKS_HERE, loadFramework } from './modules.js';

/** The part of `ai` 7 that is used here. */
interface AiSdk {
  generateText(options: unknown): Promise<{ readonly text: string; readonly output: unknown }>;
  streamText(options: unknown): { readonly textStream: AsyncIterable<string> };
  generateObject(options: unknown): Promise<{ readonly object: unknown }>;
  streamObject(options: unknown): { readonly partialObjectStream: AsyncIterable<unknown> };
  tool(definition: unknown): unknown;
  stepCountIs(count: number): unknown;
  readonly ToolLoopAgent: new (options: unknown) => AiSdk & {
    generate(options: unknown): Promise<{ readonly text: string }>;
  };
  readonly Output: { object(options: unknown): unknown };
}
type Model = (name: string) => unknown;

interface Programs {
  readonly ai: AiSdk;
  readonly chat: Model;
  readonly responses: Model;
  readonly claude: Model;
  readonly weather: unknown;
  readonly broken: unknown;
  readonly schema: unknown;
}

interface Case {
  readonly name: string;
  readonly run: (programs: Programs) => Promise<unknown>;
  /** Names of the spans, in the order they end. */
  readonly spans: readonly string[];
}

const prompt = 'Hello there';
const agent = 'invoke_agent gpt-4o';
const call = 'chat gpt-4o';

const cases: readonly Case[] = [
  {
    name: 'generateText by chat completions',
    run: async ({ ai, chat }) => (await ai.generateText({ model: chat('gpt-4o'), prompt })).text,
    spans: [call, agent],
  },
  {
    name: 'generateText by responses',
    run: async ({ ai, responses }) => (await ai.generateText({ model: responses('gpt-4o'), prompt })).text,
    spans: [call, agent],
  },
  {
    name: 'generateText by Anthropic',
    run: async ({ ai, claude }) =>
      (await ai.generateText({ model: claude('claude-sonnet-4-6'), prompt, maxOutputTokens: 64 })).text,
    spans: ['chat claude-sonnet-4-6', 'invoke_agent claude-sonnet-4-6'],
  },
  {
    name: 'streamText by chat completions',
    run: async ({ ai, chat }) => collect(ai.streamText({ model: chat('gpt-4o'), prompt }).textStream),
    spans: [call, agent],
  },
  {
    name: 'streamText by responses',
    run: async ({ ai, responses }) =>
      collect(ai.streamText({ model: responses('gpt-4o'), prompt }).textStream),
    spans: [call, agent],
  },
  {
    name: 'streamText by Anthropic',
    run: async ({ ai, claude }) =>
      collect(ai.streamText({ model: claude('claude-sonnet-4-6'), prompt, maxOutputTokens: 64 }).textStream),
    spans: ['chat claude-sonnet-4-6', 'invoke_agent claude-sonnet-4-6'],
  },
  {
    name: 'generateObject',
    run: async ({ ai, chat, schema }) =>
      (await ai.generateObject({ model: chat('gpt-4o'), prompt, schema })).object,
    spans: [call],
  },
  {
    name: 'generateText with an output schema',
    run: async ({ ai, chat, schema }) =>
      (await ai.generateText({ model: chat('gpt-4o'), prompt, output: ai.Output.object({ schema }) })).output,
    spans: [call, agent],
  },
  {
    name: 'a loop of tools',
    run: async ({ ai, chat, weather }) =>
      (
        await ai.generateText({
          model: chat('gpt-4o'),
          prompt,
          tools: { weather },
          stopWhen: ai.stepCountIs(3),
        })
      ).text,
    spans: [call, 'execute_tool weather', call, agent],
  },
  {
    name: 'a streamed loop of tools',
    run: async ({ ai, chat, weather }) =>
      collect(
        ai.streamText({ model: chat('gpt-4o'), prompt, tools: { weather }, stopWhen: ai.stepCountIs(3) })
          .textStream,
      ),
    spans: [call, 'execute_tool weather', call, agent],
  },
  {
    name: 'a tool that throws',
    run: async ({ ai, chat, broken }) =>
      (
        await ai.generateText({
          model: chat('gpt-4o'),
          prompt,
          tools: { broken },
          stopWhen: ai.stepCountIs(3),
        })
      ).text,
    spans: [call, 'execute_tool broken', call, agent],
  },
  {
    name: 'an agent with a name',
    run: async ({ ai, chat }) =>
      (
        await new ai.ToolLoopAgent({ model: chat('gpt-4o'), telemetry: { functionId: 'planner' } }).generate({
          prompt,
        })
      ).text,
    spans: [call, 'invoke_agent planner'],
  },
  {
    name: 'a refused request',
    run: ({ ai, chat }) =>
      outcome(ai.generateText({ model: chat('gpt-4o'), prompt, temperature: 9, maxRetries: 0 })),
    spans: [call, agent],
  },
  {
    name: 'a request that is tried again',
    run: async ({ ai, chat }) =>
      (
        await ai.generateText({
          model: chat('gpt-4o'),
          prompt,
          headers: { 'x-model-server': `status=503 times=1 key=${Math.random()}` },
        })
      ).text,
    spans: [call, call, agent],
  },
  {
    name: 'telemetry switched off by the program',
    run: async ({ ai, chat }) =>
      (await ai.generateText({ model: chat('gpt-4o'), prompt, telemetry: { isEnabled: false } })).text,
    spans: [call],
  },
  {
    name: 'an aborted request',
    run: ({ ai, chat }) =>
      outcome(
        ai.generateText({ model: chat('gpt-4o'), prompt, abortSignal: AbortSignal.abort(), maxRetries: 0 }),
      ),
    spans: [call, agent],
  },
];

async function collect(stream: AsyncIterable<string>): Promise<string> {
  let seen = '';
  for await (const piece of stream) seen += piece;
  return seen;
}

async function outcome(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    const { constructor, name, message } = error as Error;
    return [constructor.name, name, message];
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
  Reflect.set(globalThis, 'AI_SDK_LOG_WARNINGS', false);
  const ai = loadFramework('ai') as AiSdk;
  type Provider = Model & { chat: Model };
  const { createOpenAI } = loadFramework('@ai-sdk/openai') as {
    createOpenAI: (options: unknown) => Provider;
  };
  const { createAnthropic } = loadFramework('@ai-sdk/anthropic') as {
    createAnthropic: (options: unknown) => Provider;
  };
  const { z } = loadFramework('zod') as {
    z: { object(shape: unknown): unknown; string(): unknown };
  };
  const openai = createOpenAI({ baseURL: models.openaiBaseUrl, apiKey: 'none' });
  const schema = z.object({ city: z.string() });
  const tool = (execute: (input: { city: string }) => string): unknown =>
    ai.tool({ description: 'The weather of a city.', inputSchema: schema, execute });
  return {
    ai,
    chat: (name) => openai.chat(name),
    responses: openai,
    claude: createAnthropic({ baseURL: `${models.anthropicBaseUrl}/v1`, apiKey: 'none' }),
    weather: tool(({ city }) => `sunny in ${city}`),
    broken: tool(() => {
      throw new RangeError('no weather today');
    }),
    schema,
  };
}

/** The ids of tool calls differ from answer to answer. */
function bodies(from: number): readonly string[] {
  return rig.models.requests.slice(from).map(({ rawBody }) => rawBody.replace(/(call_|fc_)\w+/g, '$1'));
}

async function endedSpans(count: number): Promise<readonly ReadableSpan[]> {
  const seen: ReadableSpan[] = [];
  await waitUntil(`${count} spans to end`, () => seen.push(...rig.spans()) >= count);
  return seen;
}

for (const { name, run, spans } of cases) {
  when(`vercel ai: ${name} is the same with and without Arc, and has its spans`, async (t) => {
    rig.arc.disable();
    const before = rig.models.requests.length;
    const bare = await run(programs);
    const bareBodies = bodies(before);
    const between = rig.models.requests.length;
    rig.arc.enable();
    rig.spans();
    t.deepEqual(await run(programs), bare);
    t.deepEqual(bodies(between), bareBodies);

    const ended = await endedSpans(spans.length);
    t.deepEqual(
      ended.map((span) => span.name),
      spans,
    );
    const root = ended.find((span) => span.name.startsWith('invoke_agent'));
    for (const span of ended) {
      if (span !== root) t.is(span.parentSpanContext?.spanId, root?.spanContext().spanId);
    }
    t.is(rig.arc.counters.errors, 0);
  });
}

when('vercel ai: tokens are on the model calls, and only there', async (t) => {
  rig.arc.enable();
  rig.spans();
  await cases.find(({ name }) => name === 'a streamed loop of tools')?.run(programs);
  for (const { name, attributes } of await endedSpans(4)) {
    t.is(typeof attributes['gen_ai.usage.output_tokens'] === 'number', name === call, name);
  }
});

when('vercel ai: a failed tool and a failed agent say so', async (t) => {
  rig.arc.enable();
  rig.spans();
  await cases.find(({ name }) => name === 'a tool that throws')?.run(programs);
  const tool = (await endedSpans(4)).find(({ name }) => name.startsWith('execute_tool'));
  t.is(tool?.attributes['error.type'], 'RangeError');
  t.is(tool?.attributes['gen_ai.tool.call.arguments'], undefined);

  await cases.find(({ name }) => name === 'a refused request')?.run(programs);
  const [refused, failed] = await endedSpans(2);
  t.is(refused?.attributes['http.response.status_code'], 400);
  t.is(failed?.attributes['gen_ai.provider.name'], 'openai');
  t.truthy(failed?.attributes['error.type']);
  t.true((await rig.metric('gen_ai.execute_tool.duration', { 'error.type': 'RangeError' })) > 0);
  t.true((await rig.metric('gen_ai.invoke_agent.duration')) > 0);
});

when('vercel ai: what tools are given and give back is attached only when content is captured', async (t) => {
  rig.arc.enable();
  rig.arc.setConfig({ controlUrl: 'none', builtinPack: false, captureContent: true });
  rig.spans();
  await cases.find(({ name }) => name === 'a loop of tools')?.run(programs);
  rig.arc.setConfig({ controlUrl: 'none', builtinPack: false });
  const tool = (await endedSpans(4)).find(({ name }) => name.startsWith('execute_tool'));
  t.is(tool?.attributes['gen_ai.tool.call.arguments'], '{"city":"sample"}');
  t.is(tool?.attributes['gen_ai.tool.call.result'], '"sunny in sample"');
  t.regex(String(tool?.attributes['gen_ai.tool.call.id']), /^call_/);
});

when('vercel ai: a request is repaired on its way out', async (t) => {
  rig.arc.enable();
  rig.arc.registerPattern({ pattern: { model: 'gpt-4o', temperature: { '>': 2 } }, fix: { temperature: 1 } });
  rig.spans();
  const { ai, chat } = programs;
  const { text } = await ai.generateText({ model: chat('gpt-4o'), prompt, temperature: 2.5, maxRetries: 0 });
  t.regex(text, /stand-in answer/);
  const [repaired] = await endedSpans(2);
  t.is(repaired?.attributes['arc.decision'], 'fix');
  t.is(repaired?.attributes['gen_ai.request.temperature'], 1);
});
