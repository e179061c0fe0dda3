import test from 'ava';
import { learnFromRefusal, repairRequest } from '../../../src/testing.js';
import { deepFreeze } from '../freeze.js';

/** A conversation of 12 turns, 1,000 characters each, and one question. */
const messages: readonly { readonly role: string; readonly content: string }[] = [
  { role: 'system', content: 'Be kind.' },
  ...Array.from({ length: 12 }, (_, index) => [
    { role: 'user', content: `${index} ${'word '.repeat(100)}` },
    { role: 'assistant', content: 'noted '.repeat(83) },
  ]).flat(),
  { role: 'user', content: 'And now?' },
];

const refused = (message: string, rest: object = {}, api = 'openai.chat.completions') => ({
  provider: 'house',
  api,
  body: deepFreeze({ model: 'house-1', messages, ...rest }),
  error: { status: 400, message },
});

const learns = test.macro({
  exec(t, message: string, most: number) {
    const request = refused(message);
    t.is(learnFromRefusal(request), undefined, 'nothing without leave to lose something');
    const lesson = learnFromRefusal(request, { lossy: true });
    if (lesson === undefined) return t.fail('nothing learned');
    t.true(lesson.pattern.lossy);
    const left = lesson.body['messages'] as readonly { readonly content: string }[];
    const length = left.reduce((sum, { content }) => sum + content.length, 0);
    t.true(length <= most && length > most / 2, String(length));
    t.is(left[0], messages[0]);
    t.is(left.at(-1), messages.at(-1));
    const packs = [{ name: 'learned', version: '1', patterns: [lesson.pattern] }];
    const alone = { packs, builtinPack: false, lossy: true };
    t.deepEqual(repairRequest(request, alone).body, lesson.body, 'the pattern alone does the same');
    const again = { ...request, body: lesson.body };
    t.is(repairRequest(again, alone).body, lesson.body, 'and only once');
    const short = { ...request, body: { model: 'house-1', messages: messages.slice(0, 5) } };
    t.is(repairRequest(short, alone).body, short.body, 'a short conversation stays');
  },
  title: (_, message: string) => `learn: oldest turns go after "${message.slice(0, 80)}"`,
});

for (const message of [
  "This model's maximum context length is 2048 tokens. However, your messages resulted in 2600 tokens. Please reduce the length of the messages.",
  "This model's maximum context length is 2048 tokens. However, you requested 2700 tokens (2600 in the messages, 100 in the completion). Please reduce the length of the messages or completion.",
  "This endpoint's maximum context length is 2,048 tokens. However, you requested about 2,600 tokens (2,600 of text input). Please reduce the length of either one.",
  'prompt is too long: 2600 tokens > 2048 maximum',
  'The input token count (2600) exceeds the maximum number of tokens allowed (2048).',
  'Unable to submit request because the input token count is 2600 but model only supports up to 2048.',
  'Prompt contains 2600 tokens and 0 draft tokens, too large for model with 2048 maximum context length',
  "This model's maximum prompt length is 2048 but the request contains 2600 tokens.",
  'Invalid request: Your request exceeded model token limit: 2048 (requested: 2600)',
  'Too many input tokens. Max input tokens: 2048, request input token count: 2600',
  'Input tokens exceed the configured limit of 2048 tokens. Your messages resulted in 2600 tokens.',
  'too many tokens: total number of tokens in the prompt cannot exceed 2048 - received 2600.',
  'request (2600 tokens) exceeds the available context size (2048 tokens), try increasing it',
  'Please reduce the length of the messages or completion. Current length is 2600 while limit is 2048',
])
  test(learns, message, 9_500);

for (const message of [
  'Input is too long for requested model.',
  'Please reduce the length of the messages or completion.',
])
  test(learns, message, 7_300);

test('learn: the server leaves out turns of a conversation that it holds a part of', (t) => {
  const message =
    'Your input exceeds the context window of this model. Please adjust your input and try again.';
  const body = { model: 'house-1', input: 'And now?', previous_response_id: 'resp_1' };
  const request = { provider: 'openai', api: 'openai.responses', body, error: { status: 400, message } };
  t.deepEqual(learnFromRefusal(request, { lossy: true })?.body, { ...body, truncation: 'auto' });
  t.is(learnFromRefusal(request), undefined);
});

test('learn: turns stay where the limit of the answer is what overruns the window', (t) => {
  const message =
    "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (2600 in the messages, 6400 in the completion).";
  const lesson = learnFromRefusal(refused(message, { max_tokens: 6400 }), { lossy: true });
  t.deepEqual(lesson?.body, { model: 'house-1', messages, max_tokens: 5592 });
  t.is(learnFromRefusal(refused(message), { lossy: true }), undefined);
});

test('learn: one question that is too long alone teaches nothing', (t) => {
  const message = 'prompt is too long: 2600 tokens > 2048 maximum';
  const alone = [{ role: 'user', content: 'word '.repeat(3000) }];
  t.is(learnFromRefusal(refused(message, { messages: alone }), { lossy: true }), undefined);
});
