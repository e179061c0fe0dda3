import { ANTHROPIC_MESSAGES, OPENAI_CHAT } from './conversation.js';

/** Parameters as one text, separated by blanks. */
function names(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** Request parameters by API, from the types of the newest tested SDK release; the comment names the type. */
export const API_PARAMETERS: { readonly [api: string]: readonly string[] } = {
  // ChatCompletionCreateParamsBase of openai 7.55
  [OPENAI_CHAT]: names(`
    audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens messages metadata
    modalities model moderation n parallel_tool_calls prediction presence_penalty prompt_cache_key prompt_cache_options
    prompt_cache_retention reasoning_effort response_format safety_identifier seed service_tier stop store stream
    stream_options temperature tool_choice tools top_logprobs top_p user verbosity web_search_options`),
  // MessageCreateParamsBase of @anthropic-ai/sdk 1.11; it no longer types temperature, top_k and top_p, which models up to
  // Claude 4.6 take
  [ANTHROPIC_MESSAGES]: names(`
    cache_control container diagnostics inference_geo max_tokens messages metadata model output_config service_tier speed
    stop_sequences stream system temperature thinking tool_choice tools top_k top_p user_profile_id workspace_id`),
};
