import { OPENAI_MESSAGE_RULES } from './openai-message-rules.js';
import { isReasoningModel, openaiRefusal } from './openai-refusal.js';
import { OPENAI_TOOL_RULES } from './openai-tool-rules.js';
import { given, objectOr, textOr, type Body, type Refusal, type Rule } from './rule.js';

/** Models taken out of service. */
const RETIRED = /^(gpt-4-32k|gpt-4-vision-preview|text-davinci|code-davinci|gpt-3\.5-turbo-0301)/;

const PARAMETERS = new Set(
  (
    'audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens messages ' +
    'metadata modalities model moderation n parallel_tool_calls prediction presence_penalty prompt_cache_key ' +
    'prompt_cache_options prompt_cache_retention reasoning_effort response_format safety_identifier seed service_tier ' +
    'stop store stream stream_options temperature tool_choice tools top_logprobs top_p user verbosity web_search_options'
  ).split(' '),
);

/** Inclusive bounds of the numeric parameters. */
const RANGES: readonly (readonly [name: string, min: number, max: number, type: 'decimal' | 'integer'])[] = [
  ['temperature', 0, 2, 'decimal'],
  ['top_p', 0, 1, 'decimal'],
  ['presence_penalty', -2, 2, 'decimal'],
  ['frequency_penalty', -2, 2, 'decimal'],
  ['n', 1, 128, 'integer'],
  ['top_logprobs', 0, 20, 'integer'],
];

/** Most completion tokens a model writes; the first match counts. */
const OUTPUT_LIMITS: readonly (readonly [model: RegExp, tokens: number])[] = [
  [/^gpt-4o/, 16_384],
  [/^gpt-4\.1/, 32_768],
  [/^gpt-4-turbo|^gpt-3\.5-turbo/, 4_096],
];

const UNSUPPORTED_ON_REASONING = [
  'top_p',
  'presence_penalty',
  'frequency_penalty',
  'logprobs',
  'top_logprobs',
  'logit_bias',
];

/**
 * What `POST /v1/chat/completions` insists on. Wording as in public issue threads about each failure.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export const OPENAI_RULES: readonly Rule[] = [
  { id: 'model-required', check: modelRequired },
  { id: 'model-exists', check: modelExists },
  { id: 'unknown-parameter', check: unknownParameter },
  { id: 'number-range', check: numberRange },
  { id: 'max-tokens-unsupported', check: maxTokensUnsupported },
  { id: 'max-tokens-range', check: maxTokensRange },
  { id: 'reasoning-parameters', check: reasoningParameters },
  { id: 'temperature-unsupported', check: temperatureUnsupported },
  { id: 'reasoning-effort-unsupported', check: reasoningEffortUnsupported },
  { id: 'stop-length', check: stopLength },
  { id: 'stream-options', check: streamOptions },
  { id: 'response-format-model', check: responseFormatModel },
  ...OPENAI_TOOL_RULES,
  ...OPENAI_MESSAGE_RULES,
];

function modelRequired({ model }: Body): Refusal | undefined {
  return textOr(model) ? undefined : openaiRefusal('you must provide a model parameter', null, null);
}

function modelExists({ model }: Body): Refusal | undefined {
  if (!RETIRED.test(textOr(model))) return undefined;
  const message = `The model \`${textOr(model)}\` does not exist or you do not have access to it.`;
  return { ...openaiRefusal(message, null, 'model_not_found'), status: 404 };
}

function unknownParameter(body: Body): Refusal | undefined {
  const unknown = Object.keys(body)
    .filter((name) => !PARAMETERS.has(name))
    .sort();
  if (unknown.length === 0) return undefined;
  const noun = unknown.length === 1 ? 'argument' : 'arguments';
  return openaiRefusal(`Unrecognized request ${noun} supplied: ${unknown.join(', ')}`, null, null);
}

function numberRange(body: Body): Refusal | undefined {
  for (const [name, min, max, type] of RANGES) {
    const value = body[name];
    if (!given(value)) continue;
    if (typeof value !== 'number') return wrongType(name, type, value);
    if (value > max) return outOfRange(name, type, ['above maximum', '<=', max], value);
    if (value < min) return outOfRange(name, type, ['below minimum', '>=', min], value);
  }
  return undefined;
}

function wrongType(name: string, type: string, value: unknown): Refusal {
  const article = type === 'integer' ? 'an' : 'a';
  const message = `Invalid type for '${name}': expected ${article} ${type}, but got a ${typeof value} instead.`;
  return openaiRefusal(message, name, 'invalid_type');
}

function outOfRange(name: string, type: string, [side, op, bound]: [string, string, number], value: number) {
  const message = `Invalid '${name}': ${type} ${side} value. Expected a value ${op} ${bound}, but got ${value} instead.`;
  return openaiRefusal(
    message,
    name,
    `${type}_${side.startsWith('above') ? 'above_max' : 'below_min'}_value`,
  );
}

function maxTokensUnsupported({ model, max_tokens, max_completion_tokens }: Body): Refusal | undefined {
  if (!given(max_tokens)) return undefined;
  if (isReasoningModel(model)) {
    const hint = "Use 'max_completion_tokens' instead.";
    return unsupportedParameter('max_tokens', ` ${hint}`);
  }
  if (!given(max_completion_tokens)) return undefined;
  const message = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
  return openaiRefusal(message, 'max_tokens', 'invalid_parameter_combination');
}

function maxTokensRange({ model, max_tokens }: Body): Refusal | undefined {
  if (typeof max_tokens !== 'number') return undefined;
  if (!Number.isInteger(max_tokens)) {
    return openaiRefusal(`${max_tokens} is not of type 'integer' - 'max_tokens'`, null, null);
  }
  if (max_tokens < 1) {
    return openaiRefusal(`${max_tokens} is less than the minimum of 1 - 'max_tokens'`, null, null);
  }
  const limit = OUTPUT_LIMITS.find(([pattern]) => pattern.test(textOr(model)))?.[1];
  if (limit === undefined || max_tokens <= limit) return undefined;
  const message =
    `max_tokens is too large: ${max_tokens}. This model supports at most ${limit} completion tokens, ` +
    `whereas you provided ${max_tokens}.`;
  return openaiRefusal(message, 'max_tokens', 'invalid_value');
}

function reasoningParameters(body: Body): Refusal | undefined {
  if (!isReasoningModel(body['model']) || reasonsNot(body)) return undefined;
  const name = UNSUPPORTED_ON_REASONING.find((key) => given(body[key]) && !isDefault(key, body[key]));
  if (name) return unsupportedParameter(name, '');
  // `o1` still takes stop sequences; the later ones take none, and no `o` model runs tools in parallel.
  if (given(body['stop']) && !textOr(body['model']).startsWith('o1')) return unsupportedParameter('stop', '');
  const parallel = given(body['parallel_tool_calls']) && /^o[1-9]/.test(textOr(body['model']));
  return parallel ? unsupportedParameter('parallel_tool_calls', '') : undefined;
}

/** Values that mean the same as leaving the parameter out are let through. */
function isDefault(name: string, value: unknown): boolean {
  return (name === 'top_p' && value === 1) || (name.endsWith('_penalty') && value === 0) || value === false;
}

