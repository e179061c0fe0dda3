import { BEDROCK_CONVERSE } from '../../patterns/conversation.js';
import { own } from '../../patterns/own.js';
import { getAt, setAt, unsetAt } from '../at-path.js';
import type { Fields } from '../copy.js';

/** Least budget Anthropic takes. @see https://platform.claude.com/docs/en/build-with-claude/extended-thinking */
const LEAST_BUDGET = 1024;

/** What a request gets that names no limit. Every Claude writes as much. */
const DEFAULT_MAX_TOKENS = 4096;

/** Where an API keeps thinking and the limit of the answer. */
interface Places {
  readonly thinking: readonly string[];
  readonly maxTokens: readonly string[];
}

const ANTHROPIC: Places = { thinking: ['thinking'], maxTokens: ['max_tokens'] };
const CONVERSE: Places = {
  thinking: ['additionalModelRequestFields', 'thinking'],
  maxTokens: ['inferenceConfig', 'maxTokens'],
};

/**
 * Brings the budget for thinking to at least 1,024 tokens and below the limit of the answer, half of it where there is no
 * better number. Where the limit leaves no room for any, thinking goes.
 */
export function fitThinkingBudget(api: string, params: Fields): Fields {
  const places = api === BEDROCK_CONVERSE ? CONVERSE : ANTHROPIC;
  const thinking = getAt(params, places.thinking);
  if (own(thinking, 'type') !== 'enabled') return params;
  const limit = getAt(params, places.maxTokens);
  const budget = own(thinking, 'budget_tokens');
  const max = typeof limit === 'number' ? limit : undefined;
  const fitting = fittingBudget(typeof budget === 'number' ? budget : undefined, max);
  if (fitting === undefined) return unsetAt(params, places.thinking);
  return fitting === budget ? params : setAt(params, [...places.thinking, 'budget_tokens'], fitting);
}

function fittingBudget(budget: number | undefined, max: number | undefined): number | undefined {
  const wanted = Math.max(LEAST_BUDGET, Math.trunc(budget ?? (max ?? DEFAULT_MAX_TOKENS) / 2));
  if (max === undefined || wanted < max) return wanted;
  const half = Math.floor(max / 2);
  return half >= LEAST_BUDGET ? half : undefined;
}

/** Gives thinking that adapts by itself a budget, for models that want one; where there is no room for it, it goes. */
export function budgetedThinking(api: string, params: Fields): Fields {
  const { thinking } = api === BEDROCK_CONVERSE ? CONVERSE : ANTHROPIC;
  if (own(getAt(params, thinking), 'type') !== 'adaptive') return params;
  return fitThinkingBudget(api, setAt(params, [...thinking, 'type'], 'enabled'));
}

/** Sets a limit for the answer where none is, above the budget for thinking. */
export function defaultMaxTokens(_api: string, params: Fields): Fields {
  const present = params['max_tokens'];
  if (typeof present === 'number' && present >= 0) return params;
  const budget = own(params['thinking'], 'budget_tokens');
  return setAt(
    params,
    ['max_tokens'],
    DEFAULT_MAX_TOKENS + (typeof budget === 'number' && budget > 0 ? budget : 0),
  );
}
