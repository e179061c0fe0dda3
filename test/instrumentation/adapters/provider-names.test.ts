import test, { type ExecutionContext } from 'ava';
import { createRig, type Rig } from '../../helpers/rig.js';
import { endedSpans, sdkTest } from '../../helpers/sdk-test.js';
import { fromSdks } from '../../helpers/sdks.js';

/** What the built-in pack repairs at OpenAI alone: the model of another server may well take it. */
const OPENAI_ONLY = {
  model: 'o3-mini',
  max_tokens: 50,
  messages: [{ role: 'user' as const, content: 'Hello' }],
};

let rig: Rig;
test.before(async () => {
  rig = await createRig();
});
test.after.always(() => rig.close());

/** Names the model server in the way a test is about. */
function name(servers: (host: string) => Readonly<Record<string, string>>): void {
  rig.arc.setConfig({ controlUrl: 'none', providers: servers(new URL(rig.models.url).host) });
  rig.spans();
}

async function theSpan(t: ExecutionContext) {
  const [span, ...more] = await endedSpans(rig);
  t.is(more.length, 0);
  return span?.attributes ?? {};
}

test.serial(
  'providers: a server without a name of its own goes by the client, and gets its repairs',
  async (t) => {
    name(() => ({}));
    await rig.openai().chat.completions.create(OPENAI_ONLY);
    t.like(await theSpan(t), { 'gen_ai.provider.name': 'openai', 'arc.decision': 'fix' });
    t.like(rig.models.requests.at(-1)?.body, { max_completion_tokens: 50 });
  },
);

test.serial(
  'providers: a named server has that name on span and metric, and no repair for OpenAI alone',
  async (t) => {
    name((host) => ({ [host]: 'vllm' }));
    // The model server refuses as OpenAI does: here that shows the request went out as it was.
    await t.throwsAsync(Promise.resolve(rig.openai().chat.completions.create(OPENAI_ONLY)));
    const attributes = await theSpan(t);
    t.like(attributes, { 'gen_ai.provider.name': 'vllm', 'arc.decision': 'pass' });
    t.is(attributes['server.address'], '127.0.0.1');
    t.is(attributes['server.port'], Number(new URL(rig.models.url).port));
    t.like(rig.models.requests.at(-1)?.body, { max_tokens: 50 });
    t.is(await rig.metric('gen_ai.client.inference.duration', { 'gen_ai.provider.name': 'vllm' }), 1);
  },
);

test.serial('providers: a gateway named openai is asked for OpenAI', async (t) => {
  name((host) => ({ [`http://${host}/v1`]: 'openai', '127.0.0.1': 'gateway' }));
  await rig.openai().chat.completions.create(OPENAI_ONLY);
  t.like(await theSpan(t), { 'gen_ai.provider.name': 'openai', 'arc.decision': 'fix' });
});

test.serial('providers: a pattern can ask for the name', async (t) => {
  name((host) => ({ [host]: 'vllm' }));
  rig.arc.registerPattern({
    id: 'test.vllm',
    pattern: { provider: 'vllm', api: 'openai.chat.completions', model: 'qwen3' },
    fix: { temperature: 0.2 },
  });
  const { messages } = OPENAI_ONLY;
  await rig.openai().chat.completions.create({ model: 'qwen3', messages });
  t.like(await theSpan(t), { 'arc.pattern.id': 'test.vllm', 'arc.decision': 'fix' });
});

const { messages } = OPENAI_ONLY;
const CALLS: Readonly<Record<string, () => Promise<unknown>>> = {
  'openai.chat.completions': async () => rig.openai().chat.completions.create({ model: 'gpt-4o', messages }),
  'openai.responses': async () => rig.openai().responses.create({ model: 'gpt-4o', input: 'Hello' }),
  'openai.embeddings': async () =>
    rig.openai().embeddings.create({ model: 'text-embedding-3-small', input: 'Hello' }),
  'openai.completions': async () =>
    rig.openai().completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: 'Hello' }),
  'anthropic.messages': async () =>
    rig.anthropic().messages.create({ model: 'claude-sonnet-4-6', max_tokens: 50, messages }),
};

for (const [api, call] of Object.entries(CALLS)) {
  test.serial(`providers: ${api} through its client`, async (t) => {
    name((host) => ({ [host]: 'in-house' }));
    await call();
    t.like(await theSpan(t), { 'arc.api': api, 'gen_ai.provider.name': 'in-house' });
  });
}

test.serial('providers: a request by fetch', async (t) => {
  name(() => ({ '127.0.0.1': 'in-house' }));
  const headers = { 'content-type': 'application/json', authorization: 'Bearer none' };
  const body = JSON.stringify({ model: 'gpt-4o', messages });
  const url = `${rig.models.openaiBaseUrl}/chat/completions`;
  await (await fetch(url, { method: 'POST', headers, body })).json();
  t.like(await theSpan(t), { 'arc.api': 'openai.chat.completions', 'gen_ai.provider.name': 'in-house' });
});

sdkTest('providers: a client of an SDK made like that of OpenAI', async (t) => {
  name(() => ({ '127.0.0.1': 'in-house' }));
  const { Together } = fromSdks('together-ai') as {
    Together: new (options: object) => ReturnType<Rig['openai']>; // the same shape
  };
  const client = new Together({ apiKey: 'none', baseURL: rig.models.openaiBaseUrl });
  await client.chat.completions.create({ model: 'llama-3.3-70b', messages });
  t.like(await theSpan(t), { 'gen_ai.provider.name': 'in-house' });
});

test.serial('providers: an Azure client stays one, whatever its server is called', async (t) => {
  name(() => ({ '127.0.0.1': 'in-house' }));
  const { AzureOpenAI } = await import('openai');
  const client = new AzureOpenAI({
    apiKey: 'none',
    apiVersion: '2024-10-21',
    endpoint: rig.models.url,
    fetch: (url, init) => fetch(String(url).replace(/\/openai\/deployments\/[^/]+/, '/v1'), init),
    defaultHeaders: { authorization: 'Bearer none' },
  });
  rig.arc.registerPattern({ id: 'test.azure', pattern: { model: 'gpt-4-old' }, fix: { model: 'gpt-4o' } });
  rig.arc.wrap(client);
  await client.chat.completions.create({ model: 'gpt-4-old', messages });
  t.like(await theSpan(t), { 'gen_ai.provider.name': 'azure.ai.openai', 'arc.decision': 'bypass' });
});

test.serial('providers: other names from the next call on, without a new client', async (t) => {
  const client = rig.openai();
  for (const provider of ['vllm', 'lmstudio']) {
    name((host) => ({ [host]: provider }));
    await client.chat.completions.create({ model: 'gpt-4o', messages });
    t.is((await theSpan(t))['gen_ai.provider.name'], provider);
  }
});
