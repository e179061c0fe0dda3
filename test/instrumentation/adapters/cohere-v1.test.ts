import test from 'ava';
import { startCohere } from '../../helpers/providers/cohere.js';
import type { ProviderServer } from '../../helpers/providers/loopback.js';
import { createRig, type Rig } from '../../helpers/rig.js';
import { bothWays, outcomeOf, partsOf, sdkTest } from '../../helpers/sdk-test.js';
import { fromSdks } from '../../helpers/sdks.js';

/** The part of `CohereClient` the tests call. */
interface Client {
  chat(params: object): Answer<unknown>;
  chatStream(params: object): Answer<AsyncIterable<unknown>>;
}
interface Answer<T> extends Promise<T> {
  withRawResponse(): Promise<{ readonly data: T; readonly rawResponse: { readonly status: number } }>;
}
interface Exports {
  readonly CohereClient: new (options: object) => Client;
}

const question = { model: 'command-r', message: 'Name a river.' };
let rig: Rig;
let server: ProviderServer;
const client = (): Client => {
  const { CohereClient } = fromSdks('cohere-ai') as Exports;
  return new CohereClient({ token: 'none', environment: server.url, maxRetries: 0, timeoutInSeconds: 2 });
};

test.before(async () => {
  server = await startCohere();
  rig = await createRig({ builtinPack: false });
  rig.arc.registerPattern({
    pattern: { api: 'cohere.v1.chat', temperature: { '>': 1 } },
    fix: [{ clamp: { field: 'temperature', max: 1 } }],
    id: 'test.hot',
  });
});
test.after.always(async () => {
  await rig.close();
  await server.close();
});

const ways: Readonly<Record<string, () => Promise<unknown>>> = {
  chat: async () => client().chat(question),
  'chat with its raw response': async () => {
    const { data, rawResponse } = await client().chat(question).withRawResponse();
    return [data, rawResponse.status];
  },
  chatStream: async () => partsOf(await client().chatStream(question)),
  'chat of an unknown model': () => outcomeOf(client().chat({ ...question, model: 'refuse-404' })),
};
for (const [name, run] of Object.entries(ways)) {
  sdkTest(`cohere-ai version 1: ${name} is the same with and without Arc, and has one span`, async (t) => {
    client(); // loaded under Arc
    const before = server.requests.length;
    const { bare, under, spans } = await bothWays(rig, run);
    t.deepEqual(under, bare);
    t.is(spans.length, 1);
    const [first, second] = server.requests.slice(before).map(({ path, body }) => ({ path, body }));
    t.deepEqual(second, first);
  });
}

sdkTest('cohere-ai version 1: requests are repaired, of wrapped clients as well', async (t) => {
  const one = client();
  t.is(rig.arc.wrap(one), one);
  rig.spans();
  await one.chat({ ...question, temperature: 2 });
  t.is(server.requests.at(-1)?.body['temperature'], 1);
  t.is(rig.spans().length, 1);
});
