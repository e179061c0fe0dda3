import type { Operators } from '../../../contract/pattern.js';
import { fieldOf, isTokenLimit } from '../locate.js';
import { boundsFor } from '../bounds.js';
import { lossOf } from '../loss.js';
import { type Refused, type RefusedField, type Remedy, matchAt } from '../refused.js';

/** APIs that demand a limit on the answer. */
const LIMIT_REQUIRED: readonly string[] = ['anthropic.messages', 'anthropic.completions'];

/** A smaller answer than this is none: a limit is not lowered that far. */
const LEAST_TOKENS = 16;

/** Brings a number inside the bounds the provider states. */
export function range(refused: Refused): Remedy | undefined {
  const numbers = refused.fields.filter(({ value }) => typeof value === 'number');
  for (const field of [...numbers, ...givenNumbers(refused)]) {
    const remedy = inBounds(refused, field);
    if (remedy !== undefined) return remedy;
  }
  return undefined;
}

function inBounds({ text, view }: Refused, { path, value }: RefusedField): Remedy | undefined {
  if (typeof value !== 'number') return undefined;
  const field = fieldOf(view.api, path);
  const name = path.at(-1) ?? '';
  const isLimit = isTokenLimit(name);
  const isCount = isLimit || /budget|top_?k|^n$|count|seed|logprobs|dimension/i.test(name);
  const bounds = boundsFor(text, value, isCount);
  if (bounds === undefined) return undefined;
  const { min = -Infinity, max = Infinity } = bounds;
  const description = `${field} must be inside the bounds the provider states.`;
  // Below zero is how other servers say "no limit" or "your default".
  const isUnset = value < min && value <= 0 && (isLimit || value === -1);
  if (isUnset && !LIMIT_REQUIRED.includes(view.api) && lossOf(field, value) === 'none')
    return {
      rule: 'below-range',
      description,
      match: matchAt(field, { '<': min }),
      fix: [{ unset: [field] }],
    };
  if (isLimit && max < LEAST_TOKENS) return undefined;
  return {
    rule: 'range',
    description,
    match: matchAt(field, value > max ? outside('>', max, bounds.below) : outside('<', min, bounds.above)),
    fix: [
      {
        clamp: {
          field,
          ...(bounds.min !== undefined && { min: bounds.min }),
          ...(bounds.max !== undefined && { max: bounds.max }),
        },
      },
    ],
  };
}

/** Beyond a bound, or at it where it is outside itself. */
function outside(side: '<' | '>', bound: number, open: number | undefined): Operators {
  if (open !== undefined) return side === '<' ? { '<=': open } : { '>=': open };
  return side === '<' ? { '<': bound } : { '>': bound };
}

/** A limit for requests that do not stream: `max_tokens > 4096 must have stream=true`. */
export function streamless({ text, fields, view }: Refused): Remedy | undefined {
  const max = Number(/> (\d{2,7}) must (?:have|set|use) stream/i.exec(text)?.[1]);
  const limit = fields.find(({ path }) => isTokenLimit(path.at(-1) ?? ''));
  if (limit === undefined || !(max >= LEAST_TOKENS)) return undefined;
  const field = fieldOf(view.api, limit.path);
  return {
    rule: 'streamless-range',
    description: `${field} is limited in requests that do not stream.`,
    match: { [field]: { '>': max }, stream: { '!=': true } },
    fix: [{ clamp: { field, max } }],
  };
}

/** Limits the provider does not name but quotes the value of: "you requested 20480 tokens". */
function givenNumbers({ text, view }: Refused): readonly RefusedField[] {
  return Object.entries(view.params)
    .filter(
      ([name, value]) =>
        isTokenLimit(name) && typeof value === 'number' && new RegExp(`\\b${value}\\b`).test(text),
    )
    .map(([name, value]) => ({ name, path: [name], value }));
}
