import test from 'ava';
import { shortText } from '../../../src/fixes/short-text.js';
import { applyFix } from '../../../src/fixes/apply.js';
import { renamedTools } from '../../../src/instrumentation/restore-names.js';
import { openaiRequest } from '../../patterns/requests.js';
import { keeps, repairs } from './repair.js';

const empty = { type: 'object', properties: {} };
const tool = (name: string, parameters: unknown = empty, rest: object = {}) => ({
  type: 'function',
  function: { name, parameters, ...rest },
});
const forced = (name: string) => ({ type: 'function', function: { name } });

const shape = { tools: 'standard_shape' } as const;
test(
  "Anthropic's, flat and bare ones",
  repairs,
  shape,
  {
    tools: [
      { name: 'a', description: 'd', input_schema: empty, cache_control: {} },
      { type: 'function', name: 'b', parameters: empty, strict: true },
      { name: 'c', parameters: empty },
      { function: { name: 'd' } },
    ],
  },
  {
    tools: [
      { type: 'function', function: { name: 'a', description: 'd', parameters: empty } },
      tool('b', empty, { strict: true }),
      tool('c'),
      { type: 'function', function: { name: 'd' } },
    ],
  },
);
test('tools of the API', keeps, shape, {
  tools: [tool('a'), { type: 'custom', custom: { name: 'b' } }],
  tool_choice: { type: 'allowed_tools', allowed_tools: {} },
});
const choices: readonly (readonly [unknown, unknown])[] = [
  ['any', 'required'],
  ['a', forced('a')],
  ['whatever', undefined],
  [{ type: 'auto', disable_parallel_tool_use: true }, 'auto'],
  [{ type: 'any' }, 'required'],
  [{ type: 'tool', name: 'a' }, forced('a')],
  [{ type: 'function', name: 'a' }, forced('a')],
  [{ function: { name: 'a' } }, forced('a')],
];
for (const [choice, expected] of choices) {
  const tools = [tool('a')];
  const next = expected === undefined ? { tools } : { tools, tool_choice: expected };
  test(`the choice ${JSON.stringify(choice)}`, repairs, shape, { tools, tool_choice: choice }, next);
}

const names = { tools: 'standard_names' } as const;
test(
  'tools, choice and history alike, and no name twice',
  repairs,
  names,
  {
    tools: [tool('a.b'), tool('a_b'), tool(''), tool('x'.repeat(70))],
    tool_choice: forced('a.b'),
    messages: [
      { role: 'assistant', tool_calls: [{ function: { name: 'a.b' } }, { function: { name: 'a_b' } }] },
      { role: 'assistant', function_call: { name: 'other one' } },
      { role: 'function', name: 'other one' },
      { role: 'user', name: 'a.b' },
    ],
  },
  {
    tools: [tool('a_b_2'), tool('a_b'), tool('unnamed'), tool(shortText('x'.repeat(70), 64))],
    tool_choice: forced('a_b_2'),
    messages: [
      { role: 'assistant', tool_calls: [{ function: { name: 'a_b_2' } }, { function: { name: 'a_b' } }] },
      { role: 'assistant', function_call: { name: 'other_one' } },
      { role: 'function', name: 'other_one' },
      { role: 'user', name: 'a.b' },
    ],
  },
);
test('names the API takes', keeps, names, { tools: [tool('a-b_9'), tool('x'.repeat(64))] });
test('renamedTools: leads from the new names back to the old ones', (t) => {
  const before = { tools: [tool('a.b'), tool('c')], functions: [{ name: 'd e' }] };
  const { changes } = applyFix(openaiRequest(before), [names]);
  t.deepEqual(
    [...(renamedTools(changes) ?? [])],
    [
      ['a_b', 'a.b'],
      ['d_e', 'd e'],
    ],
  );
  t.is(renamedTools([]), undefined);
});

const choice = { tools: 'drop_absent_choice' } as const;
test(
  'a tool that is not there',
  repairs,
  choice,
  { tools: [tool('a')], tool_choice: forced('b') },
  {
    tools: [tool('a')],
  },
);
test('a tool that is there', keeps, choice, { tools: [tool('a')], tool_choice: forced('a') });

