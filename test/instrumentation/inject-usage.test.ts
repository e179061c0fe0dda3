import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type OpenAI from 'openai';
import { openaiUsage } from '../../src/instrumentation/inject-usage.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { createRig, type Rig } from '../helpers/rig.js';
import { SDKS_HERE } from '../helpers/sdks.js';
import { waitUntil } from '../helpers/wait-until.js';

const chat = {
  model: 'gpt-4o',
  messages: [{ role: 'user' as const, content: 'Name a river.' }],
  stream: true as const,
};
type Body = Readonly<Record<string, unknown>>;

let rig: Rig;
test.before(async () => {
  rig = await createRig({ builtinPack: false });
});
test.beforeEach(() => {
  rig.arc.setConfig({ builtinPack: false, injectUsage: true });
  rig.arc.enable();
  rig.spans();
});
test.after.always(() => rig.close());

const lastBody = (): Body => rig.models.requests.at(-1)?.body as Body;

async function collect(stream: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const chunks: unknown[] = [];
  for await (const chunk of stream) chunks.push(comparable(chunk));
  return chunks;
}

/** Ids and instants differ from answer to answer; everything else must not, the order of keys included. */
function comparable(value: unknown): string {
  return JSON.stringify(value, (key, item: unknown) =>
    ['id', 'created', 'system_fingerprint', 'obfuscation'].includes(key) ? typeof item : item,
  );
}

async function decode(stream: ReadableStream): Promise<readonly string[]> {
  let text = '';
  for await (const bytes of stream as unknown as AsyncIterable<Uint8Array>)
    text += Buffer.from(bytes).toString();
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => comparable(JSON.parse(line)));
}

/** Ways to read a stream. Each returns what its reader saw. */
const ways: readonly (readonly [name: string, read: (client: OpenAI) => Promise<unknown>])[] = [
  ['for-await', async (client) => collect(await client.chat.completions.create(chat))],
  [
    'frozen parameters',
    async (client) => collect(await client.chat.completions.create(Object.freeze({ ...chat }))),
  ],
  [
    'other stream options',
    async (client) =>
      collect(
        await client.chat.completions.create({ ...chat, stream_options: { include_obfuscation: false } }),
      ),
  ],
  [
    'withResponse',
    async (client) => {
      const { data, response } = await client.chat.completions.create(chat).withResponse();
      return [response.status, await collect(data)];
    },
  ],
  [
    'tee',
    async (client) => {
      const [left, right] = (await client.chat.completions.create(chat)).tee();
      return Promise.all([collect(left), collect(right)]);
    },
  ],
  [
    'toReadableStream',
    async (client) => decode((await client.chat.completions.create(chat)).toReadableStream()),
  ],
  [
    'legacy completions',
    async (client) =>
      collect(
        await client.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: 'A river', stream: true }),
      ),
  ],
  [
    'stream helper',
    async (client) => {
      const runner = client.chat.completions.stream(chat);
      const seen: unknown[] = [];
      runner.on('chunk', (chunk) => seen.push(comparable(chunk)));
      const final = await runner.finalChatCompletion();
      return [seen, comparable(final), await runner.totalUsage()];
    },
  ],
];

for (const [name, read] of ways) {
  test.serial(
    `injectUsage, ${name}: the reader sees what it sees without Arc, the span has tokens`,
    async (t) => {
      await checkWay(t, rig.openai(), read);
    },
  );
}

/** Older majors, where they are installed. Their client is the newest one's for what is called here. */
for (const alias of ['openai4', 'openai5', 'openai6']) {
  const folder = join(REPO_ROOT, 'test/sdks/versions', alias);
  const check = SDKS_HERE && existsSync(folder) ? test.serial : test.serial.skip;
  check(
    `injectUsage, ${alias}: every reader sees what it sees without Arc, the span has tokens`,
    async (t) => {
      const { OpenAI: Client } = createRequire(join(folder, 'program.js'))('openai') as {
        OpenAI: typeof OpenAI;
      };
      const options = { apiKey: 'none', baseURL: rig.models.openaiBaseUrl, maxRetries: 0 };
      for (const [name, read] of ways) {
        const client = rig.arc.wrap(new Client(options));
        if (name !== 'stream helper' || 'stream' in client.chat.completions) await checkWay(t, client, read);
      }
    },
  );
}

