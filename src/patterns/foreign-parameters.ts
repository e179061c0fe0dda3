import { FORBIDDEN_FIELDS } from '../contract/fix.js';

/** Parameters as one text, separated by blanks. */
function names(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** What OpenAI calls the parameters other APIs and SDKs have for the same thing. */
export const OPENAI_NAMES: { readonly [foreign: string]: string } = {
  maxTokens: 'max_tokens',
  max_new_tokens: 'max_tokens',
  max_tokens_to_sample: 'max_tokens',
  max_output_tokens: 'max_tokens',
  maxOutputTokens: 'max_tokens',
  max_gen_len: 'max_tokens',
  num_predict: 'max_tokens',
  n_predict: 'max_tokens',
  maxCompletionTokens: 'max_completion_tokens',
  topP: 'top_p',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
  logitBias: 'logit_bias',
  topLogprobs: 'top_logprobs',
  stop_sequences: 'stop',
  stopSequences: 'stop',
  stop_words: 'stop',
  random_seed: 'seed',
  randomSeed: 'seed',
  num_return_sequences: 'n',
  candidate_count: 'n',
  candidateCount: 'n',
  responseFormat: 'response_format',
  toolChoice: 'tool_choice',
  parallelToolCalls: 'parallel_tool_calls',
  reasoningEffort: 'reasoning_effort',
};

/**
 * Parameters of other servers, gateways and libraries that OpenAI's chat completions and embeddings refuse as unknown, and
 * that have no counterpart there. Named one by one: a name that is missing may be new.
 */
const NO_COUNTERPART: readonly string[] = names(`
  topK topA minP typicalP repetitionPenalty lengthPenalty numCtx keepAlive safePrompt promptMode
  streaming streamOptions maxRetries systemPrompt apiVersion enableThinking thinkingBudget includeThoughts
  top_k top_a min_p typical typical_p tfs tfs_z epsilon_cutoff eta_cutoff dynatemp_range dynatemp_exponent xtc_probability
  xtc_threshold smoothing_factor repetition_penalty repeat_penalty repeat_last_n length_penalty no_repeat_ngram_size
  encoder_repetition_penalty penalty_alpha penalize_newline dry_multiplier dry_base dry_allowed_length
  mirostat mirostat_mode mirostat_tau mirostat_eta do_sample num_beams early_stopping use_beam_search
  best_of diversity_penalty min_length max_length min_tokens min_new_tokens max_model_len max_input_tokens max_context_length
  max_context_tokens context_length num_ctx n_ctx num_keep n_keep num_batch num_gpu num_thread num_predict_tokens
  truncate truncate_prompt_tokens truncation prompt_truncation ignore_eos stop_token_ids include_stop_str_in_output
  skip_special_tokens spaces_between_special_tokens add_generation_prompt continue_final_message add_special_tokens
  chat_template chat_template_kwargs documents guided_json guided_regex guided_choice guided_grammar
  guided_decoding_backend guided_whitespace_pattern structured_outputs grammar json_schema regex ebnf
  prompt_logprobs return_tokens_as_token_ids return_token_ids priority_level echo details return_full_text watermark
  decoder_input_details adapter_id adapter_source lora_path cache_prompt id_slot slot_id samplers
  enable_thinking thinking_budget thinking thinking_config reasoning_format include_reasoning reasoning_split
  preserve_thinking thinking_mode think output_config effort_level
  enable_search search_options search_parameters search_domain_filter search_recency_filter search_mode search_context_size
  return_images return_citations return_related_questions return_search_results disable_search web_search_enabled
  citation_options citations connectors
  safe_prompt prompt_mode safety_settings safetySettings generation_config generationConfig system_instruction
  systemInstruction safety_mode
  transforms route provider provider_options providerOptions models plugins usage_include include_usage usage
  cache_control caching cache ttl custom_llm_provider litellm_params litellm_metadata litellm_call_id
  litellm_logging_obj drop_params num_retries max_retries retry_policy fallbacks context_window_fallback_dict
  mock_response request_timeout timeout api_base api_version api_type deployment_id engine model_name model_kwargs
  model_type model_id callbacks verbose tags extra_body additional_params additional_kwargs default_headers
  keep_alive options format raw template images
  mcp_servers container anthropic_version anthropic_beta betas context_management
  include_output include background previous_message_id
  conversation_id conversationId session_id sessionId chat_id chatId thread_id threadId message_id parent_id
  parentMessageId user_id userId trace_id request_id requestId client_id
  input_type task normalize embedding_type embedding_types output_dtype output_dimension late_chunking truncate_dim
  stream_usage web_search web_search_enabled search prompt_id prompt_template function_calling file_ids attachments
  history tool_config tool_resources toolConfig inference_config max_time max_turns max_steps max_tool_calls
  presencePenaltyWeight num_completions stop_token suffix penalty prefix`);

const FOREIGN: ReadonlySet<string> = new Set([...Object.keys(OPENAI_NAMES), ...NO_COUNTERPART]);

/** Parameters written so that OpenAI or Azure take, or that no fix may touch. */
const CLOSED_OR_KNOWN: ReadonlySet<string> = new Set(['dataSources', ...FORBIDDEN_FIELDS]);

/**
 * Whether a parameter is one of another API, which OpenAI refuses as unknown: one that is known as such, or one written as
 * OpenAI writes none, in camel case, with a dash or an underscore in front.
 */
export function isForeignParameter(name: string): boolean {
  return FOREIGN.has(name) || (/^_|^[a-z][a-z\d]*(?:[A-Z]|-)/.test(name) && !CLOSED_OR_KNOWN.has(name));
}

/** Instructions beside the messages, as other APIs have them: OpenAI's chat completions take them as a message. */
export const INSTRUCTION_PARAMETERS: readonly string[] = [
  'system',
  'instructions',
  'system_prompt',
  'preamble',
];
