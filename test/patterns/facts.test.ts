import test from 'ava';
import type { RequestView } from '../../src/contract/request.js';
import { type FactName, isFactName } from '../../src/patterns/fact-table.js';
import { createFacts, factOf } from '../../src/patterns/facts.js';
import { compileField } from '../../src/patterns/field-reader.js';
import { anthropicRequest, openaiRequest } from './requests.js';

const call = (id: string) => ({ id, type: 'function', function: { name: 'look', arguments: '{}' } });
const use = (id: string) => ({ type: 'tool_use', id, name: 'look', input: {} });
const result = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: 'found' });
const openai = (...messages: unknown[]) => openaiRequest({ model: 'gpt-4o', messages });
const anthropic = (...messages: unknown[]) => anthropicRequest({ model: 'claude-sonnet-4-5', messages });

const is = test.macro({
  exec(t, view: RequestView, name: FactName, expected: unknown) {
    t.deepEqual(factOf(createFacts(view), name), expected);
  },
  title: (given, _view, name, expected) =>
    `facts.${name}: ${given} gives ${JSON.stringify(expected) ?? 'nothing'}`,
});

const conversation = openai(
  { role: 'developer', content: 'Answer in JSON.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'one' },
      { type: 'image_url', image_url: { url: 'x' } },
      { type: 'text', text: 'two' },
    ],
  },
  { role: 'assistant', content: null, tool_calls: [call('a')] },
  { role: 'tool', tool_call_id: 'a', content: '' },
);
test('a conversation', is, conversation, 'roles', ['developer', 'user', 'assistant', 'tool']);
test('a conversation', is, conversation, 'last_role', 'tool');
test('a conversation', is, conversation, 'last_user_text', 'one\ntwo');
test('a conversation', is, conversation, 'system_text', 'Answer in JSON.');
test('a conversation', is, conversation, 'prompt_text', 'Answer in JSON.\none\ntwo');
test('a conversation', is, conversation, 'message_count', 4);
test('a conversation', is, conversation, 'has_tool_calls', true);
test('a conversation', is, conversation, 'mentions_json', true);
test('a conversation', is, conversation, 'system_in_messages', 1);
test('a conversation', is, conversation, 'characters', 22);
test('answered calls', is, conversation, 'open_tool_calls', 0);
test('answered calls', is, conversation, 'orphan_tool_results', 0);
test('null content beside calls and an empty tool answer', is, conversation, 'empty_messages', 0);
test('no messages', is, openaiRequest({}), 'last_role', undefined);
test('no messages', is, openaiRequest({}), 'last_user_text', undefined);
test('messages that are not a list', is, openaiRequest({ messages: 'hi' }), 'message_count', 0);

const tools = [
  { type: 'function', function: { name: 'a' } },
  { type: 'custom', custom: { name: 'b' } },
];
test('OpenAI tools', is, openaiRequest({ tools, functions: [{ name: 'c' }] }), 'tool_names', ['a', 'b', 'c']);
test('Anthropic tools', is, anthropicRequest({ tools: [{ name: 'd', input_schema: {} }] }), 'tool_names', [
  'd',
]);

const user = { role: 'user', content: 'hi' };
const answer = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'x' });
test('a result without calls', is, openai(user, answer('a')), 'orphan_tool_results', 1);
test(
  'a result for another call',
  is,
  openai({ role: 'assistant', tool_calls: [call('a')] }, answer('b'), answer('a')),
  'orphan_tool_results',
  1,
);
test(
  'a result after the user spoke',
  is,
  openai({ role: 'assistant', tool_calls: [call('a')] }, user, answer('a')),
  'orphan_tool_results',
  1,
);
test(
  'one of two calls answered',
  is,
  openai({ role: 'assistant', tool_calls: [call('a'), call('b')] }, answer('b'), user),
  'open_tool_calls',
  1,
);
test(
  'calls at the end',
  is,
  openai(user, { role: 'assistant', tool_calls: [call('a')] }),
  'open_tool_calls',
  1,
);
test(
  'legacy functions',
  is,
  openai(
    { role: 'assistant', content: null, function_call: { name: 'f' } },
    { role: 'function', name: 'f', content: 'x' },
  ),
  'empty_messages',
  0,
);

