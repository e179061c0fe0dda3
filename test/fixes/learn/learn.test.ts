import test from 'ava';
import { learnFromRefusal } from '../../../src/testing.js';
import { type Case, messages, testLessons } from './lessons.js';

const cases: readonly Case[] = [
  {
    params: { max_tokens: 90 },
    message:
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    repaired: { max_completion_tokens: 90 },
  },
  {
    api: 'openai.responses',
    params: { reasoning_effort: 'low' },
    message:
      "Unsupported parameter: 'reasoning_effort'. In the Responses API, this parameter has moved to 'reasoning.effort'.",
    repaired: { reasoning: { effort: 'low' } },
  },
  {
    params: { temperature: 0.2, max_tokens: 9 },
    message:
      "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
    repaired: { max_completion_tokens: 9 },
  },
  {
    params: { top_k: 3, min_p: 0.1, seed: 1 },
    message: 'Unrecognized request arguments supplied: min_p, top_k',
    repaired: { seed: 1 },
  },
  {
    provider: 'groq',
    params: { logprobs: false, seed: 4 },
    message: "property 'logprobs' is unsupported, did you mean 'stop'?",
    repaired: { seed: 4 },
  },
  {
    provider: 'nvidia',
    params: { prompt_cache_key: 'main' },
    message:
      "Error code: 400 - {'error': \"[{'type': 'extra_forbidden', 'loc': ('body', 'prompt_cache_key'), 'msg': 'Extra inputs are not permitted', 'input': 'main'}]\"}",
    repaired: {},
  },
  {
    provider: 'mistral',
    status: 422,
    params: { prompt_cache_key: 'a', verbosity: 'low', top_p: 0.5 },
    message:
      '{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","prompt_cache_key"],"msg":"Extra inputs are not permitted"},{"type":"extra_forbidden","loc":["body","verbosity"],"msg":"Extra inputs are not permitted"}]}}',
    repaired: { top_p: 0.5 },
  },
  {
    provider: 'openrouter',
    params: { top_k: 5, temperature: 0.1 },
    message:
      '{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\\"error\\":{\\"message\\":\\"Unknown parameter: \'top_k\'.\\",\\"param\\":\\"top_k\\"}}"}}}',
    repaired: { temperature: 0.1 },
  },
  {
    params: { max_tokens: 9_000, n: 1 },
    message:
      'max_tokens is too large: 9000. This model supports at most 4096 completion tokens, whereas you provided 9000.',
    repaired: { max_tokens: 4_096, n: 1 },
  },
  {
    provider: 'deepseek',
    params: { max_tokens: 99_999 },
    message: 'Invalid max_tokens value, the valid range of max_tokens is [1, 8192]',
    repaired: { max_tokens: 8_192 },
  },
  {
    provider: 'groq',
    params: { max_completion_tokens: 50_000 },
    message:
      '`max_completion_tokens` must be less than or equal to `40960`, the maximum value for `max_completion_tokens` is less than the `context_window` for this model',
    repaired: { max_completion_tokens: 40_960 },
  },
  {
    provider: 'dashscope',
    params: { max_tokens: 20_000 },
    message: '<400> InternalError.Algo.InvalidParameter: Range of max_tokens should be [1, 16384]',
    repaired: { max_tokens: 16_384 },
  },
  {
    params: { temperature: 2.5 },
    message:
      "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 2.5 instead.",
    repaired: { temperature: 2 },
  },
  {
    params: { presence_penalty: -3 },
    message: "-3 is less than the minimum of -2 - 'presence_penalty'",
    repaired: { presence_penalty: -2 },
  },
  {
    provider: 'vllm',
    params: { max_tokens: -1 },
    message: 'max_tokens must be at least 1, got -1.',
    repaired: {},
  },
  {
    provider: 'anthropic',
    api: 'anthropic.messages',
    params: { max_tokens: 90_000, stream: true },
    message:
      '{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: 90000 > 64000, which is the maximum allowed number of output tokens for house-1"}}',
    repaired: { max_tokens: 64_000, stream: true },
  },
  {
    provider: 'anthropic',
    api: 'anthropic.messages',
    params: { max_tokens: 9, temperature: 1.5 },
    message: 'temperature: range: 0..1',
    repaired: { max_tokens: 9, temperature: 1 },
  },
  {
    provider: 'anthropic',
    api: 'anthropic.messages',
    params: { max_tokens: 9, temperature: 0.4, top_p: 0.8 },
    message: '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
    repaired: { max_tokens: 9, temperature: 0.4 },
  },
  {
    provider: 'anthropic',
    api: 'anthropic.messages',
    params: {},
    message: 'max_tokens: Field required',
    repaired: { max_tokens: 4_096 },
  },
  {
    provider: 'anthropic',
    api: 'anthropic.messages',
    params: { max_tokens: 9, temperature: 0.4, top_k: 8 },
    message: '`temperature` is deprecated for this model.',
    repaired: { max_tokens: 9 },
  },
  {
    provider: 'anthropic',
    api: 'anthropic.messages',
    params: { max_tokens: 9, seed: 1, n: 1 },
    message: 'seed: Extra inputs are not permitted',
    repaired: { max_tokens: 9 },
  },
  {
    params: { reasoning_effort: 'minimal' },
    message:
      "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'low', 'medium', and 'high'.",
    repaired: { reasoning_effort: 'low' },
  },
  {
    provider: 'xai',
    params: { reasoning_effort: 'none' },
    message: "reasoning_effort 'none' is not supported on house-1; supported values: low, medium, high",
    repaired: { reasoning_effort: 'low' },
  },
  {
    provider: 'xai',
    params: { reasoning_effort: 'low' },
    message: 'Model house-1 does not support parameter reasoningEffort.',
    repaired: {},
  },
  {
    params: { metadata: { team: 'a' } },
    message: "The 'metadata' parameter is only allowed when 'store' is enabled.",
    repaired: {},
  },
  {
    params: { parallel_tool_calls: true },
    message:
      "Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when 'tools' are specified.",
    repaired: {},
  },
  {
    params: { max_tokens: 12.5 },
    message: "12.5 is not of type 'integer' - 'max_tokens'",
    repaired: { max_tokens: 12 },
  },
  {
    params: { temperature: '0.5' },
    message: "Invalid type for 'temperature': expected a decimal, but got a string instead.",
    repaired: { temperature: 0.5 },
  },
  {
    params: { tools: [] },
    message:
      "Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty array instead.",
    repaired: {},
  },
  {
    params: { response_format: { type: 'json_object' }, messages },
    message:
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    repaired: {
      response_format: { type: 'json_object' },
      messages: [{ role: 'system', content: 'Answer in JSON.' }, ...messages],
    },
  },
  {
    provider: 'dashscope',
    params: { stream: false },
    message: 'parameter.enable_thinking must be set to false for non-streaming calls',
    repaired: { stream: false, enable_thinking: false },
  },
  {
    provider: 'groq',
    params: { messages: [{ role: 'user', content: 'Hi', timestamp: 7 }] },
    message:
      "'messages.0' : for 'role:user' the following must be satisfied[('messages.0' : property 'timestamp' is unsupported)]",
    repaired: { messages: [{ role: 'user', content: 'Hi' }] },
  },
  {
    provider: 'lmstudio',
    params: { messages: [{ role: 'developer', content: 'Be brief.' }, ...messages] },
    status: 422,
    message:
      'messages[0].role: unknown variant `developer`, expected one of `system`, `user`, `assistant`, `tool`',
    repaired: { messages: [{ role: 'system', content: 'Be brief.' }, ...messages] },
  },
  {
    provider: 'google',
    api: 'google.generateContent',
    params: { contents: [], generationConfig: { maxOutputTokens: 9_000 } },
    message:
      'Unable to submit request because it has a maxOutputTokens value of 9000 but the supported range is from 1 (inclusive) to 8193 (exclusive). Update the value and try again.',
    repaired: { contents: [], generationConfig: { maxOutputTokens: 8_192 } },
  },
  {
    provider: 'google',
    api: 'google.generateContent',
    params: { contents: [], generationConfig: { thinkingConfig: { thinkingBudget: 64 } } },
    message:
      'INVALID_ARGUMENT The thinking budget 64 is invalid. Please choose a value between 128 and 32768.',
    repaired: { contents: [], generationConfig: { thinkingConfig: { thinkingBudget: 128 } } },
  },
];

testLessons(cases);

test('learn: what a prompt and its answer need of the window', (t) => {
  const body = { model: 'house-1', messages, max_tokens: 4_000 };
  const message =
    "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (5000 in the messages, 4000 in the completion).";
  const lesson = learnFromRefusal({ api: 'openai.chat.completions', body, error: { status: 400, message } });
  t.is(lesson?.body['max_tokens'], 3_192);
  t.deepEqual(lesson?.pattern.match['facts.characters'], { '>=': 28 });
});
