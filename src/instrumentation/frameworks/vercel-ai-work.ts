import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../contract/names.js';
import { put, text, type UnknownRecord } from '../adapters/shape.js';
import type { Work } from './work.js';

/** The conventions' provider names, by the first part of those of the AI SDK (`openai.chat`). */
const PROVIDERS: Readonly<Record<string, string>> = {
  'amazon-bedrock': 'aws.bedrock',
  azure: 'azure.ai.openai',
  google: 'gcp.gemini',
  mistral: 'mistral_ai',
  vertex: 'gcp.vertex_ai',
  xai: 'x_ai',
};

/** A run of the AI SDK, named as its own OpenTelemetry integration names it: by `functionId`, or by the model. */
export function agentWork(told: UnknownRecord): Work {
  const [family = 'unknown'] = (text(told['provider']) ?? 'unknown').split('.');
  const model = text(told['modelId']);
  const name = text(told['functionId']);
  const attributes: Attributes = { [GEN_AI.providerName]: PROVIDERS[family] ?? family };
  put(attributes, GEN_AI.requestModel, model);
  return { kind: 'invoke_agent', name, title: name ?? model, attributes };
}
