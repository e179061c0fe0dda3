/** An interval of numbers; an open end is not part of it. */
export interface Range {
  readonly min: number;
  readonly isMinOpen: boolean;
  readonly max: number;
  readonly isMaxOpen: boolean;
}

/** Every number. */
export const ALL: Range = Object.freeze({
  min: -Infinity,
  isMinOpen: false,
  max: Infinity,
  isMaxOpen: false,
});

/** The part of a range that a comparison leaves; any other operator leaves all of it. */
export function narrow(range: Range, op: string, bound: unknown): Range {
  if (typeof bound !== 'number') return range;
  const lower =
    op === '=' || op === '>=' ? closedMin(range, bound) : op === '>' ? openMin(range, bound) : range;
  if (op === '=' || op === '<=') return closedMax(lower, bound);
  return op === '<' ? openMax(lower, bound) : lower;
}

/** Whether no number is left, or no whole one where only those count. */
export function isEmptyRange({ min, isMinOpen, max, isMaxOpen }: Range, wholeOnly: boolean): boolean {
  if (min > max || (min === max && (isMinOpen || isMaxOpen))) return true;
  if (!wholeOnly || !Number.isFinite(min) || !Number.isFinite(max)) return false;
  const first = isMinOpen ? Math.floor(min) + 1 : Math.ceil(min);
  const last = isMaxOpen ? Math.ceil(max) - 1 : Math.floor(max);
  return first > last;
}

/** Whether every number of a range passes a comparison. */
export function rangeImplies({ min, isMinOpen, max, isMaxOpen }: Range, op: string, bound: number): boolean {
  if (op === '>') return min > bound || (min === bound && isMinOpen);
  if (op === '>=') return min >= bound;
  if (op === '<') return max < bound || (max === bound && isMaxOpen);
  if (op === '<=') return max <= bound;
  if (op === '=') return min === bound && max === bound;
  return op === '!=' && isOutside({ min, isMinOpen, max, isMaxOpen }, bound);
}

/** Whether a number is not part of a range. */
export function isOutside({ min, isMinOpen, max, isMaxOpen }: Range, value: number): boolean {
  return value < min || value > max || (value === min && isMinOpen) || (value === max && isMaxOpen);
}

function closedMin(range: Range, bound: number): Range {
  return bound > range.min ? { ...range, min: bound, isMinOpen: false } : range;
}

function openMin(range: Range, bound: number): Range {
  return bound >= range.min ? { ...range, min: bound, isMinOpen: true } : range;
}

function closedMax(range: Range, bound: number): Range {
  return bound < range.max ? { ...range, max: bound, isMaxOpen: false } : range;
}

function openMax(range: Range, bound: number): Range {
  return bound <= range.max ? { ...range, max: bound, isMaxOpen: true } : range;
}
