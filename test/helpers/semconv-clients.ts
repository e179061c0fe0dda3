import { startBedrock, type BedrockServer } from './providers/bedrock.js';
import { startCohere } from './providers/cohere.js';
import { startGoogle } from './providers/google-genai.js';
import type { ProviderServer } from './providers/loopback.js';
import { startMistral } from './providers/mistral.js';
import { startOllama, type OllamaServer } from './providers/ollama.js';
import { fromSdks } from './sdks.js';

/** Sends one request through an SDK; the answer may be a stream, or hold one. */
export type Ask = (params: object) => Promise<unknown>;

/** Every provider's stand-in, and a way to each method of their SDKs that Arc makes spans for. */
export interface Asks {
  readonly ask: Readonly<Record<string, Ask>>;
  close(): Promise<void>;
}

interface Servers {
  readonly google: ProviderServer;
  readonly mistral: ProviderServer;
  readonly cohere: ProviderServer;
  readonly ollama: OllamaServer;
  readonly bedrock: BedrockServer;
  readonly bedrock1: BedrockServer;
}

/** Any object of an SDK: its methods and further objects by name. */
type Anything = Readonly<Record<string, unknown>>;
type AnyClass = new (options: object) => Anything;
type AnyMethod = (this: unknown, params: unknown) => Promise<unknown>;
/** Starts the stand-ins. The SDKs are loaded here, so Arc must be there before. @param models - the model server's URL. */
export async function startAsks(models: string): Promise<Asks> {
  const [google, mistral, cohere, ollama, bedrock, bedrock1] = await Promise.all([
    startGoogle(),
    startMistral(),
    startCohere(),
    startOllama(),
    startBedrock({ http2: true }),
    startBedrock({ http2: false }),
  ]);
  const servers = { google, mistral, cohere, ollama, bedrock, bedrock1 };
  return {
    ask: { ...ownProtocols(servers), ...openaiProtocols(models), ...amazon(servers) },
    async close() {
      await Promise.all(Object.values(servers).map((server) => server.close()));
    },
  };
}

function ownProtocols({ google, mistral, cohere, ollama }: Servers): Asks['ask'] {
  const gemini = make('@google/genai', 'GoogleGenAI', {
    apiKey: 'none',
    httpOptions: { baseUrl: google.url },
  });
  const vertex = make('@google/genai', 'GoogleGenAI', {
    vertexai: true,
    apiKey: 'none',
    httpOptions: { baseUrl: google.url },
  });
  const client = make('@mistralai/mistralai', 'Mistral', {
    apiKey: 'none',
    serverURL: mistral.url,
  });
  const v2 = make('cohere-ai', 'CohereClientV2', {
    token: 'none',
    environment: cohere.url,
    maxRetries: 0,
    timeoutInSeconds: 2,
  });
  const v1 = make('cohere-ai', 'CohereClient', {
    token: 'none',
    environment: cohere.url,
    maxRetries: 0,
    timeoutInSeconds: 2,
  });
  const local = make('ollama', 'Ollama', { host: ollama.url });
  return {
    'google.generate': by(gemini, 'models', 'generateContent'),
    'google.stream': by(gemini, 'models', 'generateContentStream'),
    'google.embed': by(gemini, 'models', 'embedContent'),
    'vertex.embed': by(vertex, 'models', 'embedContent'),
    'mistral.chat': by(client, 'chat', 'complete'),
    'mistral.stream': by(client, 'chat', 'stream'),
    'mistral.agent': by(client, 'agents', 'complete'),
    'mistral.fim': by(client, 'fim', 'complete'),
    'mistral.embed': by(client, 'embeddings', 'create'),
    'cohere.chat': by(v2, 'chat'),
    'cohere.stream': by(v2, 'chatStream'),
    'cohere.v1.chat': by(v1, 'chat'),
    'cohere.v1.stream': by(v1, 'chatStream'),
    'cohere.embed': by(v2, 'embed'),
    'ollama.chat': by(local, 'chat'),
    'ollama.generate': by(local, 'generate'),
    'ollama.embed': by(local, 'embed'),
  };
}

function openaiProtocols(models: string): Asks['ask'] {
  const toServer: typeof fetch = (url, init) => fetch(String(url).replace('/openai/v1/', '/v1/'), init);
  const groq = make('groq-sdk', 'Groq', { apiKey: 'none', baseURL: models, fetch: toServer, maxRetries: 0 });
  const together = make('together-ai', 'Together', {
    apiKey: 'none',
    baseURL: `${models}/v1`,
    maxRetries: 0,
  });
  const post = (path: string, params: object): Promise<Response> =>
    fetch(`${models}/v1/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer none',
        'anthropic-version': '2023-06-01',
        'x-api-key': 'none',
      },
      body: JSON.stringify(params),
    });
  return {
    'groq.chat': by(groq, 'chat', 'completions', 'create'),
    'groq.embed': by(groq, 'embeddings', 'create'),
    'together.chat': by(together, 'chat', 'completions', 'create'),
    'together.embed': by(together, 'embeddings', 'create'),
    'fetch.chat': async (params) => (await post('chat/completions', params)).text(),
    'fetch.responses': async (params) => (await post('responses', params)).text(),
    'fetch.messages': async (params) => (await post('messages', params)).text(),
  };
}

function amazon({ bedrock, bedrock1 }: Servers): Asks['ask'] {
  const client = make('@aws-sdk/client-bedrock-runtime', 'BedrockRuntimeClient', {
    region: 'us-east-1',
    endpoint: bedrock.url,
    maxAttempts: 1,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const claude = make('@anthropic-ai/bedrock-sdk', 'AnthropicBedrock', {
    baseURL: bedrock1.url,
    awsRegion: 'us-east-1',
    awsAccessKey: 'none',
    awsSecretKey: 'none',
    maxRetries: 0,
  });
  const send =
    (command: string): Ask =>
    (input) => {
      const made = make('@aws-sdk/client-bedrock-runtime', `${command}Command`, input);
      return by(client, 'send')(made);
    };
  const invoke = (command: string) => (params: object) => {
    const { modelId, ...body } = params as { readonly modelId: string };
    return send(command)({ modelId, contentType: 'application/json', body: JSON.stringify(body) });
  };
  return {
    'bedrock.converse': send('Converse'),
    'bedrock.converseStream': send('ConverseStream'),
    'bedrock.invoke': invoke('InvokeModel'),
    'bedrock.invokeStream': invoke('InvokeModelWithResponseStream'),
    'anthropic-bedrock.create': by(claude, 'messages', 'create'),
  };
}

function make(module: string, className: string, options: object): Anything {
  const Class = (fromSdks(module) as Anything)[className];
  if (typeof Class !== 'function') throw new Error(`${module} has no ${className}`);
  return new (Class as AnyClass)(options);
}

/** @param path - from the client to the method. */
function by(client: Anything, ...path: readonly string[]): Ask {
  const method = path.at(-1) ?? '';
  const owner = path.slice(0, -1).reduce((at, key) => at[key] as Anything, client);
  if (typeof owner[method] !== 'function') throw new Error(`no ${path.join('.')}`);
  return (params) => (owner[method] as AnyMethod).call(owner, params);
}
