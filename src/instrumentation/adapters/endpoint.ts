import { providerAt, type ProviderNames } from '../../contract/provider-names.js';
import type { Endpoint } from './adapter.js';
import { isRecord } from './shape.js';

/** Hosts of providers, by name of the GenAI conventions where they have one; matched on the end of the host name. */
const PROVIDER_BY_HOST: readonly (readonly [suffix: string, provider: string])[] = [
  ['.openai.azure.com', 'azure.ai.openai'],
  ['.cognitiveservices.azure.com', 'azure.ai.openai'],
  ['.services.ai.azure.com', 'azure.ai.inference'],
  ['api.openai.com', 'openai'],
  ['api.anthropic.com', 'anthropic'],
  ['api.deepseek.com', 'deepseek'],
  ['api.groq.com', 'groq'],
  ['api.mistral.ai', 'mistral_ai'],
  ['codestral.mistral.ai', 'mistral_ai'],
  ['api.cohere.com', 'cohere'],
  ['api.cohere.ai', 'cohere'],
  ['api.moonshot.ai', 'moonshot_ai'],
  ['api.moonshot.cn', 'moonshot_ai'],
  ['api.perplexity.ai', 'perplexity'],
  ['api.x.ai', 'x_ai'],
  ['generativelanguage.googleapis.com', 'gcp.gemini'],
  // Beyond the conventions: servers that speak OpenAI's protocol with rules of their own.
  ['dashscope.aliyuncs.com', 'dashscope'],
  ['dashscope-intl.aliyuncs.com', 'dashscope'],
  ['dashscope-us.aliyuncs.com', 'dashscope'],
  ['openrouter.ai', 'openrouter'],
  ['api.together.xyz', 'together_ai'],
  ['api.together.ai', 'together_ai'],
  ['api.fireworks.ai', 'fireworks'],
  ['api.cerebras.ai', 'cerebras'],
  ['api.deepinfra.com', 'deepinfra'],
  ['integrate.api.nvidia.com', 'nvidia'],
  ['api.sambanova.ai', 'sambanova'],
  ['api.siliconflow.cn', 'siliconflow'],
  ['api.siliconflow.com', 'siliconflow'],
  ['open.bigmodel.cn', 'zhipu'],
  ['api.z.ai', 'zhipu'],
  ['api.minimax.io', 'minimax'],
  ['api.minimaxi.com', 'minimax'],
  ['.volces.com', 'volcengine'],
  ['router.huggingface.co', 'huggingface'],
];

/** No server has a name of the application's. */
export const NO_NAMES: ProviderNames = Object.freeze({});
const NOWHERE: Endpoint = Object.freeze({ provider: 'unknown', address: undefined, port: undefined });
/** What was read of a client; good as long as its base URL and the names of servers stay the same. */
interface Known {
  readonly baseUrl: string;
  readonly names: ProviderNames;
  readonly endpoint: Endpoint;
}
const byClient = new WeakMap<object, Known>();

/**
 * Where the client behind a resource sends requests.
 * @param resource - an SDK resource; its `_client.baseURL` is read, nothing else of the client.
 * @param fallback - the provider when neither `names` nor the host say it, e.g. of a gateway.
 * @param names - what the application calls servers; goes before what the host says.
 */
export function endpointOf(resource: unknown, fallback: string, names: ProviderNames): Endpoint {
  const client = isRecord(resource) ? resource['_client'] : undefined;
  const baseUrl = isRecord(client) ? client['baseURL'] : undefined;
  return endpointAt(client, typeof baseUrl === 'string' ? baseUrl : undefined, fallback, names);
}

/**
 * The endpoint behind a base URL; `fallback` and `names` as above.
 * @param client - the object whose base URL it is; what was read is kept with it.
 */
export function endpointAt(
  client: unknown,
  baseUrl: string | undefined,
  fallback: string,
  names: ProviderNames,
): Endpoint {
  if (!isRecord(client) || baseUrl === undefined) return { ...NOWHERE, provider: fallback };
  const known = byClient.get(client);
  if (known?.baseUrl === baseUrl && known.names === names) return known.endpoint;
  const endpoint = readEndpoint(baseUrl, fallback, names);
  byClient.set(client, { baseUrl, names, endpoint });
  return endpoint;
}

/** The endpoint a URL names, of whatever client; `fallback` and `names` as above. */
export function readEndpoint(baseUrl: string, fallback: string, names: ProviderNames = NO_NAMES): Endpoint {
  if (!URL.canParse(baseUrl)) return { ...NOWHERE, provider: fallback };
  const url = new URL(baseUrl);
  const { hostname, port, protocol } = url;
  const byHost = PROVIDER_BY_HOST.find(([suffix]) => hostname.endsWith(suffix))?.[1];
  const standardPort = protocol === 'http:' ? 80 : 443;
  return {
    provider: providerAt(names, url) ?? byHost ?? fallback,
    address: hostname,
    port: port === '' ? standardPort : Number(port),
  };
}