/** From gpt-5.1 on, reasoning can be off, and then the sampling parameters are served. */
function reasonsNot({ model, reasoning_effort }: Body): boolean {
  return reasoning_effort === 'none' && /^gpt-5\.\d/.test(textOr(model));
}

function temperatureUnsupported(body: Body): Refusal | undefined {
  const { model, temperature } = body;
  if (!isReasoningModel(model) || reasonsNot(body) || !given(temperature) || temperature === 1)
    return undefined;
  const message =
    `Unsupported value: 'temperature' does not support ${String(temperature)} with this model. ` +
    'Only the default (1) value is supported.';
  return openaiRefusal(message, 'temperature', 'unsupported_value');
}

function reasoningEffortUnsupported({ model, reasoning_effort }: Body): Refusal | undefined {
  if (!given(reasoning_effort) || isReasoningModel(model)) return undefined;
  return openaiRefusal('Unrecognized request argument supplied: reasoning_effort', null, null);
}

function stopLength({ stop }: Body): Refusal | undefined {
  if (!Array.isArray(stop) || stop.length <= 4) return undefined;
  const message =
    "Invalid 'stop': array too long. Expected an array with maximum length 4, " +
    `but got an array with length ${stop.length} instead.`;
  return openaiRefusal(message, 'stop', 'array_above_max_length');
}

function streamOptions({ stream, stream_options }: Body): Refusal | undefined {
  if (!given(stream_options) || stream === true) return undefined;
  const message = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
  return openaiRefusal(message, 'stream_options', null);
}

function responseFormatModel({ model, response_format }: Body): Refusal | undefined {
  const type = textOr(objectOr(response_format)['type']);
  const old = /^gpt-4(-0\d{3})?$/.test(textOr(model));
  if (!old || !type.startsWith('json')) return undefined;
  const message = `Invalid parameter: 'response_format' of type '${type}' is not supported with this model.`;
  return openaiRefusal(message, 'response_format', null);
}

function unsupportedParameter(name: string, hint: string): Refusal {
  const message = `Unsupported parameter: '${name}' is not supported with this model.${hint}`;
  return openaiRefusal(message, name, 'unsupported_parameter');
}
