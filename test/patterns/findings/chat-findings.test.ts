import test from 'ava';
import { createFacts, factOf } from '../../../src/patterns/facts.js';
import { CHAT_WALKS } from '../../../src/patterns/findings/chat-findings.js';
import { openaiRequest } from '../requests.js';

const finds = test.macro({
  exec(t, params: Readonly<Record<string, unknown>>, expected: readonly string[]) {
    const found = factOf(createFacts(openaiRequest(params)), 'findings') as readonly string[];
    // What only some servers refuse is found beside it, and tested beside it.
    const own = found.filter((name) => CHAT_WALKS.some(({ finds = {} }) => Object.hasOwn(finds, name)));
    t.deepEqual([...new Set(own)].sort(), [...expected].sort());
  },
  title: (given) => `findings: ${given ?? ''}`,
});

const tool = (parameters: unknown, rest: object = {}) => ({
  type: 'function',
  function: { name: 'f', parameters, ...rest },
});
const call = { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } };

test('none in an empty request', finds, {}, []);
test(
  'none in odd values',
  finds,
  { messages: [null, 7, 'a', []], tools: [null, 7], stop: 7, metadata: [] },
  [],
);
test(
  'roles and fields of messages',
  finds,
  {
    messages: [
      { role: 'human', content: 'a' },
      { role: 'user', content: 'a', id: 1, name: 'a b' },
    ],
  },
  ['other_role', 'unknown_message_field', 'message_name'],
);
test(
  'contents',
  finds,
  {
    messages: [
      { role: 'user', content: null },
      { role: 'user', content: 7 },
      { role: 'user', content: [] },
      { role: 'assistant', content: [{ type: 'image_url', image_url: 'x' }] },
      { role: 'user', content: [{ type: 'tool_result' }, { type: 'text', text: '\ud83d' }] },
    ],
  },
  [
    'null_content',
    'content_not_text',
    'empty_content_list',
    'image_in_other_role',
    'other_part',
    'call_block',
    'lone_surrogate',
  ],
);
test(
  'calls and results',
  finds,
  {
    messages: [
      { role: 'assistant', tool_calls: [call, { ...call, id: 'b'.repeat(41), type: undefined }] },
      { role: 'tool', tool_call_id: 'a', content: 'x' },
      { role: 'tool', tool_call_id: 'a', content: 'x' },
      { role: 'user', content: 'a' },
      { role: 'tool', tool_call_id: 'b'.repeat(41), content: 'x' },
      { role: 'assistant', content: 'a', tool_calls: [] },
    ],
  },
  [
    'missing_content',
    'long_tool_call_id',
    'incomplete_tool_call',
    'repeated_tool_result',
    'displaced_tool_result',
    'orphan_tool_result',
    'open_tool_call',
    'empty_tool_calls',
  ],
);
test(
  'tools and the choice among them',
  finds,
  {
    tools: [{ name: 'f', input_schema: {} }, tool({ type: 'object', properties: {} }, { name: 'a b' })],
    tool_choice: { type: 'tool', name: 'f' },
  },
  ['other_tool_shape', 'offered_name', 'other_tool_choice'],
);
test(
  'schemas',
  finds,
  {
    tools: [
      tool({ type: 'object' }),
      tool({ anyOf: [] }),
      tool({ type: 'object', properties: {} }, { strict: true }),
    ],
  },
  ['faulty_schema', 'root_combinator', 'loose_schema'],
);
test(
  'a strict format with free keys',
  finds,
  {
    response_format: {
      type: 'json_schema',
      json_schema: { strict: true, schema: { type: 'object', additionalProperties: {} } },
    },
  },
  ['loose_schema', 'open_map'],
);
test(
  'parameters',
  finds,
  {
    top_k: 1,
    system: 'a',
    n: '2',
    user: 'u'.repeat(65),
    metadata: { a: 1, b: 'v'.repeat(513) },
    stop: ['', 'a', 'b', 'c', 'd'],
    logit_bias: { 1: 101 },
  },
  [
    'foreign_parameter',
    'instructions_parameter',
    'number_type',
    'long_identifier',
    'metadata_type',
    'metadata_size',
    'many_stops',
    'empty_stop',
    'bias_range',
  ],
);
test(
  'the window with the limit',
  finds,
  { model: 'gpt-4', max_tokens: 8192, messages: [{ role: 'user', content: 'a' }] },
  ['window_overrun'],
);
test(
  'the window without',
  finds,
  { model: 'gpt-4', messages: [{ role: 'user', content: 'word '.repeat(8000) }] },
  ['prompt_over_window'],
);

test('findings: a schema that contains itself ends', (t) => {
  const schema: Record<string, unknown> = { type: 'object' };
  schema['properties'] = { a: schema, b: schema, c: { type: 'array', items: schema } };
  t.deepEqual(factOf(createFacts(openaiRequest({ tools: [tool(schema)] })), 'findings'), []);
});