const schemas = { tools: 'complete_schemas' } as const;
const completed: readonly (readonly [string, unknown, unknown])[] = [
  ['no parameters', null, empty],
  ["PHP's empty list", [], empty],
  ['an empty schema', {}, empty],
  ['JSON as a text', '{"type":"object"}', empty],
  ['no properties', { type: 'object' }, empty],
  [
    'lists without items, in any depth',
    { type: 'object', properties: { a: { anyOf: [{ type: ['array', 'null'] }] } } },
    { type: 'object', properties: { a: { anyOf: [{ type: ['array', 'null'], items: {} }] } } },
  ],
  [
    'types of languages',
    { type: 'OBJECT', properties: { a: { type: 'str' }, b: { type: 'any' }, c: { type: 'dict' } } },
    { type: 'object', properties: { a: { type: 'string' }, b: {}, c: { type: 'object' } } },
  ],
  [
    'required as a flag',
    { type: 'object', properties: { a: { type: 'string', required: true }, b: { required: false } } },
    { type: 'object', properties: { a: { type: 'string' }, b: {} }, required: ['a'] },
  ],
  [
    'null for keywords, but not for values',
    { type: 'object', properties: { a: { enum: null, description: null, default: null } }, required: null },
    { type: 'object', properties: { a: { default: null } } },
  ],
  [
    'names twice, exclusive by a flag, items as a list',
    {
      type: 'object',
      properties: {
        a: { minimum: 1, exclusiveMinimum: true },
        b: { type: 'array', items: [{ type: 'string' }] },
      },
      required: ['a', 'a'],
    },
    {
      type: 'object',
      properties: {
        a: { exclusiveMinimum: 1 },
        b: { type: 'array', items: { anyOf: [{ type: 'string' }] } },
      },
      required: ['a'],
    },
  ],
  [
    'a reference on top',
    { $ref: '#/$defs/A', $defs: { A: { type: 'object', properties: { a: {} } } } },
    { type: 'object', properties: { a: {} }, $defs: { A: { type: 'object', properties: { a: {} } } } },
  ],
];
for (const [given, before, after] of completed) {
  test(given, repairs, schemas, { tools: [tool('a', before)] }, { tools: [tool('a', after)] });
}
test('schemas that are complete', keeps, schemas, {
  tools: [
    { type: 'function', function: { name: 'a' } },
    tool('b', {
      type: 'object',
      properties: { a: { type: 'array', items: { type: 'string' } }, b: { type: 'object' } },
    }),
    tool('c', { type: 'object', properties: { required: { type: 'boolean' }, items: { type: 'string' } } }),
    tool('d', { type: 'array', items: {} }),
  ],
});

const choicesOnTop = { tools: 'merge_root_choices' } as const;
test(
  'every property, required where each branch does',
  repairs,
  choicesOnTop,
  {
    tools: [
      tool('a', {
        type: 'object',
        properties: { k: { type: 'string' } },
        required: ['k'],
        oneOf: [
          { properties: { a: { type: 'string' }, c: { type: 'number' } }, required: ['a', 'c'] },
          { $ref: '#/$defs/B' },
        ],
        $defs: { B: { type: 'object', properties: { b: {}, c: { type: 'string' } }, required: ['c'] } },
      }),
    ],
  },
  {
    tools: [
      tool('a', {
        type: 'object',
        properties: {
          k: { type: 'string' },
          a: { type: 'string' },
          c: { anyOf: [{ type: 'number' }, { type: 'string' }] },
          b: {},
        },
        required: ['k', 'c'],
        $defs: { B: { type: 'object', properties: { b: {}, c: { type: 'string' } }, required: ['c'] } },
      }),
    ],
  },
);
test('a choice between other things than objects', keeps, choicesOnTop, {
  tools: [tool('a', { anyOf: [{ type: 'string' }, { type: 'object' }] })],
});

test('128 of 130', (t) => {
  const tools = Array.from({ length: 130 }, (_, index) => tool(`t${index}`));
  const { params } = applyFix(openaiRequest({ tools }), [{ tools: 'keep_128' }]);
  t.deepEqual(params['tools'], tools.slice(0, 128));
});
test('long descriptions', (t) => {
  const tools = [
    tool('a', empty, { description: 'd'.repeat(1025) }),
    tool('b', empty, { description: 'd'.repeat(1024) }),
  ];
  const { params } = applyFix(openaiRequest({ tools }), [{ tools: 'shorten_descriptions' }]);
  const [first, second] = params['tools'] as { function: { description: string } }[];
  t.is(first?.function.description.length, 1024);
  t.is(second, tools[1] as unknown as typeof second);
});
