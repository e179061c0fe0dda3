import { type Case, testLessons } from './lessons.js';

/** One rule in the words of servers that speak another provider's API. */
const cases: readonly Case[] = [
  {
    provider: 'xai',
    params: { presence_penalty: 1 },
    message: 'Argument not supported on this model: presencePenalty',
    repaired: {},
  },
  {
    provider: 'vllm',
    params: { top_p: 0 },
    message: 'top_p must be in (0, 1], got 0.',
    repaired: { top_p: 0.01 },
  },
  {
    provider: 'vllm',
    params: { max_tokens: 8_192 },
    message:
      "'max_tokens' or 'max_completion_tokens' is too large: 8192. This model's maximum context length is 8192 tokens and your request has 345 input tokens (8192 > 8192 - 345).",
    repaired: { max_tokens: 7_847 },
  },
  {
    provider: 'groq',
    params: { reasoning_effort: 'low' },
    message: 'reasoning_effort must be one of `none` or `default`',
    repaired: { reasoning_effort: 'default' },
  },
  {
    provider: 'cohere',
    params: { temperature: 1.4 },
    message: 'invalid request: temperature must be between 0 and 1 inclusive',
    repaired: { temperature: 1 },
  },
  {
    provider: 'together',
    params: { max_tokens: 4_096 },
    message:
      'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8192. Given: 7000 `inputs` tokens and 4096 `max_new_tokens`',
    repaired: { max_tokens: 1_192 },
  },
  {
    provider: 'dashscope',
    params: { temperature: 2 },
    message: '<400> InternalError.Algo.InvalidParameter: Temperature should be in [0.0, 2.0)',
    repaired: { temperature: 1.99 },
  },
  {
    provider: 'dashscope',
    params: { tools: [{}], tool_choice: 'required', enable_thinking: true },
    message: 'The tool_choice parameter does not support being set to required or object in thinking mode',
    repaired: { tools: [{}], enable_thinking: true },
  },
  {
    provider: 'moonshot',
    params: { temperature: 0.3 },
    message: 'invalid temperature: only 1 is allowed for this model',
    repaired: { temperature: 1 },
  },
  {
    provider: 'fireworks',
    params: { max_tokens: 9_000 },
    message: 'Requests with max_tokens > 4096 must have stream=true',
    repaired: { max_tokens: 4_096 },
  },
  {
    provider: 'litellm',
    params: { top_k: 1 },
    message:
      "litellm.UnsupportedParamsError: openai does not support parameters: ['top_k'], for model=house-1. To drop these, set `litellm.drop_params=True`",
    repaired: {},
  },
  {
    provider: 'ollama',
    api: 'ollama.chat',
    params: { think: true },
    message: '"house-1" does not support thinking',
    repaired: {},
  },
  {
    provider: 'zhipu',
    params: { top_p: 1.5 },
    message: 'top_p参数非法。请检查 [0, 1] in range',
    repaired: { top_p: 1 },
  },
  {
    provider: 'lmstudio',
    params: { messages: [{ role: 'user', content: 'Hi', refusal: null }] },
    message: "Extra inputs are not permitted, field: 'messages[0].refusal', value: None",
    repaired: { messages: [{ role: 'user', content: 'Hi' }] },
  },
  {
    provider: 'copilot',
    api: 'anthropic.messages',
    params: { max_tokens: 5, output_config: { effort: 'low' } },
    message: 'Provider returned 400: invalid_request_error: output_config: Extra inputs are not permitted',
    repaired: { max_tokens: 5 },
  },
  {
    params: { tools: [{ type: 'function', function: { name: 'f' } }], reasoning_effort: 'low' },
    message:
      'Function tools with reasoning_effort are not supported for house-1 in /v1/chat/completions. Please use /v1/responses instead.',
    repaired: undefined,
  },
  {
    provider: 'ollama',
    params: { tools: [{ type: 'function', function: { name: 'f' } }] },
    message: 'registry.ollama.ai/library/house-1 does not support tools',
    repaired: undefined,
  },
  {
    provider: 'ollama',
    params: { tools: [{ type: 'function', function: { name: 'f' } }], tool_choice: 'auto' },
    message: 'registry.ollama.ai/library/house-1 does not support tools',
    repaired: {},
    settings: { lossy: true },
  },
];

testLessons(cases);
