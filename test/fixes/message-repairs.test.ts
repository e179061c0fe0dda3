import test from 'ava';
import type { FixOperation } from '../../src/contract/fix.js';
import { anthropicRequest, openaiRequest } from '../patterns/requests.js';
import { keeps, repairs } from './repair-macros.js';

const openai = (...messages: unknown[]) => openaiRequest({ messages });
const anthropic = (...messages: unknown[]) => anthropicRequest({ messages });
const user = (content: unknown) => ({ role: 'user', content });
const assistant = (content: unknown, rest: object = {}) => ({ role: 'assistant', content, ...rest });
const text = (value: string, rest: object = {}) => ({ type: 'text', text: value, ...rest });
const calls = (...ids: string[]) => ({
  tool_calls: ids.map((id) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })),
});
const tool = (id: string, content = 'x') => ({ role: 'tool', tool_call_id: id, content });
const use = (id: string) => ({ type: 'tool_use', id, name: 'f', input: {} });
const result = (id: string, content: unknown = 'x') => ({ type: 'tool_result', tool_use_id: id, content });
const thinking = { type: 'thinking', thinking: 'hm', signature: 's' };
const NO_RESULT = 'No result: the call was interrupted before it finished.';
const noResult = (id: string) => ({
  type: 'tool_result',
  tool_use_id: id,
  content: NO_RESULT,
  is_error: true,
});

const orphans: FixOperation = { messages: 'drop_orphan_tool_results' };
test('OpenAI, the message goes', repairs, orphans, openai(tool('a'), user('hi')), { messages: [user('hi')] });
test(
  'OpenAI, the answered ones stay',
  repairs,
  orphans,
  openai(assistant(null, calls('a')), tool('a'), tool('b')),
  { messages: [assistant(null, calls('a')), tool('a')] },
);
test('a request of nothing but orphans', keeps, orphans, openai(tool('a')));
test('Anthropic, the block goes', repairs, orphans, anthropic(user([result('z'), text('go on')])), {
  messages: [user([text('go on')])],
});
test(
  'Anthropic, a lone result becomes text',
  repairs,
  orphans,
  anthropic(user([result('z', 'deployed')]), assistant('ok')),
  { messages: [user([text('Tool result: deployed')]), assistant('ok')] },
);
test(
  'Anthropic, a lone result of blocks becomes text',
  repairs,
  orphans,
  anthropic(user([result('z', [text('a'), text('b')])])),
  { messages: [user([text('Tool result: a\nb')])] },
);
test('paired results', keeps, orphans, anthropic(user('q'), assistant([use('a')]), user([result('a')])));

const open: FixOperation = { messages: 'answer_open_tool_calls' };
test(
  'OpenAI, after the answers there are',
  repairs,
  open,
  openai(assistant(null, calls('a', 'b')), tool('a'), user('hi')),
  { messages: [assistant(null, calls('a', 'b')), tool('a'), tool('b', NO_RESULT), user('hi')] },
);
test('OpenAI, at the end', repairs, open, openai(user('q'), assistant(null, calls('a'))), {
  messages: [user('q'), assistant(null, calls('a')), tool('a', NO_RESULT)],
});
test(
  'Anthropic, in front of a text',
  repairs,
  open,
  anthropic(user('q'), assistant([use('a')]), user('stop')),
  { messages: [user('q'), assistant([use('a')]), user([noResult('a'), text('stop')])] },
);
test(
  'Anthropic, after the other results',
  repairs,
  open,
  anthropic(assistant([use('a'), use('b')]), user([result('a'), text('t')])),
  { messages: [assistant([use('a'), use('b')]), user([result('a'), noResult('b'), text('t')])] },
);
test('Anthropic, in a message of its own', repairs, open, anthropic(user('q'), assistant([use('a')])), {
  messages: [user('q'), assistant([use('a')]), user([noResult('a')])],
});
test(
  'Anthropic, twice in one conversation',
  repairs,
  open,
  anthropic(assistant([use('a')]), user('x'), assistant([use('b')]), user('y')),
  {
    messages: [
      assistant([use('a')]),
      user([noResult('a'), text('x')]),
      assistant([use('b')]),
      user([noResult('b'), text('y')]),
    ],
  },
);
test('answered calls', keeps, open, openai(assistant(null, calls('a')), tool('a')));

