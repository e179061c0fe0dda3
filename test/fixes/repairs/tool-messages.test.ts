import test from 'ava';
import { applyFix } from '../../../src/fixes/apply.js';
import { openaiRequest } from '../../patterns/requests.js';
import { keeps, repairs } from './repair.js';

const user = { role: 'user', content: 'hi' };
const call = (id: string, rest: object = {}) => ({
  id,
  type: 'function',
  function: { name: 'f', arguments: '{}' },
  ...rest,
});
const asks = (...calls: object[]) => ({ role: 'assistant', content: null, tool_calls: calls });
const tool = (id: string, content: unknown = 'x') => ({ role: 'tool', tool_call_id: id, content });
const LONG = `call_${'a'.repeat(50)}`;

const gather = { messages: 'gather_tool_results' } as const;
test(
  'results move in the order of the calls',
  repairs,
  gather,
  { messages: [asks(call('a'), call('b')), user, tool('b'), tool('a'), user] },
  { messages: [asks(call('a'), call('b')), tool('a'), tool('b'), user, user] },
);
test(
  'a result in front of its call moves behind it',
  repairs,
  gather,
  { messages: [tool('a'), asks(call('a'))] },
  {
    messages: [asks(call('a')), tool('a')],
  },
);
test('an id used again belongs to the turn it follows', keeps, gather, {
  messages: [asks(call('a')), tool('a'), asks(call('a')), tool('a')],
});
test('a result no one asked for', keeps, gather, { messages: [asks(call('a')), tool('a'), user, tool('z')] });

const merge = { messages: 'merge_tool_results' } as const;
test(
  'two texts become one, equal ones stay one',
  repairs,
  merge,
  { messages: [asks(call('a'), call('b')), tool('a', '1'), tool('a', '2'), tool('b', '3'), tool('b', '3')] },
  { messages: [asks(call('a'), call('b')), tool('a', '1\n2'), tool('b', '3')] },
);
test(
  'parts stay parts',
  repairs,
  merge,
  { messages: [asks(call('a')), tool('a', '1'), tool('a', [{ type: 'text', text: '2' }])] },
  {
    messages: [
      asks(call('a')),
      tool('a', [
        { type: 'text', text: '1' },
        { type: 'text', text: '2' },
      ]),
    ],
  },
);
test('the same id in another turn', keeps, merge, {
  messages: [asks(call('a')), tool('a'), asks(call('a')), tool('a')],
});

const unnamed = { messages: 'complete_tool_results' } as const;
test(
  'results without an id take the open calls in order',
  repairs,
  unnamed,
  { messages: [asks(call('a'), call('b')), tool('b'), { role: 'tool', content: 'y' }] },
  { messages: [asks(call('a'), call('b')), tool('b'), { role: 'tool', content: 'y', tool_call_id: 'a' }] },
);
test(
  'a function message takes the name that was called',
  repairs,
  unnamed,
  {
    messages: [
      { role: 'assistant', function_call: { name: 'f' } },
      { role: 'function', content: 'y' },
    ],
  },
  {
    messages: [
      { role: 'assistant', function_call: { name: 'f' } },
      { role: 'function', content: 'y', name: 'f' },
    ],
  },
);
test('a result without a call', keeps, unnamed, { messages: [user, { role: 'tool', content: 'y' }] });

const shorten = { messages: 'shorten_tool_call_ids' } as const;
test('ids: 40 characters are taken', keeps, shorten, {
  messages: [asks(call('a'.repeat(40))), tool('a'.repeat(40))],
});
test('ids: call and result change alike, and different ids stay different', (t) => {
  const messages = [asks(call(LONG), call(`${LONG}b`)), tool(LONG), tool(`${LONG}b`)];
  const { params } = applyFix(openaiRequest({ messages }), [shorten]);
  const [asked, first, second] = params['messages'] as {
    tool_calls: { id: string }[];
    tool_call_id: string;
  }[];
  const ids = asked?.tool_calls.map(({ id }) => id);
  t.deepEqual(ids, [first?.tool_call_id, second?.tool_call_id]);
  t.is(new Set(ids).size, 2);
  t.true(ids?.every((id) => id.length === 40 && id.startsWith('call_aaa')));
});

const complete = { messages: 'complete_tool_calls' } as const;
test(
  'type and arguments are written',
  repairs,
  complete,
  {
    messages: [
      asks(
        { id: 'a', function: { name: 'f', arguments: { n: 1 } } },
        { id: 'b', type: 'function', function: { name: 'g' } },
      ),
    ],
  },
  {
    messages: [
      asks(
        { id: 'a', type: 'function', function: { name: 'f', arguments: '{"n":1}' } },
        { id: 'b', type: 'function', function: { name: 'g', arguments: '{}' } },
      ),
    ],
  },
);
test('custom tools, whose input is a text', keeps, complete, {
  messages: [asks({ id: 'a', type: 'custom', custom: { name: 'f', input: 'x' } })],
});

test(
  'an empty list goes, null stays',
  repairs,
  { messages: 'drop_empty_tool_calls' },
  {
    messages: [
      { role: 'assistant', content: 'a', tool_calls: [] },
      { role: 'assistant', tool_calls: null },
    ],
  },
  {
    messages: [
      { role: 'assistant', content: 'a' },
      { role: 'assistant', tool_calls: null },
    ],
  },
);

const blocks = { messages: 'calls_from_blocks' } as const;
test(
  'text stays beside the call, results come first',
  repairs,
  blocks,
  {
    messages: [
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm', signature: 's' },
          { type: 'text', text: 'Looking.' },
          { type: 'tool_use', id: 'a', name: 'f', input: { n: 1 } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'and?' },
          { type: 'tool_result', tool_use_id: 'a', content: 'y' },
        ],
      },
    ],
  },
  {
    messages: [
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'Looking.' }],
        tool_calls: [call('a', { function: { name: 'f', arguments: '{"n":1}' } })],
      },
      tool('a', 'y'),
      { role: 'user', content: [{ type: 'text', text: 'and?' }] },
    ],
  },
);
test('a text that is none of these', keeps, blocks, { messages: [user] });
