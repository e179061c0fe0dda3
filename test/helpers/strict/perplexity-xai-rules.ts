import {
  given,
  objectOr,
  objects,
  textOr,
  type Body,
  type Refusal,
  type Rule,
} from '../../../src/cli/demo/model-server/rule.js';
import { refuse } from './compatible-parts.js';

/**
 * What Perplexity insists on.
 * @see https://docs.perplexity.ai/api-reference/chat-completions-post
 */
export const PERPLEXITY_RULES: readonly Rule[] = [
  { id: 'alternation', check: alternation },
  { id: 'last-message', check: lastMessage },
  { id: 'ranges', check: ranges },
  { id: 'response-format', check: responseFormat },
];

function alternation({ messages }: Body): Refusal | undefined {
  const list = objects(messages);
  const start = list.findIndex(({ role }) => role !== 'system');
  const sides = (start < 0 ? [] : list.slice(start)).map(({ role }) =>
    role === 'assistant' ? 'assistant' : role === 'system' ? 'system' : 'user',
  );
  const isOdd =
    sides[0] === 'assistant' ||
    sides.includes('system') ||
    sides.some((side, at) => at > 0 && side === sides[at - 1]);
  return isOdd
    ? refuse(
        'After the (optional) system message(s), user or tool message(s) should alternate with assistant message(s).',
      )
    : undefined;
}

function lastMessage({ messages }: Body): Refusal | undefined {
  const role = objects(messages).at(-1)?.['role'];
  return role === 'user' || role === 'tool'
    ? undefined
    : refuse('Last message must have role `user` or `tool`.');
}

function ranges({ temperature, top_p }: Body): Refusal | undefined {
  if (typeof temperature === 'number' && (temperature < 0 || temperature >= 2))
    return refuse('Temperature should be at least 0 and less than 2.');
  return typeof top_p === 'number' && (top_p < 0 || top_p > 1)
    ? refuse('top_p should be between 0 and 1.')
    : undefined;
}

function responseFormat({ response_format }: Body): Refusal | undefined {
  return objectOr(response_format)['type'] === 'json_object'
    ? refuse("At body -> response_format -> type: Input should be 'text', 'json_schema' or 'regex'")
    : undefined;
}

/**
 * What xAI insists on.
 * @see https://docs.x.ai/docs/guides/reasoning
 */
export const XAI_RULES: readonly Rule[] = [
  { id: 'penalties', check: penalties },
  { id: 'stop', check: stop },
  { id: 'effort', check: effort },
];

function lacks(model: unknown, parameter: string): Refusal {
  return refuse(`Model ${textOr(model)} does not support parameter ${parameter}.`);
}

function penalties({ model, presence_penalty, frequency_penalty }: Body): Refusal | undefined {
  if (!/^grok-([4-9]|3-mini|code)/.test(textOr(model))) return undefined;
  if (given(presence_penalty)) return lacks(model, 'presencePenalty');
  return given(frequency_penalty) ? lacks(model, 'frequencyPenalty') : undefined;
}

function stop({ model, stop: list }: Body): Refusal | undefined {
  const reasons = /^grok-([4-9]|3-mini|code)/.test(textOr(model)) && !textOr(model).includes('non-reasoning');
  return reasons && given(list) ? lacks(model, 'stop') : undefined;
}

function effort({ model, reasoning_effort: value }: Body): Refusal | undefined {
  if (!given(value) || !/^grok-(4(-0709|-latest|-fast|-1)?$|4-(fast|1)|3$|3-fast|code|2)/.test(textOr(model)))
    return undefined;
  return lacks(model, 'reasoningEffort');
}
