import { ANTHROPIC_MESSAGES, BEDROCK_CONVERSE, OPENAI_CHAT } from './conversation.js';
import { GOOGLE_EMBED, GOOGLE_GENERATE } from './google-request.js';

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
  // MessageCreateParamsBase of @anthropic-ai/sdk 1.11 and that of its beta; the first no longer types temperature, top_k
  // and top_p, which models up to Claude 4.6 take
  [ANTHROPIC_MESSAGES]: names(`
    betas billing_policy cache_control compaction container context_management diagnostics fallback_credit_token fallbacks
    inference_geo max_tokens mcp_servers messages metadata model output_config output_format service_tier speed
    stop_sequences stream system temperature thinking thread tool_choice tools top_k top_p user_profile_id workspace_id`),
  // ResponseCreateParamsBase of openai 7.55
  'openai.responses': names(`
    access_programs background context_management conversation include input instructions max_output_tokens max_tool_calls
    metadata model moderation parallel_tool_calls previous_response_id prompt prompt_cache_key prompt_cache_options
    prompt_cache_retention reasoning safety_identifier service_tier store stream stream_options temperature text
    tool_choice tools top_logprobs top_p truncation user`),
  // EmbeddingCreateParams of openai 7.55
  'openai.embeddings': names('dimensions encoding_format input model user'),
  // CompletionCreateParamsBase of openai 7.55
  'openai.completions': names(`
    best_of echo frequency_penalty logit_bias logprobs max_tokens model n presence_penalty prompt seed stop stream
    stream_options suffix temperature top_p user`),
  // CompletionCreateParamsBase of @anthropic-ai/sdk 0.137
  'anthropic.completions': names(`
    betas max_tokens_to_sample metadata model prompt stop_sequences stream temperature top_k top_p workspace_id`),
  // ChatRequest of ollama 0.6
  'ollama.chat': names('format keep_alive logprobs messages model options stream think tools top_logprobs'),
  // GenerateRequest of ollama 0.6
  'ollama.generate': names(`
    context format height images keep_alive logprobs model options prompt raw steps stream suffix system template think
    top_logprobs width`),
  // EmbedRequest of ollama 0.6
  'ollama.embed': names('dimensions input keep_alive model options truncate'),
  // ConverseRequest of @aws-sdk/client-bedrock-runtime 3.1163
  [BEDROCK_CONVERSE]: names(`
    additionalModelRequestFields additionalModelResponseFieldPaths guardrailConfig inferenceConfig messages modelId
    outputConfig performanceConfig promptVariables requestMetadata serviceTier system toolConfig`),
  // The bodies of Nova, Titan, Llama, Mistral, Cohere and AI21 in the user guide of Amazon Bedrock; Claude's are those of
  // anthropic.messages
  'aws.bedrock.invoke_model': names(`
    chat_history dimensions documents embeddingTypes embedding_types frequency_penalty inferenceConfig inputText input_type
    k max_completion_tokens max_gen_len max_tokens message messages model n normalize num_generations p preamble
    presence_penalty prompt return_likelihoods schemaVersion seed stop stop_sequences stream system temperature
    textGenerationConfig texts toolConfig tool_choice tools top_k top_p truncate`),
  // GenerateContentParameters of @google/genai 3.1, and GenerateContentRequest of the REST API; a path into
  // `generationConfig` also means the SDK's `config`, and every name its form in snake case
  [GOOGLE_GENERATE]: names(`
    cachedContent config contents generationConfig labels model safetySettings serviceTier store systemInstruction toolConfig
    tools`),
  // EmbedContentParametersPrivate of @google/genai 3.1, and EmbedContentRequest of the REST API
  [GOOGLE_EMBED]: names(`
    autoTruncate config content contents embeddingApiType model outputDimensionality taskType title`),
  // ChatCompletionRequest of @mistralai/mistralai 2.7
  'mistral.chat': names(`
    frequencyPenalty guardrails maxTokens messages metadata model n parallelToolCalls prediction presencePenalty
    promptCacheKey promptMode randomSeed reasoningEffort responseFormat safePrompt serviceTier stop stream temperature
    toolChoice tools topP`),
  // AgentsCompletionRequest of @mistralai/mistralai 2.7
  'mistral.agents': names(`
    agentId frequencyPenalty guardrails maxTokens messages metadata n parallelToolCalls prediction presencePenalty
    promptCacheKey promptMode randomSeed reasoningEffort responseFormat serviceTier stop stream toolChoice tools`),
  // FIMCompletionRequest of @mistralai/mistralai 2.7
  'mistral.fim': names(`
    maxTokens metadata minTokens model prompt promptCacheKey randomSeed stop stream suffix temperature topP`),
  // EmbeddingRequest of @mistralai/mistralai 2.7
  'mistral.embeddings': names('encodingFormat inputs metadata model outputDimension outputDtype'),
  // V2ChatRequest of cohere-ai 8.1
  'cohere.chat': names(`
    citationOptions documents frequencyPenalty k logprobs maxTokens messages model p presencePenalty priority
    responseFormat safetyMode seed stopSequences strictTools temperature thinking toolChoice tools`),
  // ChatRequest of cohere-ai 8.1
  'cohere.v1.chat': names(`
    accepts chatHistory citationQuality connectors conversationId documents forceSingleStep frequencyPenalty k
    maxInputTokens maxTokens message model p preamble presencePenalty promptTruncation rawPrompting responseFormat
    safetyMode searchQueriesOnly seed stopSequences temperature toolResults tools`),
  // V2EmbedRequest of cohere-ai 8.1
  'cohere.embed': names(`
    embeddingTypes images inputType inputs maxTokens model outputDimension priority texts truncate`),
};