const empty: FixOperation = { messages: 'drop_empty' };
test('OpenAI, blank and null', repairs, empty, openai(user(' '), user(null), assistant(''), user('hi')), {
  messages: [user('hi')],
});
test(
  'null beside calls, and an empty answer of a tool',
  keeps,
  empty,
  openai(user('q'), assistant(null, calls('a')), tool('a', '')),
);
test('a request with nothing in it', keeps, empty, openai(user('')));
test(
  'Anthropic, blocks',
  repairs,
  empty,
  anthropic(user([text(''), text('hi'), text('', { cache_control: { type: 'ephemeral' } })])),
  { messages: [user([text('hi')])] },
);
test(
  'Anthropic, the first message has to be of the user',
  repairs,
  empty,
  anthropic(user(''), assistant('hello'), user('hi')),
  { messages: [user('(empty message)'), assistant('hello'), user('hi')] },
);
test(
  'Anthropic, blocks of the instructions',
  repairs,
  empty,
  anthropicRequest({ system: [text('a'), text('')], messages: [user('hi')] }),
  { system: [text('a')], messages: [user('hi')] },
);
test(
  'Anthropic, instructions of nothing',
  repairs,
  empty,
  anthropicRequest({ system: [text(' ')], messages: [user('hi')] }),
  { messages: [user('hi')] },
);
test(
  'Anthropic, a blank beside signed thinking',
  repairs,
  empty,
  anthropic(user('q'), assistant([thinking, text('')]), user('hi')),
  { messages: [user('q'), assistant([thinking]), user('hi')] },
);
test('Anthropic, an image without text', keeps, empty, anthropic(user([{ type: 'image', source: {} }])));

const trim: FixOperation = { messages: 'trim_final_assistant' };
test('a text', repairs, trim, anthropic(user('q'), assistant('A: \n')), {
  messages: [user('q'), assistant('A:')],
});
test('the last block', repairs, trim, anthropic(user('q'), assistant([text('a '), text('b ')])), {
  messages: [user('q'), assistant([text('a '), text('b')])],
});
test('a blank last block goes', repairs, trim, anthropic(user('q'), assistant([text('a '), text(' ')])), {
  messages: [user('q'), assistant([text('a')])],
});
test('a blank message goes', repairs, trim, anthropic(user('q'), assistant('a '), assistant(' ')), {
  messages: [user('q'), assistant('a')],
});
test('a message of the user', keeps, trim, anthropic(user('q ')));
test('an earlier message', keeps, trim, anthropic(assistant('a '), user('q')));
test('signed thinking', keeps, trim, anthropic(user('q'), assistant([thinking, text('a ')])));

const hoist: FixOperation = { messages: 'hoist_system' };
const system = (content: unknown) => ({ role: 'system', content });
test(
  'Anthropic, after the text there is',
  repairs,
  hoist,
  anthropicRequest({ system: 'A', messages: [user('q'), system('B'), user('r')] }),
  { system: 'A\n\nB', messages: [user('q'), user('r')] },
);
test(
  'Anthropic, blocks stay blocks',
  repairs,
  hoist,
  anthropicRequest({ system: 'A', messages: [system([text('B')]), user('r')] }),
  { system: [text('A'), text('B')], messages: [user('r')] },
);
test('Anthropic, nothing but instructions', keeps, hoist, anthropic(system('A')));
test(
  'OpenAI, to the front in order',
  repairs,
  hoist,
  openai(user('q'), system('A'), { role: 'developer', content: 'B' }),
  { messages: [system('A'), { role: 'developer', content: 'B' }, user('q')] },
);
test('OpenAI, in front already', keeps, hoist, openai(system('A'), user('q')));
