import test, { type ExecutionContext } from 'ava';
import { hookEsModules } from '../../../src/instrumentation/module-hooks.js';
import { startOllama, type OllamaServer } from '../../helpers/providers/ollama.js';
import { createRig, type Rig } from '../../helpers/rig.js';
import { bothWays, endedSpans, outcomeOf, partsOf, sdkTest } from '../../helpers/sdk-test.js';
import { fromSdks, importSdk } from '../../helpers/sdks.js';
import { waitUntil } from '../../helpers/wait-until.js';

/** The part of `ollama` the tests call. */
interface Client {
  chat(request: object): Promise<unknown>;
  generate(request: object): Promise<unknown>;
  embed(request: object): Promise<unknown>;
  abort(): void;
}
interface Stream extends AsyncIterable<unknown> {
  abort(): void;
}
interface Exports {
  readonly Ollama: new (config: object) => Client;
  readonly default: Client;
}

const messages = [{ role: 'user', content: 'Name a river.' }];
/** The client writes `stream` into what it is given, so each call gets its own. */
const chat = (model = 'llama3.2') => ({
  model,
  messages,
  options: { temperature: 0.2, num_predict: 64, seed: 7 },
});
const streamed = (model?: string) => ({ ...chat(model), stream: true });

let rig: Rig;
let server: OllamaServer;
const clientOf = (exports: unknown): Client => new (exports as Exports).Ollama({ host: server.url });
const client = (): Client => clientOf(fromSdks('ollama'));

test.before(async () => {
  hookEsModules();
  server = await startOllama();
  rig = await createRig({ builtinPack: false });
  rig.arc.registerPattern({
    pattern: { api: 'ollama.chat', 'options.temperature': { '>': 1 } },
    fix: [{ clamp: { field: 'options.temperature', max: 1 } }],
    id: 'test.hot',
  });
  rig.arc.registerPattern({
    pattern: { api: 'ollama.generate', raw: { exists: true } },
    fix: [{ unset: ['raw'] }],
    id: 'test.raw',
  });
});
test.beforeEach(() => rig.spans());
test.after.always(async () => {
  await rig.close();
  await server.close();
});

const ways: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  chat: (c) => c.chat(chat()),
  generate: (c) => c.generate({ model: 'llama3.2', prompt: 'Name a river.' }),
  embed: (c) => c.embed({ model: 'all-minilm', input: ['a', 'b'] }),
  'chat stream': async (c) => partsOf((await c.chat(streamed())) as Stream),
  'generate stream': async (c) =>
    partsOf((await c.generate({ model: 'llama3.2', prompt: 'Hi', stream: true })) as Stream),
  'class of the stream': async (c) => {
    const stream = (await c.chat(streamed())) as Stream;
    await partsOf(stream);
    return [stream.constructor.name, Object.keys(stream)];
  },
  'unknown model': (c) => outcomeOf(c.chat(chat('missing'))),
  'unknown model, streamed': (c) => outcomeOf(c.chat(streamed('missing'))),
  'error in mid-stream': async (c) => outcomeOf(partsOf((await c.chat(streamed('broken'))) as Stream)),
  'cut in mid-stream': async (c) => outcomeOf(partsOf((await c.chat(streamed('cut'))) as Stream)),
  'aborted while reading': async (c) => {
    const stream = (await c.chat(streamed('endless'))) as Stream;
    const read = outcomeOf(partsOf(stream));
    stream.abort();
    return read;
  },
  'frozen request': (c) => outcomeOf(c.chat(Object.freeze(chat()))),
  'null instead of a request': (c) => outcomeOf(c.chat(null as never)),
};
for (const [name, run] of Object.entries(ways)) {
  sdkTest(`ollama transparency: ${name} is the same with and without Arc`, async (t) => {
    const before = server.requests.length;
    const { bare, under, spans } = await bothWays(rig, () => run(client()));
    t.deepEqual(under, bare);
    t.is(spans.length, 1);
    const sent = server.requests.slice(before).map(({ path, rawBody }) => [path, rawBody]);
    t.deepEqual(sent.slice(sent.length / 2), sent.slice(0, sent.length / 2));
  });
}

sdkTest('ollama span: a chat has its provider, parameters, tokens and reason', async (t) => {
  await client().chat({ ...chat(), format: 'json', think: 'low' });
  const [span] = rig.spans();
  t.is(span?.name, 'chat llama3.2');
  t.like(span?.attributes, {
    'gen_ai.provider.name': 'ollama',
    'gen_ai.request.temperature': 0.2,
    'gen_ai.request.max_tokens': 64,
    'gen_ai.request.seed': 7,
    'gen_ai.request.reasoning.level': 'low',
    'gen_ai.output.type': 'json',
    'gen_ai.response.model': 'llama3.2',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.usage.input_tokens': 26,
    'gen_ai.usage.output_tokens': 3,
    'server.address': '127.0.0.1',
    'server.port': Number(new URL(server.url).port),
    'arc.api': 'ollama.chat',
  });
});

