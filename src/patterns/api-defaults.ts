/** What a request to an API is when nobody says otherwise. */
export interface ApiDefault {
  /** `gen_ai.provider.name` */
  readonly provider: string;
  /** `gen_ai.operation.name` */
  readonly operation: string;
}

/** The provider each API is named after, by the first word of its name. */
const PROVIDERS: { readonly [word: string]: string } = {
  openai: 'openai',
  anthropic: 'anthropic',
  ollama: 'ollama',
  aws: 'aws.bedrock',
  google: 'gcp.gemini',
  mistral: 'mistral_ai',
  cohere: 'cohere',
};

/** Operations other than `chat`, by the end of the API's name. */
const OPERATIONS: { readonly [word: string]: string } = {
  embeddings: 'embeddings',
  embed: 'embeddings',
  embed_content: 'embeddings',
  completions: 'text_completion',
  generate: 'text_completion',
  fim: 'text_completion',
  generate_content: 'generate_content',
};

/**
 * Provider and operation of an API's requests, for requests that are not sent: tests of patterns and witnesses of lint.
 * @example apiDefault('ollama.embed') // { provider: 'ollama', operation: 'embeddings' }
 */
export function apiDefault(api: string): ApiDefault {
  const words = api.split('.');
  const [first = '', second] = words;
  const isChat = second === 'chat';
  return {
    provider: PROVIDERS[first] ?? first,
    operation: isChat ? 'chat' : (OPERATIONS[words.at(-1) ?? ''] ?? 'chat'),
  };
}
