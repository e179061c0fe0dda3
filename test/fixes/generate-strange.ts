import type { RequestView } from '../../src/contract/request.js';
import type { Dice } from './generate-request.js';

/** Places of a request that are given another value. */
const CHANGES = 6;

/** A request in which some values are of a type or a depth that nothing expects there. */
export function generateStrange(dice: Dice, view: RequestView): RequestView {
  let params: unknown = view.params;
  for (let count = 0; count < CHANGES; count += 1) params = spoiled(dice, params, 0);
  // What is spoiled is never the request itself.
  return { ...view, params: params as RequestView['params'] };
}

function spoiled(dice: Dice, value: unknown, depth: number): unknown {
  if (depth > 0 && dice.roll(4) === 0) return strangeValue(dice);
  if (Array.isArray(value)) {
    if (value.length === 0) return dice.roll(2) === 0 ? [strangeValue(dice)] : value;
    const index = dice.roll(value.length);
    return value.with(index, spoiled(dice, value[index], depth + 1));
  }
  if (typeof value !== 'object' || value === null) return depth > 0 ? strangeValue(dice) : value;
  const keys = Object.keys(value);
  if (keys.length === 0) return value;
  const key = dice.pick(keys);
  return { ...value, [key]: spoiled(dice, Reflect.get(value, key), depth + 1) };
}

function strangeValue(dice: Dice): unknown {
  return dice.pick<() => unknown>([
    () => null,
    () => undefined,
    () => 7,
    () => Number.NaN,
    () => '',
    () => 'half \ud83d',
    () => true,
    () => [],
    () => [null],
    () => [[[]]],
    () => ({}),
    () => ({ role: 'user' }),
    () => ({ type: 'text', text: null }),
    () => JSON.parse('{"__proto__":{"type":"object"},"constructor":1}') as unknown,
    () => deep(2000),
    itself,
  ])();
}

/** An object inside an object, and so on. */
function deep(levels: number): unknown {
  let value: unknown = 'end';
  for (let level = 0; level < levels; level += 1)
    value = level % 2 === 0 ? { properties: value } : { content: [value] };
  return value;
}

/** An object that contains itself. */
function itself(): unknown {
  const value: Record<string, unknown> = { type: 'object', text: 'x' };
  value['properties'] = { a: value };
  value['content'] = [value];
  return value;
}
