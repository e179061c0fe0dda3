import { type Case, testLessons } from './lessons.js';

const anthropic = { provider: 'anthropic', api: 'anthropic.messages' };
const google = { provider: 'google', api: 'google.generateContent' };
const converse = { provider: 'bedrock', api: 'bedrock.converse' };
const invoke = { provider: 'bedrock', api: 'bedrock.invokeModel' };
const responses = { api: 'openai.responses' };

/** One rule in the words of many servers. */
const cases: readonly Case[] = [
  {
    params: { top_logprobs: 3 },
    message: 'logprobs must be enabled to use top_logprobs',
    repaired: { top_logprobs: 3, logprobs: true },
  },
  {
    params: { max_tokens: 7, max_completion_tokens: 7 },
    message: "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
    repaired: { max_completion_tokens: 7 },
  },
  {
    params: { max_completion_tokens: 200_000 },
    message:
      'max_completion_tokens is too large: 200000. This model supports at most 128000 completion tokens, whereas you provided 200000.',
    repaired: { max_completion_tokens: 128_000 },
  },
  {
    params: { messages: [{ role: 'user', content: 'Hi', reasoning: 'x' }] },
    message: "Unknown parameter: 'messages[0].reasoning'.",
    repaired: { messages: [{ role: 'user', content: 'Hi' }] },
  },
  {
    ...responses,
    params: { input: 'Hi', max_output_tokens: 5 },
    message:
      "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 5 instead.",
    repaired: { input: 'Hi', max_output_tokens: 16 },
  },
  {
    ...responses,
    params: { input: 'Hi', reasoning: { effort: 'low' } },
    message: "Unsupported parameter: 'reasoning.effort' is not supported with this model.",
    repaired: { input: 'Hi', reasoning: {} },
  },
  {
    ...anthropic,
    params: { max_tokens: 5_000, top_k: 5, thinking: { type: 'enabled', budget_tokens: 2_000 } },
    message: 'top_k must be unset when thinking is enabled',
    repaired: { max_tokens: 5_000, thinking: { type: 'enabled', budget_tokens: 2_000 } },
  },
  {
    ...anthropic,
    params: { max_tokens: 5_000, top_p: 0.5, thinking: { type: 'enabled', budget_tokens: 2_000 } },
    message: '`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.',
    repaired: { max_tokens: 5_000, top_p: 0.95, thinking: { type: 'enabled', budget_tokens: 2_000 } },
  },
  {
    ...anthropic,
    params: { max_tokens: 9, output_config: { effort: 'xhigh' }, thinking: { type: 'disabled' } },
    message:
      "output_config.effort 'xhigh' is not supported when thinking is disabled on this model. Use effort 'high' or below.",
    repaired: { max_tokens: 9, output_config: { effort: 'high' }, thinking: { type: 'disabled' } },
  },
  {
    ...anthropic,
    params: { max_tokens: 9_000 },
    message:
      'input length and `max_tokens` exceed context limit: 195000 + 9000 > 200000, decrease input length or `max_tokens` and try again',
    repaired: { max_tokens: 5_000 },
  },
  {
    ...anthropic,
    params: { max_tokens: 9_000, thinking: { type: 'enabled', budget_tokens: 2_000 } },
    message: '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" instead.',
    repaired: { max_tokens: 9_000, thinking: { type: 'adaptive' } },
  },
  {
    provider: 'mistral',
    status: 422,
    params: { temperature: 2 },
    message:
      '{"detail":[{"type":"less_than_equal","loc":["body","temperature"],"msg":"Input should be less than or equal to 1.5","input":2,"ctx":{"le":1.5}}]}',
    repaired: { temperature: 1.5 },
  },
  {
    provider: 'mistral',
    api: 'mistral.chat',
    params: { temperature: 0, topP: 0.4 },
    message:
      '{"object":"error","message":"Top_p must be 1 when using greedy sampling.","type":"invalid_request_error"}',
    repaired: { temperature: 0, topP: 1 },
  },
  {
    ...google,
    params: { contents: [], generationConfig: { presencePenalty: 1, frequencyPenalty: 0.5, topK: 4 } },
    message:
      '{"error":{"code":400,"message":"Penalty is not enabled for models/house-1","status":"INVALID_ARGUMENT"}}',
    repaired: { contents: [], generationConfig: { topK: 4 } },
  },
  {
    ...google,
    params: { contents: [], config: { thinkingConfig: { includeThoughts: true } } },
    message: 'Unable to submit request because thinking is not supported by this model.',
    repaired: { contents: [], config: {} },
  },
  {
    ...google,
    params: { contents: [], config: { topK: 64 } },
    message:
      'Unable to submit request because it has a topK value of 64 but the supported range is from 1 (inclusive) to 41 (exclusive). Update the value and try again.',
    repaired: { contents: [], config: { topK: 40 } },
  },
  {
    ...google,
    params: { contents: [], config: { thinkingConfig: { thinkingBudget: 5, thinkingLevel: 'LOW' } } },
    message: 'You can only set only one of thinking budget and thinking level.',
    repaired: { contents: [], config: { thinkingConfig: { thinkingLevel: 'LOW' } } },
  },
  {
    ...converse,
    params: { inferenceConfig: { maxTokens: 9_000 } },
    message:
      'ValidationException: The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096.',
    repaired: { inferenceConfig: { maxTokens: 4_096 } },
  },
  {
    ...converse,
    params: { inferenceConfig: { temperature: 1.5 } },
    message:
      "1 validation error detected: Value '1.5' at 'inferenceConfig.temperature' failed to satisfy constraint: Member must have value less than or equal to 1",
    repaired: { inferenceConfig: { temperature: 1 } },
  },
  {
    ...converse,
    params: { inferenceConfig: { topP: 0.5, temperature: 0.5 } },
    message:
      'ValidationException: The model returned the following errors: `temperature` and `top_p` cannot both be specified for this model. Please use only one.',
    repaired: { inferenceConfig: { temperature: 0.5 } },
  },
  {
    ...converse,
    params: { additionalModelRequestFields: { top_k: 3 } },
    message: "ValidationException: This model doesn't support the top_k field. Remove top_k and try again.",
    repaired: { additionalModelRequestFields: {} },
  },
  {
    ...invoke,
    params: { top_k: 3, max_tokens: 4 },
    message:
      'ValidationException: Malformed input request: #: extraneous key [top_k] is not permitted, please reformat your input and try again.',
    repaired: { max_tokens: 4 },
  },
  {
    ...invoke,
    params: { temperature: 1.5 },
    message:
      'Malformed input request: #/temperature: 1.5 is not less or equal to 1, please reformat your input and try again.',
    repaired: { temperature: 1 },
  },
  {
    ...invoke,
    params: { stop_sequences: [] },
    message:
      'Malformed input request: #/stop_sequences: expected minimum item count: 1, found: 0, please reformat your input',
    repaired: {},
  },
];

testLessons(cases);
