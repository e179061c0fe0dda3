import {
  given,
  objectOr,
  objects,
  textOr,
  type Body,
  type Refusal,
  type Rule,
} from '../../../src/cli/demo/model-server/rule.js';
import { lacksJsonWord, refuse } from './compatible-parts.js';

/**
 * What DashScope insists on.
 * @see https://help.aliyun.com/zh/model-studio/use-qwen-by-calling-api
 */
export const DASHSCOPE_RULES: readonly Rule[] = [
  { id: 'thinking-streams', check: thinkingStreams },
  { id: 'ranges', check: dashscopeRanges },
  {
    id: 'json-word',
    check: (body) =>
      lacksJsonWord(body)
        ? refuse(
            "<400> InternalError.Algo.InvalidParameter: 'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
          )
        : undefined,
  },
  { id: 'json-thinking', check: jsonThinking },
];

/** Open models think unless told not to. */
function thinkingStreams({ model, enable_thinking: thinks, stream }: Body): Refusal | undefined {
  const byDefault = /^qwen3-\d+(\.\d+)?b(-a\d+b)?$/.test(textOr(model));
  if (stream === true || !(thinks === true || (byDefault && thinks !== false))) return undefined;
  return refuse('parameter.enable_thinking must be set to false for non-streaming calls');
}

function dashscopeRanges({
  model,
  temperature,
  top_p,
  n,
  presence_penalty,
  max_tokens,
}: Body): Refusal | undefined {
  if (typeof temperature === 'number' && (temperature < 0 || temperature >= 2))
    return refuse("'temperature' must be Float and in range [0.0, 2.0)");
  if (typeof top_p === 'number' && (top_p <= 0 || top_p > 1))
    return refuse('<400> InternalError.Algo.InvalidParameter: Range of top_p should be (0.0, 1.0]');
  if (typeof n === 'number' && (n < 1 || n > 4))
    return refuse('<400> InternalError.Algo.InvalidParameter: Range of n should be [1, 4]');
  if (typeof presence_penalty === 'number' && Math.abs(presence_penalty) > 2)
    return refuse(
      '<400> InternalError.Algo.InvalidParameter: Range of presence_penalty should be [-2.0, 2.0]',
    );
  const most = /^qwen-max(-latest)?$/.test(textOr(model)) ? 8192 : Infinity;
  if (typeof max_tokens !== 'number' || (max_tokens >= 1 && max_tokens <= most)) return undefined;
  return refuse(
    `<400> InternalError.Algo.InvalidParameter: Range of max_tokens should be [1, ${most === Infinity ? 8192 : most}]`,
  );
}

function jsonThinking({ enable_thinking, response_format }: Body): Refusal | undefined {
  return enable_thinking === true && objectOr(response_format)['type'] === 'json_object'
    ? refuse(
        '<400> InternalError.Algo.InvalidParameter: Json mode response is not supported when enable_thinking is true',
      )
    : undefined;
}

/**
 * What a server of vLLM insists on, whatever its model.
 * @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
 */
export const VLLM_RULES: readonly Rule[] = [
  { id: 'ranges', check: vllmRanges },
  {
    id: 'stream-options',
    check: ({ stream, stream_options }) =>
      given(stream_options) && stream !== true
        ? refuse('Stream options can only be defined when `stream=True`.')
        : undefined,
  },
  { id: 'tool-choice', check: vllmToolChoice },
  {
    id: 'top-logprobs',
    check: ({ logprobs, top_logprobs }) =>
      given(top_logprobs) && top_logprobs !== 0 && logprobs !== true
        ? refuse('when using `top_logprobs`, `logprobs` must be set to true.')
        : undefined,
  },
];

function vllmRanges({
  temperature,
  top_p,
  top_k,
  n,
  max_tokens,
  presence_penalty,
  frequency_penalty,
}: Body): Refusal | undefined {
  if (typeof temperature === 'number' && temperature < 0)
    return refuse(`temperature must be non-negative, got ${temperature}.`);
  if (typeof top_p === 'number' && (top_p <= 0 || top_p > 1))
    return refuse(`top_p must be in (0, 1], got ${top_p}.`);
  if (typeof top_k === 'number' && top_k < -1)
    return refuse(`top_k must be 0 (disable), or at least 1, got ${top_k}.`);
  if (typeof n === 'number' && n < 1) return refuse(`n must be at least 1, got ${n}.`);
  if (typeof max_tokens === 'number' && max_tokens < 1)
    return refuse(`max_tokens must be at least 1, got ${max_tokens}.`);
  const penalties = { presence_penalty, frequency_penalty };
  const far = Object.entries(penalties).find(([, value]) => typeof value === 'number' && Math.abs(value) > 2);
  return far && refuse(`${far[0]} must be in [-2, 2], got ${String(far[1])}.`);
}

function vllmToolChoice({ tools, tool_choice: choice }: Body): Refusal | undefined {
  if (!given(choice) || choice === 'none' || choice === 'auto') return undefined;
  if (objects(tools).length === 0) return refuse('When using `tool_choice`, `tools` must be set.');
  const name = objectOr(objectOr(choice)['function'])['name'];
  const isThere = objects(tools).some((tool) => objectOr(tool['function'])['name'] === name);
  return name === undefined || isThere
    ? undefined
    : refuse('The tool specified in `tool_choice` does not match any of the specified `tools`');
}
