const FUNCTION_NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** Whether OpenAI and most others take this as the name of a tool. */
export function isFunctionName(name: unknown): boolean {
  return typeof name === 'string' && FUNCTION_NAME.test(name);
}

/** Longest id of a tool call OpenAI takes, in characters. */
export const MAX_TOOL_CALL_ID = 40;

/** Longest `user`, `safety_identifier` and `prompt_cache_key` OpenAI takes, in characters. */
export const MAX_IDENTIFIER = 64;

/** Parameters that name the end user or the cache, and are limited in length. */
export const IDENTIFIERS: readonly string[] = ['user', 'safety_identifier', 'prompt_cache_key'];