const asks = { role: 'assistant', content: [use('a'), use('b')] };
test(
  'Anthropic, both answered',
  is,
  anthropic(user, asks, { role: 'user', content: [result('a'), result('b')] }),
  'open_tool_calls',
  0,
);
test(
  'Anthropic, neighbouring user messages are one turn',
  is,
  anthropic(user, asks, { role: 'user', content: [result('a')] }, { role: 'user', content: [result('b')] }),
  'open_tool_calls',
  0,
);
test(
  'Anthropic, one answered',
  is,
  anthropic(user, asks, { role: 'user', content: [result('a')] }),
  'open_tool_calls',
  1,
);
test('Anthropic, interrupted', is, anthropic(user, asks, user), 'open_tool_calls', 2);
test(
  'Anthropic, a result without a call',
  is,
  anthropic({ role: 'user', content: [result('z')] }),
  'orphan_tool_results',
  1,
);
test(
  'Anthropic, a result one turn late',
  is,
  anthropic(asks, user, { role: 'assistant', content: 'ok' }, { role: 'user', content: [result('a')] }),
  'orphan_tool_results',
  1,
);

test(
  'blank texts',
  is,
  openai(
    { role: 'user', content: ' \n' },
    { role: 'assistant', content: [] },
    { role: 'user', content: null },
  ),
  'empty_messages',
  3,
);
test('a refusal', is, openai({ role: 'assistant', content: null, refusal: 'No.' }), 'empty_messages', 0);
test(
  'an empty last answer of Anthropic',
  is,
  anthropic(user, { role: 'assistant', content: '' }),
  'empty_messages',
  0,
);
test(
  'a blank last answer of Anthropic',
  is,
  anthropic(user, { role: 'assistant', content: ' ' }),
  'empty_messages',
  1,
);
test(
  'empty blocks',
  is,
  anthropicRequest({
    system: [{ type: 'text', text: '' }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: ' ' },
          { type: 'text', text: 'x' },
        ],
      },
    ],
  }),
  'empty_text_blocks',
  2,
);
test(
  'a prefill',
  is,
  anthropic(user, { role: 'assistant', content: 'Answer: ' }),
  'final_assistant_trailing_space',
  true,
);
test(
  'a prefill in blocks',
  is,
  anthropic(user, { role: 'assistant', content: [{ type: 'text', text: 'A\n' }] }),
  'final_assistant_trailing_space',
  true,
);
test(
  'a closed prefill',
  is,
  anthropic(user, { role: 'assistant', content: 'A b' }),
  'final_assistant_trailing_space',
  false,
);
test(
  'an Anthropic system text',
  is,
  anthropicRequest({ system: [{ type: 'text', text: 'Be brief.' }], messages: [user] }),
  'prompt_text',
  'Be brief.\nhi',
);

test('facts: nothing is computed before it is asked for, and then once', (t) => {
  let reads = 0;
  const message = {
    role: 'user',
    get content() {
      reads += 1;
      return 'hello';
    },
  };
  const facts = createFacts(openai(message));
  t.is(reads, 0);
  t.is(factOf(facts, 'last_user_text'), 'hello');
  t.is(factOf(facts, 'last_user_text'), 'hello');
  t.is(reads, 1);
});

test('facts: a cyclic conversation ends', (t) => {
  const message: Record<string, unknown> = { role: 'user' };
  message['content'] = [message, { type: 'text', text: 'end' }];
  t.is(factOf(createFacts(openai(message)), 'last_user_text'), 'end');
});

test('facts: a list that claims to be endless is refused', (t) => {
  const endless = new Proxy([], {
    get: (target, key) => (key === 'length' ? 2 ** 32 : (Reflect.get(target, key) as unknown)),
  });
  t.throws(() => factOf(createFacts(openaiRequest({ messages: endless })), 'message_count'), {
    instanceOf: RangeError,
  });
});

test('facts: names on the prototype are not facts', (t) => {
  t.false(isFactName('constructor'));
  t.throws(() => compileField('facts.toString'), { message: /unknown fact/ });
});

const reads = test.macro({
  exec(t, field: string, expected: unknown) {
    const view = openaiRequest({
      model: 'gpt-4',
      messages: [user],
      response_format: { type: 'text' },
      n: null,
    });
    t.deepEqual(compileField(field)(createFacts(view)), expected);
  },
  title: (_, field, expected) => `field: ${field} reads ${JSON.stringify(expected) ?? 'nothing'}`,
});
test(reads, 'model', 'gpt-4');
test(reads, 'provider', 'openai');
test(reads, 'api', 'openai.chat.completions');
test(reads, 'n', null);
test(reads, 'response_format.type', 'text');
test(reads, 'params.response_format.type', 'text');
test(reads, 'messages.0.role', 'user');
test(reads, 'facts.roles.0', 'user');
test(reads, 'response_format.type.length', undefined);
test(reads, 'response_format.toString', undefined);
test(reads, 'hasOwnProperty', undefined);