sdkTest('ollama span: a stream has tokens, generate and embed their operations', async (t) => {
  const seen: unknown[] = [];
  await partsOf((await client().chat(streamed())) as Stream);
  await partsOf((await client().generate({ model: 'm', prompt: 'Hi', stream: true })) as Stream);
  await client().embed({ model: 'm', input: 'Hi', dimensions: 2 });
  for (const { attributes } of rig.spans())
    seen.push([
      attributes['gen_ai.operation.name'],
      attributes['gen_ai.usage.input_tokens'],
      attributes['gen_ai.usage.output_tokens'],
      attributes['gen_ai.request.stream'],
    ]);
  t.deepEqual(seen, [
    ['chat', 26, 3, true],
    ['text_completion', 26, 3, true],
    ['embeddings', 4, undefined, undefined],
  ]);
});

sdkTest('ollama failure: class and status are on the span', async (t) => {
  await t.throwsAsync(async () => client().chat(chat('missing')), { message: 'model "missing" not found' });
  t.like(rig.spans()[0]?.attributes, { 'error.type': 'ResponseError', 'http.response.status_code': 404 });
});

async function repairs(t: ExecutionContext, c: Client): Promise<void> {
  const request = Object.freeze({ ...chat(), options: Object.freeze({ temperature: 1.8, top_k: 40 }) });
  await c.chat(request);
  t.deepEqual(server.requests.at(-1)?.body['options'], { temperature: 1, top_k: 40 });
  t.is(request.options.temperature, 1.8);
  t.like(rig.spans()[0]?.attributes, { 'arc.decision': 'fix', 'gen_ai.request.temperature': 1 });
}

sdkTest('ollama repair: the CommonJS copy sends the repaired options, a frozen request stays', async (t) => {
  await repairs(t, client());
});

sdkTest('ollama repair: the ES module copy sends the repaired options', async (t) => {
  const copy = (await importSdk('ollama')) as Exports;
  t.not(copy.Ollama, (fromSdks('ollama') as Exports).Ollama);
  await repairs(t, clientOf(copy));
});

sdkTest('ollama repair: generate loses a parameter by a pattern of its own', async (t) => {
  await client().generate({ model: 'm', prompt: 'Hi', raw: true });
  t.deepEqual(server.requests.at(-1)?.body, { model: 'm', prompt: 'Hi', stream: false });
});

sdkTest(
  'ollama repair: a wrapped client is one of this provider, the default one can be wrapped',
  async (t) => {
    rig.arc.disable();
    const own = client();
    t.is(rig.arc.wrap(own), own);
    const shared = (fromSdks('ollama') as Exports).default;
    t.is(rig.arc.wrap(shared), shared);
    rig.arc.enable();
    await repairs(t, own);
  },
);

sdkTest('ollama stream: left by break, the span ends and the parts seen are the same', async (t) => {
  const stream = (await client().chat(streamed('endless'))) as Stream;
  for await (const _part of stream) break;
  const [span] = rig.spans();
  t.deepEqual(span?.attributes['gen_ai.response.finish_reasons'], ['error']);
  stream.abort();
  await waitUntil('the server to see the abort', () => server.requests.at(-1)?.aborted);
});

sdkTest('ollama stream: one that nobody reads ends its span when the client aborts', async (t) => {
  const c = client();
  await c.chat(streamed('endless'));
  t.is(rig.spans().length, 0);
  c.abort();
  t.is((await endedSpans(rig)).length, 1);
});

sdkTest(
  'ollama stream: one that nobody reads ends its span when it is collected with its client',
  async (t) => {
    await (async () => {
      await client().chat(streamed());
    })();
    t.is((await endedSpans(rig)).length, 1);
  },
);

sdkTest('ollama content: off by default, on when asked for', async (t) => {
  const request = () => ({
    model: 'm',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'my secret plan', images: [new Uint8Array([1, 2])] },
      { role: 'assistant', content: '', tool_calls: [{ function: { name: 'look', arguments: { at: 1 } } }] },
      { role: 'tool', content: 'seen' },
    ],
  });
  await client().chat(request());
  t.notRegex(JSON.stringify(rig.spans()[0]?.attributes), /secret plan/);
  rig.arc.setConfig({ builtinPack: false, captureContent: true });
  await client().chat(request());
  await partsOf((await client().chat({ ...request(), stream: true })) as Stream);
  await client().generate({ model: 'm', prompt: 'my secret plan', system: 'Be brief.' });
  rig.arc.setConfig({ builtinPack: false });
  const [whole, stream, generated] = rig.spans();
  t.deepEqual(JSON.parse(String(whole?.attributes['gen_ai.input.messages'])), [
    { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] },
    {
      role: 'user',
      parts: [
        { type: 'text', content: 'my secret plan' },
        { type: 'blob', modality: 'image', content: '[omitted]' },
      ],
    },
    { role: 'assistant', parts: [{ type: 'tool_call', name: 'look', arguments: { at: 1 } }] },
    { role: 'tool', parts: [{ type: 'tool_call_response', response: 'seen' }] },
  ]);
  const instructions = '[{"type":"text","content":"Be brief."}]';
  const answer =
    '[{"role":"assistant","parts":[{"type":"text","content":"The Rhine."}],"finish_reason":"stop"}]';
  t.is(generated?.attributes['gen_ai.system_instructions'], instructions, 'apart from the prompt');
  t.is(whole?.attributes['gen_ai.system_instructions'], undefined, 'among the messages');
  for (const span of [whole, stream, generated]) {
    t.is(span?.attributes['gen_ai.output.messages'], answer);
  }
});
