import test from 'ava';
import type { Match } from '../../src/contract/pattern.js';
import type { RequestView } from '../../src/contract/request.js';
import { compilePattern } from '../../src/patterns/compile.js';
import { createFacts } from '../../src/patterns/facts.js';
import { definePattern } from '../../src/patterns/shorthand.js';
import { anthropicRequest, openaiRequest } from './requests.js';

const fits = (match: Match, view: RequestView): boolean =>
  compilePattern(definePattern({ pattern: match, fix: { temperature: 0 } })).test(createFacts(view));

const user = { role: 'user', content: 'hello' };
const image = { role: 'assistant', content: [{ type: 'text', text: 'see' }, { type: 'image_url' }] };
const tools = [
  { type: 'function', function: { name: 'a', strict: true } },
  { type: 'function', function: { name: 'b', strict: false } },
];

const holds = test.macro({
  exec(t, match: Match, params: Readonly<Record<string, unknown>>, expected: boolean) {
    t.is(fits(match, openaiRequest(params)), expected);
  },
  title: (_, match, params, expected) =>
    `quantifier: ${JSON.stringify(match)} ${expected ? 'holds' : 'fails'} for ${JSON.stringify(params)}`,
});

const anyImage: Match = { messages: { any: { role: 'assistant', content: { any: { type: 'image_url' } } } } };
test(holds, anyImage, { messages: [user, image] }, true);
test(holds, anyImage, { messages: [user] }, false);
test(
  holds,
  anyImage,
  {
    messages: [
      { ...image, role: 'user' },
      { ...user, role: 'assistant' },
    ],
  },
  false,
);

test(holds, { messages: { any: { role: 'user' } } }, { messages: [] }, false);
test(holds, { messages: { every: { role: 'user' } } }, { messages: [] }, true);
test(holds, { messages: { none: { role: 'user' } } }, { messages: [] }, true);
for (const op of ['any', 'every', 'none'] as const) {
  test(holds, { messages: { [op]: { role: { exists: true } } } }, {}, false);
  test(holds, { messages: { [op]: { role: { exists: true } } } }, { messages: null }, false);
  test(holds, { messages: { [op]: { role: { exists: true } } } }, { messages: { 0: user } }, false);
}

test(holds, { tools: { every: { 'function.strict': true } } }, { tools }, false);
test(holds, { tools: { any: { 'function.strict': true } } }, { tools }, true);
test(holds, { tools: { none: { 'function.name': { matches: '^x' } } } }, { tools }, true);
test(holds, { tools: { length: 2, any: { 'function.name': 'b' } } }, { tools }, true);
test(holds, { tools: { length: 1, any: { 'function.name': 'b' } } }, { tools }, false);
test(holds, { tools: { any: { 'function.name': 'a' }, none: { 'function.name': 'b' } } }, { tools }, false);
test(holds, { 'messages.0.content': { any: { type: 'image_url' } } }, { messages: [image] }, true);

test(holds, { stop: { any: { item: { length: { '>': 3 } } } } }, { stop: ['a', 'long'] }, true);
test(holds, { stop: { every: { item: { type: 'string' } } } }, { stop: ['a', 1] }, false);
test(holds, { stop: { any: { item: 'a' } } }, { stop: 'a' }, false);
test(holds, { metadata: { any: { 'item.any': 1 } } }, { metadata: [{ any: 1 }] }, true);
test(holds, { 'facts.roles': { any: { item: 'tool' } } }, { messages: [{ role: 'tool' }] }, true);

const alternatives: Match = { messages: { none: { any: [{ role: 'system' }, { role: 'developer' }] } } };
test(holds, alternatives, { messages: [user] }, true);
test(holds, alternatives, { messages: [user, { role: 'developer', content: '' }] }, false);
const notEmpty: Match = { messages: { every: { not: { content: '' } } } };
test(holds, notEmpty, { messages: [user] }, true);
test(holds, notEmpty, { messages: [user, { role: 'user', content: '' }] }, false);
const over: Match = { metadata: { any: { size: { '>': { field: 'max_tokens' } } } } };
test(holds, over, { max_tokens: 3, metadata: [{ size: 4, max_tokens: 9 }] }, true);
test(holds, over, { max_tokens: 4, metadata: [{ size: 4, max_tokens: 1 }] }, false);

const says = (type: string): Match => ({
  messages: { any: { content: { any: { type, text: { contains: 'hel' } } } } },
});
test(holds, says('text'), { messages: [user] }, true);
test(holds, says('text'), { messages: [{ role: 'user', content: ['hello'] }] }, false);
test(holds, { prompt_cache_key: { any: { type: 'text' } } }, { prompt_cache_key: 'hello' }, false);

test('quantifier: a text counts as what the provider makes of it', (t) => {
  const part: Match = { system: { any: { type: 'text', text: 'be brief' } } };
  t.true(fits(part, anthropicRequest({ system: 'be brief' })));
  const responses = { ...openaiRequest({ input: 'hello' }), api: 'openai.responses' };
  const asked: Match = { input: { any: { role: 'user', content: { any: { type: 'input_text' } } } } };
  t.true(fits(asked, responses));
  t.false(fits({ input: { any: { role: 'user' } } }, { ...responses, api: 'openai.embeddings' }));
  const google = { ...openaiRequest({ contents: 'hello' }), api: 'google.generate_content' };
  t.true(fits({ contents: { any: { role: 'user', parts: { any: { text: 'hello' } } } } }, google));
});

test('quantifier: a list that claims more than a million items is not walked', (t) => {
  const messages: unknown[] = [];
  messages.length = 1_000_001;
  const none: Match = { messages: { none: { role: 'user' } } };
  t.throws(() => fits(none, openaiRequest({ messages })), { instanceOf: RangeError });
});

test('quantifier: walking ends at the first item that decides', (t) => {
  const rest = {
    get role(): string {
      return t.fail('the item after it was read') ? '' : '';
    },
  };
  t.true(fits({ messages: { any: { role: 'user' } } }, openaiRequest({ messages: [user, rest] })));
  t.false(fits({ messages: { none: { role: 'user' } } }, openaiRequest({ messages: [user, rest] })));
  t.false(fits({ messages: { every: { role: 'tool' } } }, openaiRequest({ messages: [user, rest] })));
});
