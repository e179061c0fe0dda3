import { ANTHROPIC_MESSAGE_RULES } from './anthropic-message-rules.js';
import { ANTHROPIC_TOOL_RULES } from './anthropic-tool-rules.js';
import { anthropicRefusal } from './anthropic-refusal.js';
import { given, objectOr, objects, textOr, type Body, type Refusal, type Rule } from './rule.js';

const PARAMETERS = new Set(
  (
    'cache_control container diagnostics inference_geo max_tokens messages metadata model output_config service_tier ' +
    'speed stop_sequences stream system temperature thinking tool_choice tools top_k top_p user_profile_id workspace_id'
  ).split(' '),
);

/** Models that dropped the sampling parameters, `thinking.type: enabled` and assistant prefill. */
const CURRENT = /^claude-(opus-4-[7-9]|opus-5|sonnet-5|haiku-5|fable)/;
/** Models that take `temperature` or `top_p`, not both. */
const ONE_SAMPLER = /^claude-(opus-4-[1-6]|sonnet-4-[5-6]|haiku-4-5)/;
const RETIRED = /^claude-(1|2|instant|3-opus|3-sonnet)/;

/** Most output tokens a model writes; the first match counts. */
const OUTPUT_LIMITS: readonly (readonly [model: RegExp, tokens: number])[] = [
  [/^claude-3-(opus|haiku)/, 4_096],
  [/^claude-3-5/, 8_192],
  [/^claude-opus-4-(2|1)/, 32_000],
  [/^claude-(sonnet-4|haiku-4|opus-4-5)/, 64_000],
];

/**
 * What `POST /v1/messages` insists on. Wording as in public issue threads about each failure.
 * @see https://docs.claude.com/en/api/messages
 */
export const ANTHROPIC_RULES: readonly Rule[] = [
  { id: 'model-required', check: required('model') },
  { id: 'max-tokens-required', check: required('max_tokens') },
  { id: 'messages-required', check: required('messages') },
  { id: 'model-exists', check: modelExists },
  { id: 'extra-inputs', check: extraInputs },
  { id: 'temperature-range', check: temperatureRange },
  { id: 'sampling-removed', check: samplingRemoved },
  { id: 'one-sampler', check: oneSampler },
  { id: 'max-tokens-limit', check: maxTokensLimit },
  { id: 'thinking-removed', check: thinkingRemoved },
  { id: 'thinking-budget', check: thinkingBudget },
  { id: 'thinking-temperature', check: thinkingTemperature },
  { id: 'prefill-unsupported', check: prefillUnsupported },
  ...ANTHROPIC_TOOL_RULES,
  ...ANTHROPIC_MESSAGE_RULES,
];

function required(name: string) {
  return (body: Body): Refusal | undefined =>
    given(body[name]) ? undefined : anthropicRefusal(`${name}: Field required`);
}

function modelExists({ model }: Body): Refusal | undefined {
  if (!RETIRED.test(textOr(model))) return undefined;
  return { status: 404, type: 'not_found_error', message: `model: ${textOr(model)}` };
}

function extraInputs(body: Body): Refusal | undefined {
  const extra = Object.keys(body).find((name) => !PARAMETERS.has(name));
  return extra === undefined ? undefined : anthropicRefusal(`${extra}: Extra inputs are not permitted`);
}

function temperatureRange({ temperature }: Body): Refusal | undefined {
  if (!given(temperature)) return undefined;
  if (typeof temperature !== 'number') return anthropicRefusal('temperature: Input should be a valid number');
  return temperature >= 0 && temperature <= 1
    ? undefined
    : anthropicRefusal('temperature: range: -1 or 0..1');
}

function samplingRemoved(body: Body): Refusal | undefined {
  if (!CURRENT.test(textOr(body['model']))) return undefined;
  const name = ['temperature', 'top_p', 'top_k'].find((key) => given(body[key]) && body[key] !== 1);
  return name === undefined ? undefined : anthropicRefusal(`\`${name}\` is deprecated for this model.`);
}

function oneSampler({ model, temperature, top_p }: Body): Refusal | undefined {
  if (top_p === -1) return anthropicRefusal('top_p cannot be set to -1 for this model.');
  if (!ONE_SAMPLER.test(textOr(model)) || !given(temperature) || !given(top_p)) return undefined;
  return anthropicRefusal(
    '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
  );
}

function maxTokensLimit({ model, max_tokens }: Body): Refusal | undefined {
  if (typeof max_tokens !== 'number') return anthropicRefusal('max_tokens: Input should be a valid integer');
  if (max_tokens < 1) return anthropicRefusal('max_tokens: Input should be greater than or equal to 1');
  const limit = OUTPUT_LIMITS.find(([pattern]) => pattern.test(textOr(model)))?.[1];
  if (limit === undefined || max_tokens <= limit) return undefined;
  return anthropicRefusal(
    `max_tokens: ${max_tokens} > ${limit}, which is the maximum allowed number of output tokens for ${textOr(model)}`,
  );
}

function thinkingRemoved({ model, thinking }: Body): Refusal | undefined {
  if (objectOr(thinking)['type'] !== 'enabled' || !CURRENT.test(textOr(model))) return undefined;
  return anthropicRefusal(
    '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and ' +
      '"output_config.effort" to control thinking behavior.',
  );
}

function thinkingBudget({ thinking, max_tokens }: Body): Refusal | undefined {
  const { type, budget_tokens: budget } = objectOr(thinking);
  if (type !== 'enabled') return undefined;
  if (typeof budget !== 'number') return anthropicRefusal('thinking.enabled.budget_tokens: Field required');
  if (budget < 1024) {
    return anthropicRefusal('thinking.enabled.budget_tokens: Input should be greater than or equal to 1024');
  }
  if (typeof max_tokens !== 'number' || max_tokens > budget) return undefined;
  return anthropicRefusal(
    '`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation at ' +
      'https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-context-window-size',
  );
}

function thinkingTemperature({ thinking, temperature }: Body): Refusal | undefined {
  if (objectOr(thinking)['type'] !== 'enabled' || !given(temperature) || temperature === 1) return undefined;
  return anthropicRefusal(
    '`temperature` may only be set to 1 when thinking is enabled. Please consult our documentation on extended thinking.',
  );
}

function prefillUnsupported({ model, messages }: Body): Refusal | undefined {
  if (!CURRENT.test(textOr(model)) || objects(messages).at(-1)?.['role'] !== 'assistant') return undefined;
  return anthropicRefusal(
    'This model does not support assistant message prefill. The conversation must end with a user message.',
  );
}
