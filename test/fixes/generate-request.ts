import type { RequestView } from '../../src/contract/request.js';
import { flawedMessage, flawedParameters } from './generate-flaws.js';
import { anthropicRequest, openaiRequest } from '../patterns/requests.js';

/** A small seeded source of choices, so that a failing case can be run again by its seed. */
export interface Dice {
  /** A whole number from 0 up to, but not including, `sides`. */
  roll(sides: number): number;
  pick<T>(items: readonly T[]): T;
  maybe(part: object): object;
}

/** Mulberry32. @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c, public domain */
export function createDice(seed: number): Dice {
  let state = seed;
  function roll(sides: number): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  }
  return {
    roll,
    pick: <T>(items: readonly T[]) => items[roll(items.length)] as T, // the index is in range
    maybe: (part) => (roll(2) === 0 ? part : {}),
  };
}

const TEXTS = ['', ' ', 'hello', 'as json', 'trailing ', '\n', 'two\n\nlines'];
const IDS = ['a', 'b', 'c'];

/** A request of either API, healthy or broken in any of the ways the repairs know. */
export function generateRequest(dice: Dice): RequestView {
  return dice.roll(2) === 0 ? generateOpenai(dice) : generateAnthropic(dice);
}

function generateOpenai(dice: Dice): RequestView {
  const isFlawed = dice.roll(2) === 0;
  const messages = times(dice.roll(7), () =>
    isFlawed && dice.roll(2) === 0 ? flawedMessage(dice) : openaiMessage(dice),
  );
  return openaiRequest({
    model: dice.pick(['gpt-4', 'gpt-4o', 'o1-mini', 'o3-mini', 'gpt-5', 'gpt-5.4', 'gpt-5.6']),
    messages,
    ...sampling(dice),
    ...dice.maybe({ max_completion_tokens: dice.roll(100_000) }),
    ...dice.maybe({
      tools: times(dice.roll(3), () => ({ type: 'function', function: openaiFunction(dice) })),
    }),
    ...dice.maybe({ parallel_tool_calls: true }),
    ...dice.maybe({ reasoning_effort: dice.pick(['minimal', 'low', 'none']) }),
    ...dice.maybe({ response_format: dice.pick([{ type: 'json_object' }, strictFormat(dice)]) }),
    ...(isFlawed ? flawedParameters(dice) : {}),
  });
}

function generateAnthropic(dice: Dice): RequestView {
  const messages = times(dice.roll(7), () => anthropicMessage(dice));
  return anthropicRequest({
    model: dice.pick(['claude-sonnet-4-5', 'claude-opus-4-7', 'claude-3-haiku-20240307', 'other']),
    messages,
    ...sampling(dice),
    ...dice.maybe({ top_k: 5 }),
    ...dice.maybe({ system: dice.pick<unknown>([...TEXTS, times(dice.roll(3), () => textBlock(dice))]) }),
    ...dice.maybe({
      thinking: dice.pick([{ type: 'enabled', budget_tokens: dice.roll(4000) }, { type: 'adaptive' }]),
    }),
    ...dice.maybe({
      tools: times(dice.roll(2), () => ({ name: 'look', strict: true, input_schema: schema(dice, 0) })),
    }),
  });
}

function sampling(dice: Dice): object {
  return {
    ...dice.maybe({ temperature: dice.pick([0, 0.7, 1, 1.4, null]) }),
    ...dice.maybe({ top_p: dice.pick([0.5, 1]) }),
    ...dice.maybe({ max_tokens: dice.roll(100_000) }),
    ...dice.maybe({
      tool_choice: dice.pick<unknown>(['auto', { type: 'any' }, { type: 'tool', name: 'look' }]),
    }),
  };
}

function openaiMessage(dice: Dice): object {
  const role = dice.pick(['system', 'developer', 'user', 'user', 'assistant', 'assistant', 'tool']);
  if (role === 'tool') return { role, tool_call_id: dice.pick(IDS), content: dice.pick(TEXTS) };
  const content = dice.pick<unknown>([...TEXTS, null, times(dice.roll(3), () => textBlock(dice))]);
  const calls = times(1 + dice.roll(2), () => ({
    id: dice.pick(IDS),
    type: 'function',
    function: { name: 'look', arguments: '{}' },
  }));
  return { role, content, ...(role === 'assistant' ? dice.maybe({ tool_calls: calls }) : {}) };
}

function anthropicMessage(dice: Dice): object {
  const role = dice.pick(['user', 'user', 'assistant', 'assistant', 'system']);
  if (dice.roll(3) === 0) return { role, content: dice.pick(TEXTS) };
  return {
    role,
    content: times(dice.roll(4), () => (role === 'system' ? textBlock(dice) : block(dice, role))),
  };
}

function block(dice: Dice, role: string): object {
  const kind = dice.roll(4);
  if (kind < 2) return textBlock(dice);
  if (role === 'user') return { type: 'tool_result', tool_use_id: dice.pick(IDS), content: dice.pick(TEXTS) };
  if (kind === 2) return { type: 'tool_use', id: dice.pick(IDS), name: 'look', input: {} };
  return dice.pick([{ type: 'thinking', thinking: 'hm', signature: 's' }, textBlock(dice)]);
}

function textBlock(dice: Dice): object {
  return { type: 'text', text: dice.pick(TEXTS), ...dice.maybe({ cache_control: { type: 'ephemeral' } }) };
}

function strictFormat(dice: Dice): object {
  return {
    type: 'json_schema',
    json_schema: { name: 'x', strict: dice.roll(3) > 0, schema: schema(dice, 0) },
  };
}

function openaiFunction(dice: Dice): object {
  return { name: 'look', strict: dice.roll(2) === 0, parameters: schema(dice, 0) };
}

function schema(dice: Dice, depth: number): object {
  const kind = depth > 2 ? 0 : dice.roll(4);
  if (kind === 1) return { type: 'array', items: schema(dice, depth + 1) };
  if (kind === 2) return { anyOf: [schema(dice, depth + 1), { type: 'null' }] };
  if (kind === 0) return { type: dice.pick(['string', 'number']), ...dice.maybe({ enum: ['x'] }) };
  const properties = { a: schema(dice, depth + 1), b: schema(dice, depth + 1) };
  return {
    type: 'object',
    properties,
    ...dice.maybe({ required: ['b'] }),
    ...dice.maybe({ additionalProperties: dice.pick<unknown>([false, true, {}]) }),
  };
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}
