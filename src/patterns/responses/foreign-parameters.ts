/** Parameters as one text, separated by blanks. */
function names(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean);
}

/**
 * Parameters of chat completions, of other servers and of libraries that the Responses API refuses as unknown, and without
 * which the answer is still the one asked for. Named one by one: a name that is missing may be new.
 */
const FOREIGN: ReadonlySet<string> = new Set(
  names(`
  seed logit_bias presence_penalty frequency_penalty prediction best_of echo suffix
  top_k top_a min_p typical_p tfs_z repetition_penalty repeat_penalty repeat_last_n length_penalty no_repeat_ngram_size
  mirostat mirostat_mode mirostat_tau mirostat_eta do_sample num_beams early_stopping use_beam_search min_tokens
  diversity_penalty ignore_eos stop_token_ids skip_special_tokens spaces_between_special_tokens add_generation_prompt
  continue_final_message chat_template chat_template_kwargs guided_json guided_regex guided_choice guided_grammar
  guided_decoding_backend num_ctx num_keep num_gpu num_thread keep_alive
  thinking thinking_budget enable_thinking include_reasoning reasoning_format reasoning_split
  topK topA minP repetitionPenalty frequencyPenalty presencePenalty logitBias
  safe_prompt prompt_mode random_seed safety_settings generation_config
  transforms route provider provider_options providerOptions models plugins usage cache_control caching
  custom_llm_provider drop_params num_retries max_retries request_timeout timeout api_base api_version extra_body
  model_kwargs additional_kwargs callbacks verbose tags session_id thread_id conversation_id message_id
  user_id trace_id request_id`),
);

/** Whether the Responses API refuses a parameter as unknown that can go without a loss. */
export function isForeignParameter(name: string): boolean {
  return FOREIGN.has(name);
}
