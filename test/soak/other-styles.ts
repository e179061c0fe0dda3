import { fromSdks, SDKS_HERE } from '../helpers/sdks.js';
import { modelFetch, type Behaviour } from './model-fetch.js';
import { chat, drain, fails, type Style } from './styles.js';

/** A method of an SDK of which no more is known here. */
type Ask = (params: object, options?: unknown) => Promise<unknown>;
type AnyClass = new (options: object) => Readonly<Record<string, unknown>>;

/** Ways into the SDKs of other providers. */
export interface Others {
  readonly groq: Ask;
  readonly together: Ask;
  readonly mistral: Ask;
  readonly mistralStream: Ask;
  readonly ollama: Ask;
  /** With a client of its own: Ollama's keep every stream that was left, with or without Arc. */
  readonly ollamaEndless: Ask;
  readonly converse: (hot: boolean, callback?: (error: unknown) => void) => unknown;
}

const ORIGIN = 'http://model.invalid';
const CONVERSED = {
  output: { message: { role: 'assistant', content: [{ text: 'The Rhine.' }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 12, outputTokens: 4, totalTokens: 16 },
  metrics: { latencyMs: 40 },
};

/** Clients whose requests are answered inside the process; undefined where the SDKs are not installed. */
export function createOthers(): Others | undefined {
  if (!SDKS_HERE) return undefined;
  const options = { apiKey: 'none', baseURL: `${ORIGIN}/v1`, maxRetries: 0, fetch: modelFetch };
  const ollama = (headers: object): Ask =>
    method(made('ollama', 'Ollama', { host: ORIGIN, fetch: modelFetch, headers }), 'chat');
  const mistral = mistralClient();
  return {
    groq: method(made('groq-sdk', 'Groq', options), 'chat', 'completions', 'create'),
    together: method(made('together-ai', 'Together', options), 'chat', 'completions', 'create'),
    mistral: method(mistral, 'chat', 'complete'),
    mistralStream: method(mistral, 'chat', 'stream'),
    ollama: ollama({}),
    ollamaEndless: (params) => ollama({ 'x-soak': 'endless' })(params),
    converse: converseWith(bedrockClient()),
  };
}

/** Ways to call that the two SDKs of `STYLES` do not have: `fetch`, callbacks, generators, web streams. */
export function otherStyles(others: Others): readonly Style[] {
  const { groq, together, mistral, mistralStream, ollama, ollamaEndless, converse } = others;
  const streamed = (hot: boolean) => ({ ...chat(hot), stream: true });
  return [
    { name: 'fetch', run: async (_, hot) => (await post(chat(hot))).json() },
    { name: 'fetch, stream', run: async (_, hot) => (await post(streamed(hot))).text() },
    {
      name: 'fetch, stream left',
      async run(_, hot) {
        for await (const _bytes of (await post(streamed(hot), 'endless')).body ?? []) break;
      },
    },
    { name: 'fetch, refused', run: async (_, hot) => (await post(chat(hot), 'refuse')).text() },
    { name: 'fetch, never read', run: async (_, hot) => post(chat(hot)) },
    { name: 'fetch, no connection', run: (_, hot) => fails(() => post(chat(hot), 'fail')) },
    { name: 'groq', run: (_, hot) => groq(chat(hot)) },
    { name: 'groq stream', run: async (_, hot) => drain(await groq(streamed(hot))) },
    { name: 'together stream never read', run: (_, hot) => together(streamed(hot)) },
    { name: 'mistral', run: (_, hot) => mistral(chat(hot)) },
    { name: 'mistral stream', run: async (_, hot) => drain(await mistralStream(chat(hot))) },
    { name: 'mistral stream never read', run: (_, hot) => mistralStream(chat(hot)) },
    { name: 'ollama', run: (_, hot) => ollama({ ...chat(hot), options: {} }) },
    { name: 'ollama stream', run: async (_, hot) => drain(await ollama(streamed(hot))) },
    {
      name: 'ollama stream left',
      async run(_, hot) {
        for await (const _part of (await ollamaEndless(streamed(hot))) as AsyncIterable<unknown>) break;
      },
    },
    { name: 'bedrock', run: async (_, hot) => converse(hot) },
    {
      name: 'bedrock by callback',
      run: (_, hot) => new Promise((resolve) => void converse(hot, resolve)),
    },
  ];
}

function post(body: object, behaviour: Behaviour = 'answer'): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'x-soak': behaviour };
  return fetch(`${ORIGIN}/v1/chat/completions`, { method: 'POST', headers, body: JSON.stringify(body) });
}

function mistralClient(): Readonly<Record<string, unknown>> {
  const { HTTPClient } = fromSdks('@mistralai/mistralai/lib/http.js') as { HTTPClient: AnyClass };
  const fetcher = async (request: Request): Promise<Response> =>
    modelFetch(request.url, { headers: request.headers, body: await request.text(), signal: request.signal });
  const httpClient = new HTTPClient({ fetcher });
  return made('@mistralai/mistralai', 'Mistral', { apiKey: 'none', serverURL: ORIGIN, httpClient });
}

function bedrockClient(): Readonly<Record<string, unknown>> {
  const body = new TextEncoder().encode(JSON.stringify(CONVERSED));
  const response = { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
  return made('@aws-sdk/client-bedrock-runtime', 'BedrockRuntimeClient', {
    region: 'us-east-1',
    endpoint: ORIGIN,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    requestHandler: { handle: () => Promise.resolve({ response }) },
  });
}

function converseWith(client: Readonly<Record<string, unknown>>): Others['converse'] {
  const { ConverseCommand } = fromSdks('@aws-sdk/client-bedrock-runtime') as { ConverseCommand: AnyClass };
  const send = client['send'] as (this: unknown, ...args: unknown[]) => unknown;
  return (hot, callback) => {
    const messages = [{ role: 'user', content: [{ text: 'Where does the Rhine flow?' }] }];
    const inferenceConfig = { temperature: hot ? 0.95 : 0.2 };
    const command = new ConverseCommand({ modelId: 'amazon.nova-lite-v1:0', messages, inferenceConfig });
    return send.call(client, command, ...(callback ? [callback] : []));
  };
}

function made(module: string, className: string, options: object): Readonly<Record<string, unknown>> {
  const Class = (fromSdks(module) as Readonly<Record<string, AnyClass | undefined>>)[className];
  if (!Class) throw new Error(`${module} has no ${className}`);
  return new Class(options);
}

function method(client: Readonly<Record<string, unknown>>, ...path: readonly string[]): Ask {
  const name = path.at(-1) ?? '';
  const owner = path.slice(0, -1).reduce((at, key) => at[key] as Readonly<Record<string, unknown>>, client);
  // The caller names methods that there are.
  return (params, options) => (owner[name] as Ask).call(owner, params, options);
}
