import { OPENAI_CHAT_SHAPE } from './openai-chat-shape.js';
import { OPENAI_MESSAGE_RULES } from './openai-message-rules.js';
import { OPENAI_MODEL_RULES } from './openai-model-rules.js';
import { openaiRefusal } from './openai-refusal.js';
import { OPENAI_TOOL_RULES } from './openai-tool-rules.js';
import { openaiWording } from './openai-wording.js';
import { given, textOr, wellFormed, type Body, type Refusal, type Rule } from './rule.js';
import { faultOf } from './shape.js';

const PARAMETERS = new Set(
  (
    'audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens messages ' +
    'metadata modalities model moderation n parallel_tool_calls prediction presence_penalty prompt_cache_key ' +
    'prompt_cache_options prompt_cache_retention reasoning_effort response_format safety_identifier seed service_tier ' +
    'stop store stream stream_options temperature tool_choice tools top_logprobs top_p user verbosity web_search_options'
  ).split(' '),
);

/**
 * What `POST /v1/chat/completions` insists on. Wording as in public issue threads about each failure.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export const OPENAI_RULES: readonly Rule[] = [
  { id: 'well-formed', check: openaiWellFormed },
  { id: 'model-required', check: modelRequired },
  { id: 'unknown-parameter', check: unknownParameter },
  { id: 'types', check: types },
  ...OPENAI_MODEL_RULES,
  { id: 'stream-options', check: streamOptions },
  { id: 'top-logprobs', check: topLogprobs },
  ...OPENAI_TOOL_RULES,
  ...OPENAI_MESSAGE_RULES,
];

/** Half of a surrogate pair is no character, and no JSON parser on the other side takes it. */
export function openaiWellFormed(body: Body): Refusal | undefined {
  if (wellFormed(body)) return undefined;
  const message =
    'Invalid body: failed to parse JSON value. Please check the value to ensure it is valid JSON. (Common errors include ' +
    'trailing commas, missing closing brackets, missing quotation marks, etc.)';
  return openaiRefusal(message, null, null);
}

function modelRequired({ model }: Body): Refusal | undefined {
  return textOr(model) ? undefined : openaiRefusal('you must provide a model parameter', null, null);
}

function unknownParameter(body: Body): Refusal | undefined {
  const unknown = Object.keys(body)
    .filter((name) => !PARAMETERS.has(name))
    .sort();
  if (unknown.length === 0) return undefined;
  const noun = unknown.length === 1 ? 'argument' : 'arguments';
  return openaiRefusal(`Unrecognized request ${noun} supplied: ${unknown.join(', ')}`, null, null);
}

function types(body: Body): Refusal | undefined {
  const fault = faultOf(OPENAI_CHAT_SHAPE, body);
  return fault && openaiWording(fault);
}

function streamOptions({ stream, stream_options }: Body): Refusal | undefined {
  if (!given(stream_options) || stream === true) return undefined;
  const message = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
  return openaiRefusal(message, 'stream_options', null);
}

function topLogprobs({ logprobs, top_logprobs }: Body): Refusal | undefined {
  if (!given(top_logprobs) || top_logprobs === 0 || logprobs === true) return undefined;
  const message = "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.";
  return openaiRefusal(message, 'top_logprobs', null);
}
