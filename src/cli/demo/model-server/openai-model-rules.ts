import { isRetiredOpenai, openaiModel } from './openai-models.js';
import { openaiRefusal, unsupportedParameter, unsupportedValue } from './openai-refusal.js';
import { openaiValues } from './openai-wording.js';
import { given, objectOr, objects, textOr, type Body, type Refusal, type Rule } from './rule.js';

const SAMPLING = ['top_p', 'presence_penalty', 'frequency_penalty', 'logprobs', 'top_logprobs', 'logit_bias'];
const NOT_WITH_SEARCH = [
  'temperature',
  'top_p',
  'n',
  'presence_penalty',
  'frequency_penalty',
  'logit_bias',
  'seed',
];

/** What `POST /v1/chat/completions` insists on for some models. */
export const OPENAI_MODEL_RULES: readonly Rule[] = [
  { id: 'model-exists', check: modelExists },
  { id: 'model-endpoint', check: modelEndpoint },
  { id: 'max-tokens-unsupported', check: maxTokensUnsupported },
  { id: 'max-tokens-range', check: maxTokensRange },
  { id: 'output-limit', check: outputLimit },
  { id: 'reasoning-parameters', check: reasoningParameters },
  { id: 'temperature-unsupported', check: temperatureUnsupported },
  { id: 'reasoning-effort-unsupported', check: reasoningEffortUnsupported },
  { id: 'verbosity', check: verbosity },
  { id: 'first-reasoning-models', check: firstReasoningModels },
  { id: 'search-models', check: searchModels },
  { id: 'response-format-model', check: responseFormatModel },
];

/** A model that is not, or no longer, served. */
export function modelExists({ model }: Body): Refusal | undefined {
  if (!isRetiredOpenai(model)) return undefined;
  const message = `The model \`${textOr(model)}\` does not exist or you do not have access to it.`;
  return { ...openaiRefusal(message, null, 'model_not_found'), status: 404 };
}

function modelEndpoint({ model }: Body): Refusal | undefined {
  const { only } = openaiModel(model);
  if (only === undefined) return undefined;
  const message =
    only === 'responses'
      ? 'This model is only supported in v1/responses and not in v1/chat/completions.'
      : 'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?';
  return { ...openaiRefusal(message, 'model', null), status: 404 };
}

function maxTokensUnsupported({ model, max_tokens, max_completion_tokens }: Body): Refusal | undefined {
  if (!given(max_tokens)) return undefined;
  if (openaiModel(model).reasons)
    return unsupportedParameter('max_tokens', " Use 'max_completion_tokens' instead.");
  if (!given(max_completion_tokens)) return undefined;
  const message = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
  return openaiRefusal(message, 'max_tokens', 'invalid_parameter_combination');
}

function maxTokensRange({ max_tokens }: Body): Refusal | undefined {
  if (!given(max_tokens)) return undefined;
  if (typeof max_tokens !== 'number' || !Number.isInteger(max_tokens))
    return openaiRefusal(`${JSON.stringify(max_tokens)} is not of type 'integer' - 'max_tokens'`, null, null);
  return max_tokens < 1
    ? openaiRefusal(`${max_tokens} is less than the minimum of 1 - 'max_tokens'`, null, null)
    : undefined;
}

function outputLimit({ model, max_tokens, max_completion_tokens }: Body): Refusal | undefined {
  const { output = Infinity } = openaiModel(model);
  const [name, limit] = given(max_tokens)
    ? ['max_tokens', max_tokens]
    : ['max_completion_tokens', max_completion_tokens];
  if (typeof limit !== 'number' || limit <= output) return undefined;
  const message =
    `${name} is too large: ${limit}. This model supports at most ${output} completion tokens, ` +
    `whereas you provided ${limit}.`;
  return openaiRefusal(message, name, 'invalid_value');
}