async function checkWay(t: ExecutionContext, client: OpenAI, read: (client: OpenAI) => Promise<unknown>) {
  rig.arc.disable();
  const bare = await read(client);
  t.not((lastBody()['stream_options'] as Body | undefined)?.['include_usage'], true);
  rig.arc.enable();
  t.deepEqual(await read(client), bare);
  t.is((lastBody()['stream_options'] as Body)['include_usage'], true);
  const [span, ...others] = rig.spans();
  t.deepEqual(others, []);
  t.is(typeof span?.attributes['gen_ai.usage.input_tokens'], 'number');
  t.is(typeof span?.attributes['gen_ai.usage.output_tokens'], 'number');
  t.is(span?.attributes['arc.usage.injected'], true);
  t.deepEqual(span?.attributes['gen_ai.response.finish_reasons'], ['stop']);
}

test.serial('injectUsage: a repair and the question for tokens leave in one request', async (t) => {
  rig.arc.registerPattern({
    pattern: { model: 'gpt-4o', temperature: { '>': 0.9 } },
    fix: { temperature: 0.7 },
  });
  await collect(await rig.openai().chat.completions.create({ ...chat, temperature: 1 }));
  t.like(lastBody(), { temperature: 0.7, stream_options: { include_usage: true } });
  const [span] = rig.spans();
  t.is(span?.attributes['arc.decision'], 'fix');
  t.deepEqual(span?.attributes['arc.fix.fields'], ['temperature']);
});

test.serial('injectUsage: break aborts the request as it does without Arc', async (t) => {
  const messages = [{ role: 'user' as const, content: '[model-server stream=endless]' }];
  for await (const _chunk of await rig.openai().chat.completions.create({ ...chat, messages })) break;
  const request = rig.models.requests.at(-1);
  t.true(await waitUntil('the server to see the abort', () => request?.aborted));
  t.is(rig.spans().length, 1);
});

test.serial('injectUsage: who says whether it wants usage gets what it said', async (t) => {
  const client = rig.openai();
  const asked = await collect(
    await client.chat.completions.create({ ...chat, stream_options: { include_usage: true } }),
  );
  t.true(asked.some((chunk) => String(chunk).includes('"choices":[]')));
  await collect(await client.chat.completions.create({ ...chat, stream_options: { include_usage: false } }));
  t.deepEqual(lastBody()['stream_options'], { include_usage: false });
  for (const { attributes } of rig.spans()) t.is(attributes['arc.usage.injected'], undefined);
});

const untouched: readonly (readonly [title: string, mode: 'shadow' | 'off' | 'apply', on: boolean])[] = [
  ['off by default', 'apply', false],
  ['mode shadow changes nothing', 'shadow', true],
  ['mode off changes nothing', 'off', true],
];
for (const [title, mode, injectUsage] of untouched) {
  test.serial(`injectUsage: ${title}`, async (t) => {
    rig.arc.setConfig({ builtinPack: false, mode, injectUsage });
    await collect(await rig.openai().chat.completions.create(chat));
    t.is(lastBody()['stream_options'], undefined);
  });
}

test.serial('injectUsage: calls that do not stream, and Anthropic, leave as they came', async (t) => {
  await rig.openai().chat.completions.create({ ...chat, stream: false });
  t.false('stream_options' in lastBody());
  const message = {
    model: 'claude-sonnet-4-6',
    max_tokens: 64,
    messages: chat.messages,
    stream: true as const,
  };
  await collect(await rig.anthropic().messages.create(message));
  t.false('stream_options' in lastBody());
});

test('openaiUsage.hide: only the chunk that was asked for is hidden', (t) => {
  const filter = { choices: [], prompt_filter_results: [] };
  t.false(openaiUsage.hide(filter));
  const counted = { choices: [{ index: 0 }], usage: { prompt_tokens: 1 } };
  t.false(openaiUsage.hide(counted));
  t.deepEqual(counted.usage, { prompt_tokens: 1 });
  const plain = { choices: [{ index: 0 }], usage: null };
  t.false(openaiUsage.hide(plain));
  t.false('usage' in plain);
  t.true(openaiUsage.hide({ choices: [], usage: { prompt_tokens: 1 } }));
  t.false(openaiUsage.hide(null));
});
