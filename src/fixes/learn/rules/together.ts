import type { Match } from '../../../contract/pattern.js';
import { isRecord } from '../../../patterns/own.js';
import { fieldOf, locate, snake } from '../locate.js';
import { lossOf } from '../loss.js';
import { type Refused, type RefusedField, type Remedy, matchAt } from '../refused.js';

const EXCLUDES =
  /cannot both|can.?t both|both be (?:set|specified|provided|used)|cannot specify both|not both|mutually exclusive|at the same time|only one of|either .{1,60} or .{1,60} (?:but )?not both|cannot be (?:used|combined|set|specified)(?: together)? with|not compatible with|incompatible with|not supported together|use only one|only set (?:only )?one/i;

/** Which of two parameters goes: the first of these. */
const GIVES_WAY: readonly string[] = [
  'top_k',
  'thinking_budget',
  'top_p',
  'max_tokens',
  'reasoning_effort',
  'presence_penalty',
  'frequency_penalty',
  'n',
  'seed',
];

const NEEDS: readonly RegExp[] = [
  /['"`]?([\w.]+)['"`]?(?: parameter)? is only (?:allowed|supported|valid|available|applicable|permitted) (?:when|if|with|for)(?: using)? ['"`]?([\w.]+)['"`]?/i,
  /['"`]?([\w.]+)['"`]?(?: parameter)? (?:can|may) only be (?:set|used|specified|provided)(?: together)? (?:when|if|with|alongside) ['"`]?([\w.]+)['"`]?/i,
  /['"`]?([\w.]+)['"`]?(?: parameter)? requires? ['"`]?([\w.]+)['"`]? to be/i,
  /['"`]?()([\w.]+)['"`]? must be (?:set to )?(?:true|enabled|specified|provided|set) (?:when|if|to use|in order to use|for)(?: using)? ['"`]?([\w.]+)/i,
];

/** Takes out one of two parameters that exclude each other. */
export function excludes({ text, fields, view }: Refused): Remedy | undefined {
  if (!EXCLUDES.test(text)) return undefined;
  const [first, second] = fields.filter(({ path, value }) => !isRecord(value) || path.length > 1);
  if (first === undefined || second === undefined) return undefined;
  const gone = [first, second].sort((a, b) => rank(a) - rank(b))[0];
  if (gone === undefined || rank(gone) === Infinity) return undefined;
  const [one, other] = [fieldOf(view.api, first.path), fieldOf(view.api, second.path)];
  return {
    rule: 'excludes',
    description: `${one} and ${other} exclude each other.`,
    match: { ...matchAt(one, { exists: true }), ...matchAt(other, { exists: true }) },
    fix: [{ unset: [fieldOf(view.api, gone.path)] }],
  };
}

function rank({ path }: RefusedField): number {
  const at = GIVES_WAY.indexOf(snake(path.at(-1) ?? ''));
  return at < 0 ? Infinity : at;
}

/** Takes out a parameter that only means something beside another, where that other is not. */
export function needs({ text, fields, view }: Refused): Remedy | undefined {
  for (const expression of NEEDS) {
    const match = expression.exec(text);
    if (match === null) continue;
    const [name, other] = match[3] === undefined ? [match[1], match[2]] : [match[3], match[2]];
    const field = fields.find(({ path }) => path.at(-1) === name || path.join('.') === name);
    const absent = other === undefined ? undefined : absence(view.params, other);
    if (field === undefined || absent === undefined || other === undefined) continue;
    const path = fieldOf(view.api, field.path);
    if (lossOf(path, field.value) !== 'none') continue;
    return {
      rule: 'needs',
      description: `${path} is only taken beside ${other}.`,
      match: { ...matchAt(path, { exists: true }), [fieldOf(view.api, other.split('.'))]: absent },
      fix: [{ unset: [path] }],
      everyModel: true,
    };
  }
  return undefined;
}

/** The condition under which the other parameter is missing; undefined when it is there. */
function absence(params: Refused['view']['params'], name: string): Match | undefined {
  const path = locate(params, name);
  if (path === undefined) return { exists: false };
  const value = path.length === 1 ? params[path[0] ?? ''] : undefined;
  if (value === false) return { '!=': true };
  return Array.isArray(value) && value.length === 0 ? { length: 0 } : undefined;
}