function reasoningParameters(body: Body): Refusal | undefined {
  const { model, stop, parallel_tool_calls: parallel } = body;
  if (!openaiModel(model).reasons || reasonsNot(body)) return undefined;
  const name = SAMPLING.find((key) => given(body[key]) && !isDefault(key, body[key]));
  if (name) return unsupportedParameter(name);
  // `o1` still takes stop sequences; the later ones take none, and no `o` model runs tools in parallel.
  if (given(stop) && !textOr(model).startsWith('o1')) return unsupportedParameter('stop');
  return given(parallel) && /^o[1-9]/.test(textOr(model))
    ? unsupportedParameter('parallel_tool_calls')
    : undefined;
}

/** Values that mean the same as leaving the parameter out are let through. */
function isDefault(name: string, value: unknown): boolean {
  return (
    (name === 'top_p' && value === 1) ||
    (/penalty$|^top_logprobs$/.test(name) && value === 0) ||
    value === false ||
    (name === 'logit_bias' && Object.keys(objectOr(value)).length === 0)
  );
}

/** From gpt-5.1 on, reasoning can be off, and is unless asked for; then the sampling parameters are served. */
function reasonsNot({ model, reasoning_effort }: Body): boolean {
  return openaiModel(model).samplesAtRest === true && (reasoning_effort ?? 'none') === 'none';
}

function temperatureUnsupported(body: Body): Refusal | undefined {
  const { model, temperature } = body;
  if (!openaiModel(model).reasons || reasonsNot(body) || !given(temperature) || temperature === 1)
    return undefined;
  return unsupportedValue('temperature', temperature, ' Only the default (1) value is supported.');
}

function reasoningEffortUnsupported({ model, reasoning_effort: effort }: Body): Refusal | undefined {
  if (!given(effort)) return undefined;
  const { reasons, efforts, output } = openaiModel(model);
  // Of a model in no row nothing is known.
  if (!reasons)
    return output === undefined
      ? undefined
      : openaiRefusal('Unrecognized request argument supplied: reasoning_effort', null, null);
  if (efforts === undefined || efforts.includes(textOr(effort))) return undefined;
  if (efforts.length === 0) return unsupportedParameter('reasoning_effort');
  return unsupportedValue('reasoning_effort', effort, ` Supported values are: ${openaiValues(efforts)}.`);
}

function verbosity({ model, verbosity: value }: Body): Refusal | undefined {
  if (!given(value) || value === 'medium' || !/^(gpt-4|gpt-3|o\d)/.test(textOr(model))) return undefined;
  return unsupportedValue('verbosity', value, " Supported values are: 'medium'.");
}

function firstReasoningModels(body: Body): Refusal | undefined {
  const { model, messages, tools, tool_choice } = body;
  if (!openaiModel(model).bare) return undefined;
  const at = objects(messages).findIndex(({ role }) => role === 'system' || role === 'developer');
  if (at >= 0) return unsupportedValue(`messages[${at}].role`, objects(messages)[at]?.['role']);
  if (given(tools)) return unsupportedParameter('tools');
  return given(tool_choice) ? unsupportedParameter('tool_choice') : undefined;
}

function searchModels(body: Body): Refusal | undefined {
  const { model, web_search_options: options } = body;
  const { searches, output } = openaiModel(model);
  if (searches) {
    const name = NOT_WITH_SEARCH.find((key) => given(body[key]));
    return name === undefined
      ? undefined
      : openaiRefusal(`Model incompatible request argument supplied: ${name}`, null, null);
  }
  if (!given(options) || output === undefined) return undefined;
  return openaiRefusal('Web search options not supported with this model.', null, null);
}

function responseFormatModel({ model, response_format }: Body): Refusal | undefined {
  const { formats } = openaiModel(model);
  const type = textOr(objectOr(response_format)['type']);
  if (formats === undefined || !type.startsWith('json') || type === formats) return undefined;
  const message = `Invalid parameter: 'response_format' of type '${type}' is not supported with this model.`;
  return openaiRefusal(message, 'response_format', null);
}
