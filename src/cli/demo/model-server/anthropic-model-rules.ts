import { anthropicModel, isRetiredAnthropic } from './anthropic-models.js';
import { anthropicRefusal } from './anthropic-refusal.js';
import { given, objectOr, objects, textOr, type Body, type Refusal, type Rule } from './rule.js';

/** What `POST /v1/messages` insists on for some models. */
export const ANTHROPIC_MODEL_RULES: readonly Rule[] = [
  { id: 'model-exists', check: modelExists },
  { id: 'sampling-removed', check: samplingRemoved },
  { id: 'one-sampler', check: oneSampler },
  { id: 'max-tokens-limit', check: maxTokensLimit },
  { id: 'thinking-mode', check: thinkingMode },
  { id: 'effort', check: effort },
  { id: 'prefill-unsupported', check: prefillUnsupported },
];

function modelExists({ model }: Body): Refusal | undefined {
  if (!isRetiredAnthropic(model)) return undefined;
  return { status: 404, type: 'not_found_error', message: `model: ${textOr(model)}` };
}

function samplingRemoved(body: Body): Refusal | undefined {
  if (anthropicModel(body['model']).samplers !== 'none') return undefined;
  const name = ['temperature', 'top_p', 'top_k'].find((key) => given(body[key]) && body[key] !== 1);
  return name === undefined ? undefined : anthropicRefusal(`\`${name}\` is deprecated for this model.`);
}

function oneSampler({ model, temperature, top_p }: Body): Refusal | undefined {
  if (anthropicModel(model).samplers !== 'one' || !given(temperature) || !given(top_p)) return undefined;
  return anthropicRefusal(
    '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
  );
}

function maxTokensLimit({ model, max_tokens }: Body): Refusal | undefined {
  const { output = Infinity } = anthropicModel(model);
  if (typeof max_tokens !== 'number' || max_tokens <= output) return undefined;
  return anthropicRefusal(
    `max_tokens: ${max_tokens} > ${output}, which is the maximum allowed number of output tokens for ${textOr(model)}`,
  );
}

function thinkingMode({ model, thinking }: Body): Refusal | undefined {
  const wanted = objectOr(thinking)['type'];
  const { thinks } = anthropicModel(model);
  if (thinks === undefined || (wanted !== 'enabled' && wanted !== 'adaptive')) return undefined;
  if (thinks === 'none') return anthropicRefusal(`'${textOr(model)}' does not support thinking.`);
  if (thinks === 'both' || thinks === wanted) return undefined;
  return anthropicRefusal(
    wanted === 'adaptive'
      ? 'adaptive thinking is not supported on this model'
      : '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and ' +
          '"output_config.effort" to control thinking behavior.',
  );
}

function effort({ model, output_config }: Body): Refusal | undefined {
  const wanted = objectOr(output_config)['effort'];
  const { efforts } = anthropicModel(model);
  if (!given(wanted) || efforts === undefined || efforts.includes(textOr(wanted))) return undefined;
  return anthropicRefusal(
    efforts.length === 0
      ? 'This model does not support the effort parameter.'
      : `This model does not support effort level '${textOr(wanted)}'. Supported levels: ${[...efforts].sort().join(', ')}.`,
  );
}

function prefillUnsupported({ model, messages }: Body): Refusal | undefined {
  if (!anthropicModel(model).noPrefill || objects(messages).at(-1)?.['role'] !== 'assistant')
    return undefined;
  return anthropicRefusal(
    'This model does not support assistant message prefill. The conversation must end with a user message.',
  );
}
