import test from 'ava';
import { createFacts, factOf } from '../../../src/patterns/facts.js';
import { OFFER_FINDINGS, ROLE_FINDINGS } from '../../../src/patterns/findings/role-finding-names.js';
import { openaiRequest } from '../requests.js';

const byName = (one: string, other: string): number => one.localeCompare(other);

const finds = test.macro({
  exec(t, messages: readonly unknown[], ...expected: readonly string[]) {
    const found = factOf(createFacts(openaiRequest({ messages })), 'findings');
    const ours = (Array.isArray(found) ? found : [])
      .map(String)
      .filter((name) => Object.hasOwn(ROLE_FINDINGS, name));
    t.deepEqual([...new Set(ours)].sort(byName), [...expected].sort(byName));
  },
  title: (given) => `findings: ${given ?? ''}`,
});

const user = (content: unknown = 'a', rest: object = {}) => ({ role: 'user', content, ...rest });
const assistant = (content: unknown = 'a', rest: object = {}) => ({ role: 'assistant', content, ...rest });
const system = { role: 'system', content: 'a' };
const call = (id: string, args: unknown = '{}') => ({
  id,
  type: 'function',
  function: { name: 'f', arguments: args },
});
const calling = (...ids: string[]) =>
  assistant('', { reasoning_content: 'hm', tool_calls: ids.map((id) => call(id)) });
const tool = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'x' });
const REASONING = ['reasoning_in_history', 'reasoning_content_in_history', 'text_arguments'];

test('nothing stands out', finds, [system, user(), assistant(), user()]);
test('no messages', finds, []);
test('strange messages', finds, [null, 4, 'x', [], {}]);
test('the developer', finds, [{ role: 'developer', content: 'a' }, user()], 'developer_role');
test('two users', finds, [user(), user()], 'repeated_role');
test('two of the assistant', finds, [user(), assistant(), assistant(), user()], 'repeated_role');
test('the assistant first', finds, [system, assistant(), user()], 'first_assistant');
test('the assistant last', finds, [user(), assistant()], 'last_assistant');
test('a prefix', finds, [user(), assistant('a', { prefix: true })]);
test('a partial answer', finds, [user(), assistant('a', { partial: true })], 'stray_message_field');
test('instructions alone', finds, [system], 'only_system');
test(
  'instructions after an answer',
  finds,
  [user(), assistant(), system, user()],
  'late_system',
  'system_after_answer',
);
test('instructions at the end', finds, [user(), system], 'late_system', 'last_system');
test('several instructions', finds, [system, system, user()], 'several_systems');
test('an empty answer', finds, [user(), assistant(''), user()], 'empty_assistant');
test('an answer of null', finds, [user(), assistant(null), user()], 'empty_assistant');
test('an answer of blanks', finds, [user(), assistant(' '), user()]);
test('a refusal', finds, [user(), assistant(null, { refusal: 'No.' }), user()], 'stray_message_field');
test('parts of text', finds, [user([{ type: 'text', text: 'a' }])], 'text_parts');
test('parts with an image', finds, [user([{ type: 'text', text: 'a' }, { type: 'image_url' }])]);
test('a name', finds, [user('a', { name: 'ann' })], 'named_message');
test(
  'the name of a tool',
  finds,
  [calling('abcdefgh1'), { ...tool('abcdefgh1'), name: 'f' }],
  'first_assistant',
  ...REASONING,
);
test('a field that is never sent', finds, [user('a', { name: undefined, id: undefined })]);
test('reasoning', finds, [user(), assistant('a', { reasoning: 'hm' }), user()], 'reasoning_in_history');
test('calls and results', finds, [user(), calling('abcdefgh1'), tool('abcdefgh1')], ...REASONING);
test(
  'an id of another length',
  finds,
  [user(), calling('call_1'), tool('call_1')],
  'tool_id_not_nine',
  ...REASONING,
);
test(
  'two calls',
  finds,
  [user(), calling('abcdefgh1', 'abcdefgh2'), tool('abcdefgh1'), tool('abcdefgh2')],
  'several_tool_calls',
  ...REASONING,
);
test(
  'a question after a result',
  finds,
  [user(), calling('abcdefgh1'), tool('abcdefgh1'), user()],
  'user_after_tool',
  ...REASONING,
);
test(
  'a call without reasoning, of an object',
  finds,
  [
    user(),
    { role: 'assistant', tool_calls: [{ id: 'abcdefgh1', function: { name: 'f', arguments: {} } }] },
    tool('abcdefgh1'),
  ],
  'tool_call_without_reasoning',
  'malformed_arguments',
);

test('findings: of tools offered', (t) => {
  const found = (...tools: unknown[]) => {
    const all = factOf(createFacts(openaiRequest({ tools })), 'findings');
    return Array.isArray(all) ? all.filter((name) => Object.hasOwn(OFFER_FINDINGS, String(name))) : all;
  };
  const f = (rest: object = {}) => ({
    type: 'function',
    function: { name: 'f', parameters: { type: 'object' }, ...rest },
  });
  t.deepEqual(found(f()), []);
  t.deepEqual(found(f(), f({ description: 'Other.' })), ['repeated_tool']);
  t.deepEqual(found(f(), f({ parameters: { type: 'object', properties: {} } })), []);
  t.deepEqual(found(f({ parameters: undefined })), ['tool_without_parameters']);
  t.deepEqual(found(f({ required: [] })), ['stray_tool_field']);
  t.deepEqual(found({ type: 'web_search' }, null, 4), []);
});
