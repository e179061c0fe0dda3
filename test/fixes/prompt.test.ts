import test from 'ava';
import { addToPrompt } from '../../src/fixes/prompt.js';
import { deepFreeze } from './freeze.js';

const OPENAI = 'openai.chat.completions';
const ANTHROPIC = 'anthropic.messages';
const text = (value: string) => ({ type: 'text', text: value });

const adds = test.macro({
  exec(t, api: string, role: 'system' | 'user', place: 'before' | 'after', params: object, expected: object) {
    const before = deepFreeze({ ...params });
    const after = addToPrompt(api, before, { role, place, text: 'NOTE' });
    t.deepEqual({ ...after }, { ...expected });
    if (JSON.stringify(before) === JSON.stringify(expected)) t.is(after, before);
  },
  title: (given, api, role, place) => `prompt: ${api}, ${place} the ${role} prompt, ${given ?? ''}`,
});

const user = { role: 'user', content: 'hi' };
test(
  'a text',
  adds,
  OPENAI,
  'user',
  'after',
  { messages: [user] },
  { messages: [{ role: 'user', content: 'hi\n\nNOTE' }] },
);
test(
  'a text',
  adds,
  OPENAI,
  'user',
  'before',
  { messages: [user] },
  { messages: [{ role: 'user', content: 'NOTE\n\nhi' }] },
);
test(
  'an empty text',
  adds,
  OPENAI,
  'user',
  'after',
  { messages: [{ role: 'user', content: '' }] },
  { messages: [{ role: 'user', content: 'NOTE' }] },
);
test(
  'content parts',
  adds,
  OPENAI,
  'user',
  'after',
  { messages: [{ role: 'user', content: [text('hi')] }] },
  { messages: [{ role: 'user', content: [text('hi'), text('NOTE')] }] },
);
test(
  'the last of several',
  adds,
  OPENAI,
  'user',
  'after',
  { messages: [user, { role: 'assistant', content: 'yes' }, user, { role: 'assistant', content: 'no' }] },
  {
    messages: [
      user,
      { role: 'assistant', content: 'yes' },
      { role: 'user', content: 'hi\n\nNOTE' },
      { role: 'assistant', content: 'no' },
    ],
  },
);
test(
  'none there',
  adds,
  OPENAI,
  'user',
  'after',
  { messages: [{ role: 'system', content: 'x' }] },
  { messages: [{ role: 'system', content: 'x' }] },
);
test(
  'said already',
  adds,
  OPENAI,
  'user',
  'after',
  { messages: [{ role: 'user', content: 'a NOTE b' }] },
  { messages: [{ role: 'user', content: 'a NOTE b' }] },
);
test(
  'null content',
  adds,
  OPENAI,
  'user',
  'after',
  { messages: [{ role: 'user', content: null }] },
  { messages: [{ role: 'user', content: null }] },
);
test(
  'a developer message',
  adds,
  OPENAI,
  'system',
  'after',
  { messages: [{ role: 'developer', content: 'Be.' }, user] },
  { messages: [{ role: 'developer', content: 'Be.\n\nNOTE' }, user] },
);
test(
  'none there',
  adds,
  OPENAI,
  'system',
  'after',
  { messages: [user] },
  { messages: [{ role: 'system', content: 'NOTE' }, user] },
);
test('no messages at all', adds, OPENAI, 'system', 'after', { prompt: 'x' }, { prompt: 'x' });
test(
  'said in the second of two',
  adds,
  OPENAI,
  'system',
  'before',
  {
    messages: [
      { role: 'system', content: 'a' },
      { role: 'system', content: 'NOTE' },
    ],
  },
  {
    messages: [
      { role: 'system', content: 'a' },
      { role: 'system', content: 'NOTE' },
    ],
  },
);
test(
  'a text',
  adds,
  ANTHROPIC,
  'system',
  'after',
  { system: 'Be.', messages: [user] },
  { system: 'Be.\n\nNOTE', messages: [user] },
);
test(
  'none there',
  adds,
  ANTHROPIC,
  'system',
  'before',
  { messages: [user] },
  { messages: [user], system: 'NOTE' },
);

const cached = { ...text('Long.'), cache_control: { type: 'ephemeral' } };
test(
  'cached blocks stay in front',
  adds,
  ANTHROPIC,
  'system',
  'after',
  { system: [cached] },
  { system: [cached, text('NOTE')] },
);
test('blocks', adds, ANTHROPIC, 'system', 'before', { system: [cached] }, { system: [text('NOTE'), cached] });
const result = { type: 'tool_result', tool_use_id: 'a', content: 'x' };
test(
  'tool results stay in front',
  adds,
  ANTHROPIC,
  'user',
  'before',
  { messages: [{ role: 'user', content: [result, text('hi')] }] },
  { messages: [{ role: 'user', content: [result, text('NOTE'), text('hi')] }] },
);
const thinking = { type: 'thinking', thinking: 'x', signature: 's' };
test(
  'signed thinking is left alone',
  adds,
  ANTHROPIC,
  'user',
  'after',
  { messages: [{ role: 'user', content: [thinking] }] },
  { messages: [{ role: 'user', content: [thinking] }] },
);
