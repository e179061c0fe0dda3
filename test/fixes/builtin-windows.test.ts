import test from 'ava';
import { repairRequest } from '../../src/testing.js';
import { deepFreeze } from './freeze.js';

const PAGE = 'The crew walked the upper meadow twice before noon. '.repeat(80); // 4,160 characters

/** A conversation of so many pages, in OpenAI's form. */
function chat(pages: number): readonly object[] {
  const turns = Array.from({ length: pages }, (_, index) => [
    { role: 'user', content: `${index} ${PAGE}` },
    { role: 'assistant', content: 'Noted.' },
  ]);
  return [...turns.flat(), { role: 'user', content: 'And now?' }];
}

/** The same in Google's. */
function contents(pages: number): readonly object[] {
  const turns = Array.from({ length: pages }, (_, index) => [
    { role: 'user', parts: [{ text: `${index} ${PAGE}` }] },
    { role: 'model', parts: [{ text: 'Noted.' }] },
  ]);
  return [...turns.flat(), { role: 'user', parts: [{ text: 'And now?' }] }];
}

test('built-in packs: the oldest turns go where that is allowed, and only there', (t) => {
  const body = deepFreeze({ model: 'gemma-3-1b-it', contents: contents(45) });
  const request = { provider: 'google', api: 'google.generateContent', body };
  t.true(repairRequest(request).body === body);
  const { body: next, decisions } = repairRequest(request, { lossy: true });
  t.deepEqual(
    decisions.map(({ pattern }) => pattern),
    ['google.prompt.oldest-turns'],
  );
  const left = next['contents'] as readonly object[];
  t.true(left.length < body.contents.length && left.length > 40);
  t.deepEqual(left, body.contents.slice(-left.length));
});

test('built-in packs: a longer window comes before shorter conversations', (t) => {
  const body = deepFreeze({ model: 'gpt-4', messages: chat(12) });
  const request = { provider: 'openai', api: 'openai.chat.completions', body };
  t.deepEqual(repairRequest(request, { lossy: true }).body, { ...body, model: 'gpt-4o' });
});

test('built-in packs: where the model names a deployment, turns go', (t) => {
  const body = deepFreeze({ model: 'gpt-4', messages: chat(12) });
  const request = { provider: 'azure', api: 'openai.chat.completions', body };
  const next = repairRequest(request, { lossy: true }).body;
  t.is(next['model'], 'gpt-4');
  t.true((next['messages'] as readonly object[]).length < body.messages.length);
});

const fits = test.macro({
  exec(t, request: Parameters<typeof repairRequest>[0]) {
    const given = { ...request, body: deepFreeze(request.body) };
    t.true(repairRequest(given, { lossy: true }).body === given.body);
  },
  title: (given) => `built-in packs: turns stay ${given ?? ''}`,
});

const openai = { provider: 'openai', api: 'openai.chat.completions' };
test('where nine tenths of the window are full', fits, {
  ...openai,
  body: { model: 'gpt-3.5-turbo', messages: chat(16) },
});
test('at a server whose window nobody knows', fits, {
  provider: 'vllm',
  api: 'openai.chat.completions',
  body: { model: 'gpt-4', messages: chat(12) },
});
test('where the server cuts the conversation itself', fits, {
  provider: 'openai',
  api: 'openai.responses',
  body: { model: 'gpt-4', truncation: 'auto', input: chat(12) },
});
test('where the server edits the conversation', fits, {
  provider: 'anthropic',
  api: 'anthropic.messages',
  body: {
    model: 'claude-haiku-4-5',
    max_tokens: 900,
    context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] },
    messages: chat(260),
  },
});
test('where a header may have made the window longer', fits, {
  provider: 'anthropic',
  api: 'anthropic.messages',
  body: { model: 'claude-sonnet-4-5', max_tokens: 900, messages: chat(260) },
});
