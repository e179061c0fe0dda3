import type { Endpoint } from './adapter.js';
import { isRecord } from './shape.js';

/** Hosts whose provider name the GenAI conventions fix; matched on the end of the host name. */
const PROVIDER_BY_HOST: readonly (readonly [suffix: string, provider: string])[] = [
  ['.openai.azure.com', 'azure.ai.openai'],
  ['.cognitiveservices.azure.com', 'azure.ai.openai'],
  ['.services.ai.azure.com', 'azure.ai.inference'],
  ['api.openai.com', 'openai'],
  ['api.anthropic.com', 'anthropic'],
  ['api.deepseek.com', 'deepseek'],
  ['api.groq.com', 'groq'],
  ['api.mistral.ai', 'mistral_ai'],
  ['api.perplexity.ai', 'perplexity'],
  ['api.x.ai', 'x_ai'],
  ['generativelanguage.googleapis.com', 'gcp.gemini'],
];

const NOWHERE: Endpoint = Object.freeze({ provider: 'unknown', address: undefined, port: undefined });
/** What was read of a client; good as long as its base URL stays the same. */
interface Known {
  readonly baseUrl: string;
  readonly endpoint: Endpoint;
}
const byClient = new WeakMap<object, Known>();

/**
 * Where the client behind a resource sends requests.
 * @param resource - an SDK resource; its `_client.baseURL` is read, nothing else of the client.
 * @param fallback - the provider when the host names none, e.g. a gateway or a server of one's own.
 */
export function endpointOf(resource: unknown, fallback: string): Endpoint {
  const client = isRecord(resource) ? resource['_client'] : undefined;
  const baseUrl = isRecord(client) ? client['baseURL'] : undefined;
  return endpointAt(client, typeof baseUrl === 'string' ? baseUrl : undefined, fallback);
}

/**
 * The endpoint behind a base URL.
 * @param client - the object whose base URL it is; what was read is kept with it.
 * @param fallback - the provider when the host names none.
 */
export function endpointAt(client: unknown, baseUrl: string | undefined, fallback: string): Endpoint {
  if (!isRecord(client) || baseUrl === undefined) return { ...NOWHERE, provider: fallback };
  const known = byClient.get(client);
  if (known?.baseUrl === baseUrl) return known.endpoint;
  const endpoint = readEndpoint(baseUrl, fallback);
  byClient.set(client, { baseUrl, endpoint });
  return endpoint;
}

/** The endpoint a URL names, of whatever client. @param fallback - the provider when the host names none. */
export function readEndpoint(baseUrl: string, fallback: string): Endpoint {
  if (!URL.canParse(baseUrl)) return { ...NOWHERE, provider: fallback };
  const { hostname, port, protocol } = new URL(baseUrl);
  const provider = PROVIDER_BY_HOST.find(([suffix]) => hostname.endsWith(suffix))?.[1] ?? fallback;
  const standardPort = protocol === 'http:' ? 80 : 443;
  return { provider, address: hostname, port: port === '' ? standardPort : Number(port) };
}
