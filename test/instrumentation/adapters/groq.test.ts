import { partsOf, sdkTest } from '../../helpers/sdk-test.js';
import { fromSdks } from '../../helpers/sdks.js';
import { testCompatible } from './compatible-suite.js';

/** Groq's paths have a folder more than OpenAI's. */
const toModelServer: typeof fetch = (url, init) => fetch(String(url).replace('/openai/v1/', '/v1/'), init);

const rigOf = testCompatible({
  module: 'groq-sdk',
  className: 'Groq',
  provider: 'groq',
  options: (url) => ({ baseURL: url, fetch: toModelServer }),
});

interface Groq {
  readonly chat: { readonly completions: { create(params: object): Promise<AsyncIterable<unknown>> } };
}

/** The last two events of a stream as Groq sends them: the token counts are under `x_groq`. */
const EVENTS = [
  {
    id: 'c1',
    model: 'llama-3.3-70b',
    choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }],
  },
  {
    id: 'c1',
    model: 'llama-3.3-70b',
    choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
    x_groq: { id: 'req_1', usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 } },
  },
];

sdkTest(
  'groq-sdk stream: token counts under x_groq are read, and the caller sees what was sent',
  async (t) => {
    const rig = rigOf();
    const { Groq: Client } = fromSdks('groq-sdk') as { Groq: new (options: object) => Groq };
    const body = [...EVENTS.map((event) => JSON.stringify(event)), '[DONE]'].map(
      (data) => `data: ${data}\n\n`,
    );
    const answer = () => new Response(body.join(''), { headers: { 'content-type': 'text/event-stream' } });
    const client = new Client({ apiKey: 'none', fetch: async () => answer() });
    const stream = await client.chat.completions.create({
      model: 'llama-3.3-70b',
      messages: [],
      stream: true,
    });
    t.deepEqual(await partsOf(stream), EVENTS as readonly unknown[]);
    t.like(rig.spans()[0]?.attributes, {
      'gen_ai.usage.input_tokens': 11,
      'gen_ai.usage.output_tokens': 7,
      'gen_ai.response.finish_reasons': ['stop'],
      'server.address': 'api.groq.com',
    });
  },
);
