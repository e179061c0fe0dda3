import {
  given,
  objectOr,
  type Body,
  type Refusal,
  type Rule,
} from '../../../src/cli/demo/model-server/rule.js';
import { invalid, modelOf } from './google-refusal.js';

/**
 * Budgets for thinking and most tokens of the answer by model; the first row that fits counts.
 * @see https://ai.google.dev/gemini-api/docs/thinking
 */
const MODELS: readonly (readonly [
  RegExp,
  { least?: number; most?: number; always?: true; output?: number },
])[] = [
  [/^gemini-2\.5-pro/, { least: 128, most: 32_768, always: true, output: 65_536 }],
  [/^gemini-2\.5-flash-lite/, { least: 512, most: 24_576, output: 65_536 }],
  [/^gemini-2\.5-flash-image/, { output: 32_768 }],
  [/^gemini-2\.5-flash/, { least: 1, most: 24_576, output: 65_536 }],
  [/^gemini-(1\.5|2\.0)/, { output: 8_192 }],
  [/^gemini-3/, { output: 65_536 }],
];

/** What Google insists on about thinking and the length of the answer. */
export const GOOGLE_THINKING_RULES: readonly Rule[] = [
  { id: 'output-limit', check: outputLimit },
  { id: 'thinking', check: thinking },
];

function factsOf(body: Body) {
  return MODELS.find(([pattern]) => pattern.test(modelOf(body)))?.[1] ?? {};
}

function outputLimit(body: Body): Refusal | undefined {
  const { output = Infinity } = factsOf(body);
  const wanted = objectOr(body['generationConfig'])['maxOutputTokens'];
  if (typeof wanted !== 'number' || wanted <= output) return undefined;
  return invalid(
    `Unable to submit request because it has a maxOutputTokens value of ${wanted} but the supported range is from 1 (inclusive) to ${output + 1} (exclusive). Update the value and try again.`,
  );
}

function thinking(body: Body): Refusal | undefined {
  const { thinkingBudget: budget, thinkingLevel: level } = objectOr(
    objectOr(body['generationConfig'])['thinkingConfig'],
  );
  if (given(budget) && given(level))
    return invalid(
      'Unable to submit request because thinking_budget and thinking_level are not supported together.',
    );
  if (given(level) && /^gemini-(1|2)/.test(modelOf(body)))
    return invalid('Thinking level is not supported for this model.');
  if (typeof budget !== 'number') return undefined;
  const { least, most, always } = factsOf(body);
  if (modelOf(body).startsWith('gemma')) return invalid('Thinking budget is not supported for this model.');
  if (budget === -1 || least === undefined || most === undefined) return undefined;
  if (budget === 0)
    return always ? invalid('Budget 0 is invalid. This model only works in thinking mode.') : undefined;
  return budget >= least && budget <= most
    ? undefined
    : invalid(
        `The thinking budget (${budget}) is invalid. Please choose a value between ${least} and ${most}.`,
      );
}
