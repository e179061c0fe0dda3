import type { Params, RequestView } from '../contract/request.js';
import { apiDefault } from './api-defaults.js';
import { KNOWN_APIS } from './fields.js';

/** Short names of providers, as logs and people have them. */
const PROVIDERS: { readonly [name: string]: string } = {
  azure: 'azure.ai.openai',
  bedrock: 'aws.bedrock',
  gemini: 'gcp.gemini',
  google: 'gcp.gemini',
  mistral: 'mistral_ai',
  moonshot: 'moonshot_ai',
  together: 'together_ai',
  vertex: 'gcp.vertex_ai',
  xai: 'x_ai',
};

/** Other names of APIs: those of the providers' own documentation. */
const APIS: { readonly [name: string]: string } = {
  'bedrock.converse': 'aws.bedrock.converse',
  'bedrock.invokeModel': 'aws.bedrock.invoke_model',
  'google.generateContent': 'google.generate_content',
  'google.embedContent': 'google.embed_content',
};

/** A request as logs keep it. */
export interface LoggedRequest {
  /** `gen_ai.provider.name`, or a short name: `azure`, `bedrock`, `google`, `mistral`, `moonshot`, `together`, `vertex`, `xai`. */
  readonly provider?: string;
  /** The provider's API, e.g. `openai.chat.completions`, `google.generateContent`. */
  readonly api: string;
  /** The parameters, as they are sent. */
  readonly body: Params;
}

/**
 * What patterns see of a logged request. No pattern is for an API Arc does not know, see {@link isKnownApi}.
 * @example viewOfLogged({ provider: 'azure', api: 'openai.chat.completions', body: { model: 'gpt-4o' } }).provider
 * // 'azure.ai.openai'
 */
export function viewOfLogged({ provider, api: named, body }: LoggedRequest): RequestView {
  const api = APIS[named] ?? named;
  const defaults = apiDefault(api);
  const model = body['model'] ?? body['modelId']; // Bedrock's name for it
  return {
    provider: provider === undefined ? defaults.provider : (PROVIDERS[provider] ?? provider),
    operation: defaults.operation,
    api,
    model: typeof model === 'string' ? model : undefined,
    params: body,
  };
}

/** Whether patterns can be written for an API, by its own name or that of the provider's documentation. */
export function isKnownApi(api: string): boolean {
  return KNOWN_APIS.includes(APIS[api] ?? api);
}
