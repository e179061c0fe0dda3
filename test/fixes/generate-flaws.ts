import type { Dice } from './generate-request.js';

const NAMES = ['look', 'files.read', 'read file', '', 'x'.repeat(70), 'files_read'];
const IDS = ['a', 'b', `call_${'y'.repeat(50)}`];
const LINK = 'https://example.com/a.png';
const PARTS: readonly unknown[] = [
  'bare text',
  null,
  7,
  { text: 'no type' },
  { type: 'input_text', text: 'other' },
  { type: 'image_url', image_url: LINK },
  { type: 'image_url', image_url: { url: LINK } },
  { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
  { type: 'unheard_of', data: 1 },
];
const SCHEMAS: readonly unknown[] = [
  null,
  [],
  {},
  { type: 'object' },
  { properties: { a: { type: 'array' } } },
  { type: 'object', properties: [], required: null },
  { type: 'object', properties: { a: { type: 'str', required: true }, b: { type: ['list', 'null'] } } },
  { type: 'object', properties: { a: { enum: [], description: null }, b: { items: [{ type: 'int' }] } } },
  {
    anyOf: [
      { properties: { a: { type: 'string' } } },
      { properties: { a: { type: 'number' } }, required: ['a'] },
    ],
  },
  { allOf: [{ $ref: '#/$defs/A' }], $defs: { A: { type: 'object', properties: { c: {} } } } },
  {
    $ref: '#/$defs/A',
    $defs: { A: { type: 'object', properties: { c: { minimum: 1, exclusiveMinimum: true } } } },
  },
  { type: 'object', properties: { m: { type: 'object', additionalProperties: { type: 'string' } } } },
  {
    type: 'object',
    properties: {
      a: {
        oneOf: [
          { type: 'string', default: 'x' },
          { $ref: '#/b', title: 't' },
        ],
      },
    },
  },
];

/** Parameters of a chat with what applications get wrong in them. */
export function flawedParameters(dice: Dice): object {
  return {
    ...dice.maybe({ top_k: 4, maxTokens: 30, stop_sequences: ['a'] }),
    ...dice.maybe({ stop: dice.pick<unknown>([['a', 'ab', '', 'c', 'd', 'e', 'f'], [''], [], 'a', null]) }),
    ...dice.maybe({ n: dice.pick<unknown>(['2', 1.5, '', 1]), seed: dice.pick<unknown>(['7', 1e300]) }),
    ...dice.maybe({
      user: dice.pick(['u'.repeat(64), 'u'.repeat(65), `${'u'.repeat(46)}\ud83d\ude00${'u'.repeat(40)}`]),
    }),
    ...dice.maybe({ metadata: { a: 1, b: null, c: { d: [] }, e: 'text' } }),
    ...dice.maybe({ system: dice.pick(['Be kind.', '']) }),
    ...dice.maybe({ stream_options: { include_usage: true } }),
    ...dice.maybe({ tools: times(dice.roll(3), () => tool(dice)) }),
    ...dice.maybe({
      tool_choice: dice.pick<unknown>([
        'any',
        'look',
        { type: 'tool', name: 'files.read' },
        { type: 'function', function: { name: 'gone' } },
        { type: 'none' },
      ]),
    }),
    ...dice.maybe({ functions: [definition(dice)], function_call: { name: dice.pick(NAMES) } }),
  };
}

/** A message with what applications get wrong in it. */
export function flawedMessage(dice: Dice): object {
  const role = dice.pick(['human', 'AI', 'user', 'assistant', 'tool', 'function', 'unheard of', 'system']);
  return {
    role,
    content: dice.pick<unknown>([null, [], 5, { a: 1 }, times(dice.roll(3), () => dice.pick(PARTS)), 'text']),
    ...dice.maybe({ id: 'm1', createdAt: 7 }),
    ...dice.maybe({ name: dice.pick(['Ada Lovelace', '<>', '', 'n'.repeat(80)]) }),
    ...(role === 'tool' ? { tool_call_id: dice.pick(IDS) } : {}),
    ...(role === 'assistant' ? dice.maybe({ tool_calls: times(dice.roll(3), () => call(dice)) }) : {}),
    ...(role === 'assistant'
      ? dice.maybe({ function_call: { name: dice.pick(NAMES), arguments: '{}' } })
      : {}),
  };
}

function call(dice: Dice): object {
  const argumentsOf = dice.pick<unknown>(['{}', { a: 1 }, null]);
  return {
    id: dice.pick(IDS),
    ...dice.maybe({ type: 'function' }),
    function: { name: dice.pick(NAMES), arguments: argumentsOf },
  };
}

function tool(dice: Dice): object {
  const name = dice.pick(NAMES);
  return dice.pick<object>([
    { type: 'function', function: definition(dice) },
    { function: definition(dice) },
    { name, description: 'd', input_schema: dice.pick(SCHEMAS) },
    { type: 'function', name, parameters: dice.pick(SCHEMAS), strict: true },
  ]);
}

function definition(dice: Dice): object {
  const description = dice.pick(['d', 'd'.repeat(2000)]);
  return {
    name: dice.pick(NAMES),
    description,
    parameters: dice.pick(SCHEMAS),
    ...dice.maybe({ strict: true }),
  };
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}
