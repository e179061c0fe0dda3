import test from 'ava';
import { applyFix } from '../../../src/fixes/apply.js';
import { shortText } from '../../../src/fixes/short-text.js';
import { openaiRequest } from '../../patterns/requests.js';
import { keeps, repairs } from './repair.js';

const foreign = { parameters: 'drop_foreign' } as const;
test(
  'the counterpart takes the value, unless it has one',
  repairs,
  foreign,
  { top_k: 4, maxTokens: 30, topP: 0.5, top_p: 0.1, stopSequences: [], random_seed: 7, fooBar: 1, _meta: {} },
  { max_tokens: 30, top_p: 0.1, seed: 7 },
);
test(
  'a limit that is there by its other name',
  repairs,
  foreign,
  { maxTokens: 1, max_completion_tokens: 2 },
  {
    max_completion_tokens: 2,
  },
);
test('a value of a kind that is not taken', repairs, foreign, { maxTokens: { a: 1 } }, {});
test('what the API and Azure have', keeps, foreign, {
  max_completion_tokens: 2,
  parallel_tool_calls: true,
  data_sources: [],
  dataSources: [],
  some_new_parameter: 1,
});

const instructions = { parameters: 'instructions_to_messages' } as const;
test(
  'in front of the messages',
  repairs,
  instructions,
  { system: 'Be kind.', messages: [{ role: 'user', content: 'a' }] },
  {
    messages: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'a' },
    ],
  },
);
test('a request without messages', keeps, instructions, { system: 'Be kind.' });

const numbers = { parameters: 'number_types' } as const;
test(
  'texts and fractions',
  repairs,
  numbers,
  { max_tokens: '20.9', n: 2.5, seed: ' 7 ', temperature: '.5', top_p: '' },
  { max_tokens: 20, n: 2, seed: 7, temperature: 0.5 },
);
test('numbers and what says none', keeps, numbers, {
  max_tokens: 20,
  temperature: 0.5,
  top_p: 'high',
  n: null,
});

const identifiers = { parameters: 'shorten_identifiers' } as const;
test('identifiers of 64 characters', keeps, identifiers, { user: 'u'.repeat(64) });
test('identifiers: the same one stays the same, others stay different', (t) => {
  const shortened = (user: string) => applyFix(openaiRequest({ user }), [identifiers]).params['user'];
  t.is(shortened('u'.repeat(90)), shortened('u'.repeat(90)));
  t.not(shortened('u'.repeat(90)), shortened('u'.repeat(91)));
  t.is(String(shortened('u'.repeat(90))).length, 64);
});
test('shortText: an emoji at the cut is not halved', (t) => {
  const short = shortText(`${'u'.repeat(46)}\ud83d\ude00${'u'.repeat(40)}`, 64);
  t.true(short.isWellFormed());
  t.is(short.length, 64);
});

test(
  'values become texts, nothing goes',
  repairs,
  { parameters: 'metadata_as_text' },
  { metadata: { a: 1, b: null, c: [1], d: true, e: 'x' } },
  { metadata: { a: '1', c: '[1]', d: 'true', e: 'x' } },
);
test('metadata: 16 pairs, cut values', (t) => {
  const pairs = Array.from({ length: 18 }, (_, index) => [`k${index}`, 'v'.repeat(600)]);
  const view = openaiRequest({ metadata: Object.fromEntries(pairs) });
  const { params } = applyFix(view, [{ parameters: 'small_metadata' }]);
  const values = Object.values(params['metadata'] as Record<string, string>);
  t.is(values.length, 16);
  t.true(values.every((value) => value.length === 512));
});
test('metadata as it is taken', keeps, { parameters: 'small_metadata' }, { metadata: { a: 'x' } });

const stops = { parameters: 'fewer_stops' } as const;
test('covered ones go', repairs, stops, { stop: ['a', 'ab', 'b', '', 'b', null] }, { stop: ['a', 'b'] });
test('none is left', repairs, stops, { stop: [''] }, {});
test('five that all count', keeps, stops, { stop: ['a', 'b', 'c', 'd', 'e'] });
test(
  'the first four',
  repairs,
  { parameters: 'first_stops' },
  { stop: ['a', 'b', 'c', 'd', 'e'] },
  {
    stop: ['a', 'b', 'c', 'd'],
  },
);

test(
  'a provider in front',
  repairs,
  { parameters: 'plain_model' },
  { model: ' openai/gpt-4o ' },
  { model: 'gpt-4o' },
);
test('a name that has none', keeps, { parameters: 'plain_model' }, { model: 'ft:gpt-4o:a/b' });
test(
  'both ends',
  repairs,
  { parameters: 'clamp_bias' },
  { logit_bias: { 1: 200, 2: -101, 3: 5 } },
  {
    logit_bias: { 1: 100, 2: -100, 3: 5 },
  },
);

const format = { parameters: 'standard_format' } as const;
const schema = { type: 'object', properties: {} };
const inPlace = {
  response_format: { type: 'json_schema', json_schema: { name: 'a', strict: true, schema } },
};
test(
  'flat',
  repairs,
  format,
  { response_format: { type: 'json_schema', name: 'a', strict: true, schema } },
  inPlace,
);
test(
  'the schema in place of its holder',
  repairs,
  format,
  { response_format: { type: 'json_schema', json_schema: schema } },
  { response_format: { type: 'json_schema', json_schema: { schema } } },
);
test('a schema where it belongs', keeps, format, inPlace);

test('empty texts', repairs, { parameters: 'fill_inputs' }, { input: ['a', ''] }, { input: ['a', ' '] });
test('an empty text alone', repairs, { parameters: 'fill_inputs' }, { input: '' }, { input: ' ' });
test('tokens', keeps, { parameters: 'fill_inputs' }, { input: [1, 2] });
test('long texts to embed', (t) => {
  const view = openaiRequest({ input: ['a'.repeat(40_000), 'b'] });
  const { params } = applyFix(view, [{ parameters: 'shorten_inputs' }]);
  t.deepEqual(params['input'], ['a'.repeat(32_000), 'b']);
});
