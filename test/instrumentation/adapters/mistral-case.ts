import { startMistral } from '../../helpers/providers/mistral.js';
import { outcomeOf, partsOf } from '../../helpers/sdk-test.js';
import { fromSdks, SDKS_HERE } from '../../helpers/sdks.js';
import { mistralParams, texts, type MistralClient } from './mistral-client.js';
import { mistralStreamWays } from './mistral-stream-ways.js';
import type { OwnProtocolCase } from './own-protocol-suite.js';

interface Zod {
  object(shape: object): unknown;
  string(): unknown;
}
type MistralClass = new (options: object) => MistralClient;

const agentParams = { agentId: 'ag_1', messages: [{ role: 'user', content: 'Hello' }] };

/** A zod schema, as `parse` takes it. */
const city = SDKS_HERE
  ? (fromSdks('zod') as { z: Zod }).z.object({ city: (fromSdks('zod') as { z: Zod }).z.string() })
  : undefined;

/** `@mistralai/mistralai`. */
export const mistralCase: OwnProtocolCase<MistralClient> = {
  module: '@mistralai/mistralai',
  api: 'mistral.chat',
  provider: 'mistral_ai',
  temperaturePath: 'temperature',
  finishReason: 'stop',
  inputTokens: 12,
  outputTokens: 5,
  breakAborts: true,
  start: startMistral,
  client(moduleExports, serverURL) {
    const { Mistral } = moduleExports as { Mistral: MistralClass };
    return new Mistral({ apiKey: 'none', serverURL });
  },
  params: mistralParams,
  send: (mistral, sent) => mistral.chat.complete(sent),
  chat: (mistral, variation) => mistral.chat.complete(mistralParams(variation)),
  stream: (mistral, variation) => mistral.chat.stream(mistralParams(variation)),
  temperatureOf: ({ temperature }) => temperature,
  ways: {
    'chat.complete': { run: (mistral) => mistral.chat.complete(mistralParams()) },
    ...mistralStreamWays,
    'chat.parse with a schema': {
      run: async (mistral) =>
        (await mistral.chat.parse({ ...mistralParams(), responseFormat: city })).choices,
    },
    'chat.parseStream with a schema': {
      run: async (mistral) => {
        const made = await mistral.chat.parseStream({ ...mistralParams(), responseFormat: city });
        return texts(await partsOf(made));
      },
    },
    'agents.complete': { run: (mistral) => mistral.agents.complete(agentParams) },
    'agents.stream': {
      run: async (mistral) => texts(await partsOf(await mistral.agents.stream(agentParams))),
    },
    'fim.complete': {
      run: (mistral) => mistral.fim.complete({ model: 'codestral-latest', prompt: 'let a' }),
    },
    'fim.stream': {
      run: async (mistral) =>
        texts(await partsOf(await mistral.fim.stream({ model: 'codestral-latest', prompt: 'let a' }))),
    },
    'embeddings.create': {
      run: (mistral) => mistral.embeddings.create({ model: 'mistral-embed', inputs: ['Hello'] }),
    },
    'parameters the SDK refuses': {
      run: (mistral) => outcomeOf(mistral.chat.complete({ ...mistralParams(), temperature: 'hot' })),
      tokens: false,
    },
    'aborted before': {
      run: (mistral) =>
        outcomeOf(mistral.chat.complete(mistralParams(), { fetchOptions: { signal: AbortSignal.abort() } })),
      tokens: false,
    },
    'aborted between two chunks': {
      run: async (mistral) => {
        const control = new AbortController();
        const options = { fetchOptions: { signal: control.signal } };
        const reader = (await mistral.chat.stream(mistralParams({ model: 'endless' }), options)).getReader();
        await reader.read();
        control.abort();
        return outcomeOf(readOn(reader));
      },
      tokens: false,
    },
  },
};

/** What was under way when the abort came may still arrive. */
async function readOn(reader: ReadableStreamDefaultReader<unknown>): Promise<void> {
  while (!(await reader.read()).done);
}
