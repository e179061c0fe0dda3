import type { ProviderNames } from '../../contract/provider-names.js';
import type { Endpoint } from './adapter.js';
import { endpointOf, NO_NAMES } from './endpoint.js';
import { isRecord } from './shape.js';

/**
 * Where an `openai` client sends requests. `AzureOpenAI` is told by its shape: behind a gateway its host says nothing, and
 * the model still names the deployment in its URLs, which no repair may change. So it keeps its name whatever its server
 * is called.
 */
export function openaiEndpoint(resource: unknown, names: ProviderNames): Endpoint {
  const client = isRecord(resource) ? resource['_client'] : undefined;
  const isAzure = isRecord(client) && typeof client['apiVersion'] === 'string' && 'deploymentName' in client;
  return isAzure ? endpointOf(resource, 'azure.ai.openai', NO_NAMES) : endpointOf(resource, 'openai', names);
}
