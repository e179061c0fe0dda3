import test from 'ava';
import type { FixOperation } from '../../src/contract/fix.js';
import { anthropicRequest, openaiRequest } from '../patterns/requests.js';
import { keeps, repairs } from './repair-macros.js';

test('an empty list', repairs, { tools: 'drop_empty' }, openaiRequest({ tools: [], functions: [], n: 1 }), {
  n: 1,
});
test('a list with a tool', keeps, { tools: 'drop_empty' }, openaiRequest({ tools: [{}] }));
const choice: FixOperation = { tools: 'drop_choice_without_tools' };
test(
  'no tools',
  repairs,
  choice,
  openaiRequest({ tool_choice: 'auto', parallel_tool_calls: false, function_call: 'auto' }),
  {},
);
test('an empty list of tools', repairs, choice, openaiRequest({ tools: [], tool_choice: 'none' }), {
  tools: [],
});
test(
  'tools there',
  keeps,
  choice,
  openaiRequest({ tools: [{}], tool_choice: 'none', parallel_tool_calls: true }),
);
test('legacy functions there', keeps, choice, openaiRequest({ functions: [{}], function_call: 'auto' }));

const strict: FixOperation = { tools: 'strict_schema' };
const schema = {
  type: 'object',
  properties: { a: { type: 'string' }, b: { type: 'string', enum: ['x'] }, c: { $ref: '#/$defs/d' } },
  required: ['a'],
  $defs: { d: { type: 'array', items: { type: 'object', properties: {} } } },
};
const completed = {
  type: 'object',
  properties: {
    a: { type: 'string' },
    b: { type: ['string', 'null'], enum: ['x', null] },
    c: { anyOf: [{ $ref: '#/$defs/d' }, { type: 'null' }] },
  },
  required: ['a', 'b', 'c'],
  $defs: { d: { type: 'array', items: { type: 'object', properties: {}, additionalProperties: false } } },
  additionalProperties: false,
};
test(
  'a response format',
  repairs,
  strict,
  openaiRequest({ response_format: { type: 'json_schema', json_schema: { strict: true, schema } } }),
  { response_format: { type: 'json_schema', json_schema: { strict: true, schema: completed } } },
);
test(
  'a tool of OpenAI',
  repairs,
  strict,
  openaiRequest({ tools: [{ type: 'function', function: { name: 'f', strict: true, parameters: schema } }] }),
  { tools: [{ type: 'function', function: { name: 'f', strict: true, parameters: completed } }] },
);
test(
  'a tool of Anthropic',
  repairs,
  strict,
  anthropicRequest({ tools: [{ name: 'f', strict: true, input_schema: schema }] }),
  { tools: [{ name: 'f', strict: true, input_schema: completed }] },
);
test(
  'a schema that is not strict',
  keeps,
  strict,
  openaiRequest({ tools: [{ type: 'function', function: { name: 'f', parameters: schema } }] }),
);
test(
  'a map with free keys',
  keeps,
  strict,
  anthropicRequest({
    tools: [
      {
        name: 'f',
        strict: true,
        input_schema: { type: 'object', properties: { a: {} }, additionalProperties: { type: 'string' } },
      },
    ],
  }),
);
