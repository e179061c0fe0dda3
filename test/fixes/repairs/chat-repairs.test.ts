import test from 'ava';
import type { FixOperation } from '../../../src/contract/fix.js';
import { applyFix } from '../../../src/fixes/apply.js';
import { openaiRequest } from '../../patterns/requests.js';
import { deepFreeze } from '../freeze.js';

const OPERATIONS: readonly FixOperation[] = [
  { messages: 'merge_system' },
  { messages: 'fold_system' },
  { messages: 'developer_to_system' },
  { messages: 'merge_repeated_roles' },
  { messages: 'start_with_user' },
  { messages: 'end_with_user' },
  { messages: 'mark_prefix' },
  { messages: 'acknowledge_results' },
  { messages: 'drop_empty_assistant' },
  { messages: 'join_text_parts' },
  { messages: 'drop_stray_fields' },
  { messages: 'drop_names' },
  { messages: 'drop_reasoning' },
  { messages: 'drop_reasoning_content' },
  { messages: 'add_reasoning_content' },
  { messages: 'nine_character_ids' },
  { messages: 'split_tool_calls' },
  { messages: 'nest_tool_calls' },
  { messages: 'write_arguments' },
  { messages: 'parse_arguments' },
  { messages: 'strip_data_urls' },
  { tools: 'drop_repeated' },
  { tools: 'drop_stray_fields' },
  { tools: 'add_parameters' },
  { tools: 'type_in_any_of' },
  { parameters: 'drop_account_fields' },
  { parameters: 'fit_context' },
  { parameters: 'number_keep_alive' },
  { parameters: 'schema_to_json_mode' },
];

test('chat repairs: all of them leave a healthy conversation alone, by reference', (t) => {
  const healthy = deepFreeze(
    openaiRequest({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Add.' },
        {
          role: 'assistant',
          content: '',
          reasoning_content: 'hm',
          tool_calls: [
            { id: 'abcdefgh1', type: 'function', function: { name: 'add', arguments: '{"a":1}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'abcdefgh1', content: '4' },
      ],
      tools: [
        { type: 'function', function: { name: 'add', parameters: { type: 'object', properties: {} } } },
      ],
    }),
  );
  const changing = [
    'fold_system',
    'drop_stray_fields',
    'drop_reasoning',
    'drop_reasoning_content',
    'parse_arguments',
    'fit_context',
  ];
  for (const operation of OPERATIONS) {
    const [name = ''] = Object.values(operation).map(String);
    if (!changing.includes(name)) t.is(applyFix(healthy, [operation]).params, healthy.params, name);
  }
});

const repairs = test.macro({
  exec(t, operation: FixOperation, messages: readonly unknown[], expected: readonly unknown[]) {
    t.deepEqual(applyFix(deepFreeze(openaiRequest({ messages })), [operation]).params['messages'], expected);
  },
  title: (given, operation) => `repair ${JSON.stringify(operation)}: ${given ?? ''}`,
});
const user = (content: unknown, rest: object = {}) => ({ role: 'user', content, ...rest });
const assistant = (content: unknown, rest: object = {}) => ({ role: 'assistant', content, ...rest });
const system = (content: unknown) => ({ role: 'system', content });
const text = (value: string) => ({ type: 'text', text: value });
const image = { type: 'image_url', image_url: { url: 'https://a.example/b.png' } };
const call = (id: string, args: unknown = '{}') => ({
  id,
  type: 'function',
  function: { name: 'f', arguments: args },
});
const tool = (id: string) => ({ role: 'tool', tool_call_id: id, content: id });

const merge: FixOperation = { messages: 'merge_repeated_roles' };
test(
  'an image stays beside the text',
  repairs,
  merge,
  [user([image]), user('Why?')],
  [user([image, text('Why?')])],
);
test('an empty one gives way', repairs, merge, [user(''), user('Why?'), user([])], [user('Why?')]);
test(
  'three become one, with every field',
  repairs,
  merge,
  [user('a', { name: 'ann' }), user('b'), user('c')],
  [user('a\n\nb\n\nc', { name: 'ann' })],
);
test(
  'calls go with the text before them',
  repairs,
  merge,
  [assistant('So'), assistant(null, { tool_calls: [call('a')] })],
  [assistant('So', { tool_calls: [call('a')] })],
);
test(
  'calls that wait for results stay apart',
  repairs,
  merge,
  [assistant('', { tool_calls: [call('a')] }), assistant('So')],
  [assistant('', { tool_calls: [call('a')] }), assistant('So')],
);
test(
  'instructions in between keep them apart',
  repairs,
  merge,
  [user('a'), system('b'), user('c')],
  [user('a'), system('b'), user('c')],
);

const nine: FixOperation = { messages: 'nine_character_ids' };
test(
  'an id that is taken is not given again',
  repairs,
  nine,
  [assistant('', { tool_calls: [call('call_1'), call('ca7070761')] })],
  [assistant('', { tool_calls: [call('c0eeb737d'), call('ca7070761')] })],
);

const joined: FixOperation = { messages: 'join_text_parts' };
test('an image keeps the list', repairs, joined, [user([text('a'), image])], [user([text('a'), image])]);
test('an empty list stays', repairs, joined, [user([])], [user([])]);

const fold: FixOperation = { messages: 'fold_system' };
test(
  'in front of what the user shows',
  repairs,
  fold,
  [system('a'), system('b'), user([image])],
  [user([text('a\n\nb'), image])],
);
test('in front of the assistant', repairs, fold, [system('a'), assistant('b')], [user('a'), assistant('b')]);

const write: FixOperation = { messages: 'write_arguments' };
test(
  'an object',
  repairs,
  write,
  [assistant('', { tool_calls: [call('a', { b: 1 })] })],
  [assistant('', { tool_calls: [call('a', '{"b":1}')] })],
);
test(
  'a text that was cut off',
  repairs,
  write,
  [assistant('', { tool_calls: [call('a', '{"b":')] })],
  [assistant('', { tool_calls: [call('a', '{"arguments":"{\\"b\\":"}')] })],
);
test(
  'null',
  repairs,
  write,
  [assistant('', { tool_calls: [call('a', 'null')] })],
  [assistant('', { tool_calls: [call('a')] })],
);

const split: FixOperation = { messages: 'split_tool_calls' };
const two = assistant('Look.', { tool_calls: [call('a'), call('b')] });
test(
  'in the order of the calls',
  repairs,
  split,
  [two, tool('b'), tool('a'), user('So?')],
  [
    assistant('Look.', { tool_calls: [call('a')] }),
    tool('a'),
    assistant('', { tool_calls: [call('b')] }),
    tool('b'),
    user('So?'),
  ],
);
test('not without all results', repairs, split, [two, tool('a'), user('So?')], [two, tool('a'), user('So?')]);

test(
  'reasoning that has another name is kept',
  repairs,
  { messages: 'add_reasoning_content' },
  [assistant('', { reasoning: 'hm', tool_calls: [call('a')] })],
  [assistant('', { reasoning: 'hm', tool_calls: [call('a')], reasoning_content: 'hm' })],
);
