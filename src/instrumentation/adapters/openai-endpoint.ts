import type { Endpoint } from './adapter.js';
import { endpointOf } from './endpoint.js';
import { isRecord } from './shape.js';

/**
 * Where an `openai` client sends requests. `AzureOpenAI` is told by its shape too: behind a gateway its host says
 * nothing, and the model still names the deployment in its URLs, which no repair may change.
 */
export function openaiEndpoint(resource: unknown): Endpoint {
  const client = isRecord(resource) ? resource['_client'] : undefined;
  const isAzure = isRecord(client) && typeof client['apiVersion'] === 'string' && 'deploymentName' in client;
  return endpointOf(resource, isAzure ? 'azure.ai.openai' : 'openai');
}
