import { getAt, setAt } from '../at-path.js';
import type { Fields } from '../copy.js';

/** Numbers of a request to Anthropic, and whether they are whole. */
const NUMBERS: readonly (readonly [path: readonly string[], isWhole: boolean])[] = [
  [['max_tokens'], true],
  [['top_k'], true],
  [['thinking', 'budget_tokens'], true],
  [['temperature'], false],
  [['top_p'], false],
];

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Makes numbers of texts, and whole ones of those that must be. */
export function anthropicNumbers(_api: string, params: Fields): Fields {
  return NUMBERS.reduce((current, [path, isWhole]) => {
    const value = getAt(current, path);
    const number = typeof value === 'string' && NUMBER.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) return current;
    const next = isWhole ? Math.trunc(number) : number;
    return next === value ? current : setAt(current, path, next);
  }, params);
}
