import type { Params } from '../../contract/request.js';

/** Parameters of other APIs that have a counterpart at Anthropic, and its name. */
export const COUNTERPARTS: { readonly [name: string]: string } = {
  max_completion_tokens: 'max_tokens',
  max_output_tokens: 'max_tokens',
  max_new_tokens: 'max_tokens',
  max_tokens_to_sample: 'max_tokens',
  maxTokens: 'max_tokens',
  maxOutputTokens: 'max_tokens',
  stop: 'stop_sequences',
  stopSequences: 'stop_sequences',
  topP: 'top_p',
  topK: 'top_k',
  toolChoice: 'tool_choice',
  functions: 'tools',
  function_call: 'tool_choice',
  system_prompt: 'system',
  systemPrompt: 'system',
  user: 'metadata',
  reasoning_effort: 'output_config',
  parallel_tool_calls: 'tool_choice',
};

/** Parameters of other APIs that have none: hints for sampling, logging and routing, without which the answer is the same kind. */
const WITHOUT: readonly string[] = `
  best_of cache_prompt chat_template_kwargs custom_llm_provider echo enable_thinking extra_body frequency_penalty
  frequencyPenalty ignore_eos include_reasoning keep_alive length_penalty logit_bias logprobs min_p min_tokens modalities n
  num_ctx num_predict num_return_sequences parallelToolCalls prediction presence_penalty presencePenalty
  prompt_cache_key prompt_cache_retention provider random_seed reasoning reasoning_format reasoning_split repeat_penalty
  repetition_penalty safe_prompt safety_identifier seed skip_special_tokens store stream_options strict top_a top_logprobs
  transforms truncation typical_p usage use_beam_search verbosity`
  .split(/\s+/)
  .filter(Boolean);

/** Parameters Anthropic refuses and that may go. */
export const FOREIGN_PARAMETERS: ReadonlySet<string> = new Set([...Object.keys(COUNTERPARTS), ...WITHOUT]);

/** Whether a request has a parameter of another API. */
export function hasForeignParameter(params: Params): boolean {
  for (const key of Object.keys(params)) {
    if (FOREIGN_PARAMETERS.has(key) && params[key] !== undefined) return true;
  }
  return false;
}
