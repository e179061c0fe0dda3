import type { SdkAdapter, SdkTarget } from './adapter.js';
import { betaMessages, messages } from './anthropic.js';
import { isRecord, record } from './shape.js';

/** A package with a client for Claude on another company's platform. */
interface Cloud {
  readonly id: string;
  readonly module: string;
  /** Name of the client's class. */
  readonly className: string;
  /** `gen_ai.provider.name`, which the client knows too. */
  readonly provider: string;
  /** Options that make a client without looking for credentials, opening a connection or writing a log. */
  readonly options: Readonly<Record<string, unknown>>;
}

type ClientClass = new (options: Cloud['options']) => unknown;

const quiet = { baseURL: 'http://127.0.0.1', logLevel: 'off' };

/** Claude on Amazon Bedrock through `@anthropic-ai/bedrock-sdk`. */
export const anthropicBedrock: SdkAdapter = cloudAdapter({
  id: 'anthropic-bedrock',
  module: '@anthropic-ai/bedrock-sdk',
  className: 'AnthropicBedrock',
  provider: 'aws.bedrock',
  options: { ...quiet, apiKey: 'none', awsRegion: 'none', skipAuth: true },
});

/** Claude on Vertex AI through `@anthropic-ai/vertex-sdk`. */
export const anthropicVertex: SdkAdapter = cloudAdapter({
  id: 'anthropic-vertex',
  module: '@anthropic-ai/vertex-sdk',
  className: 'AnthropicVertex',
  provider: 'gcp.vertex_ai',
  options: { ...quiet, region: 'none', projectId: 'none', authClient: {} },
});

/**
 * These packages load the resources of `@anthropic-ai/sdk` from its folders, past its entry, and export only their client.
 * So the class that has the method is read off a client made for nothing else.
 */
function cloudAdapter(cloud: Cloud): SdkAdapter {
  const inCloud = (target: SdkTarget): SdkTarget => ({
    ...target,
    name: target.name.replace('Anthropic', cloud.className),
    locate: (moduleExports) => resourceOf(cloud, moduleExports, target.clientPath),
  });
  return {
    id: cloud.id,
    module: cloud.module,
    tested: [['1.1.0', '2.0.0']],
    isClient: (client) => isRecord(client) && client['_genAIProviderName'] === cloud.provider,
    targets: [messages, betaMessages].map(inCloud),
  };
}

function resourceOf(cloud: Cloud, moduleExports: unknown, path: readonly string[]): unknown {
  const Client = Reflect.get(Object(moduleExports), cloud.className) as unknown;
  if (typeof Client !== 'function') return undefined;
  try {
    const client = new (Client as ClientClass)(cloud.options); // a version whose options differ throws, and is not patched
    const resource = path.reduce<unknown>((at, key) => record(at)[key], client);
    return isRecord(resource) ? Object.getPrototypeOf(resource) : undefined;
  } catch {
    return undefined;
  }
}
