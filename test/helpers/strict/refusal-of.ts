import { ANTHROPIC_RULES } from '../../../src/cli/demo/model-server/anthropic-rules.js';
import { OPENAI_EMBEDDING_RULES } from '../../../src/cli/demo/model-server/openai-embeddings-rules.js';
import { OPENAI_RESPONSES_RULES } from '../../../src/cli/demo/model-server/openai-responses-rules.js';
import { OPENAI_RULES } from '../../../src/cli/demo/model-server/openai-rules.js';
import { firstRefusal, type Body, type Refusal, type Rule } from '../../../src/cli/demo/model-server/rule.js';
import { viewOfLogged } from '../../../src/patterns/request-names.js';
import { BEDROCK_RULES } from './bedrock-rules.js';
import { COMPATIBLE_RULES } from './compatible-rules.js';
import { asRest } from './google-body.js';
import { googleRules } from './google-rules.js';
import { asWire, MISTRAL_RULES } from './mistral-rules.js';
import { OLLAMA_RULES } from './ollama-rules.js';

/** A request as a log has it. */
export interface StrictRequest {
  readonly provider?: string;
  readonly api: string;
  readonly body: Body;
}

/**
 * What a provider refuses a request with, or undefined when its documentation has nothing against it. Where that leaves
 * something open, the request is taken. The demo's model server answers by the same tables.
 * @example refusalOf({ api: 'openai.chat.completions', body: { model: 'gpt-4o', messages: [] } })?.status // 400
 */
export function refusalOf(request: StrictRequest): Refusal | undefined {
  const { api, provider } = viewOfLogged(request);
  const { body } = request;
  switch (api) {
    case 'openai.chat.completions':
      return chat(provider, body);
    case 'openai.responses':
      return firstRefusal(OPENAI_RESPONSES_RULES, body);
    case 'openai.embeddings':
      return provider.includes('openai') ? firstRefusal(OPENAI_EMBEDDING_RULES, body) : undefined;
    case 'anthropic.messages':
      return firstRefusal(ANTHROPIC_RULES, body);
    case 'aws.bedrock.converse':
      return firstRefusal(BEDROCK_RULES, body);
    case 'aws.bedrock.invoke_model':
      return invoke(body);
    case 'google.generate_content':
      return firstRefusal(googleRules(provider), asRest(body));
    case 'mistral.chat':
      return firstRefusal(MISTRAL_RULES, asWire(body));
    case 'ollama.chat':
      return firstRefusal(OLLAMA_RULES, body);
    default:
      return undefined;
  }
}

/** Chat completions, which many providers serve, each in its own way. */
function chat(provider: string, body: Body): Refusal | undefined {
  if (provider === 'openai') return firstRefusal(OPENAI_RULES, body);
  if (provider === 'azure.ai.openai') {
    const { data_sources: _own, ...rest } = body;
    return firstRefusal(OPENAI_RULES, rest);
  }
  const rules: readonly Rule[] =
    provider === 'mistral_ai' ? MISTRAL_RULES : (COMPATIBLE_RULES[provider] ?? []);
  return firstRefusal(rules, body);
}

/** Claude's form is that of its own API; the other families' forms are not looked at. */
function invoke({ modelId, model, ...body }: Body): Refusal | undefined {
  if (body['anthropic_version'] === undefined) return undefined;
  return firstRefusal(ANTHROPIC_RULES, { ...body, model: modelId ?? model });
}
