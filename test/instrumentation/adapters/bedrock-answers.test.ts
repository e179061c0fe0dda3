import test from 'ava';
import { readForeign, textOfForeign } from '../../../src/instrumentation/adapters/bedrock-answers.js';
import { converseContent } from '../../../src/instrumentation/adapters/bedrock-content.js';
import { bodyAccess, mentionsKey, readJson } from '../../../src/instrumentation/adapters/bedrock-body.js';
import { withInput, operationOf } from '../../../src/instrumentation/adapters/bedrock-command.js';
import { record } from '../../../src/instrumentation/adapters/shape.js';
import type { ResponseFacts } from '../../../src/instrumentation/adapters/adapter.js';

const answer = test.macro({
  exec(t, body: Readonly<Record<string, unknown>>, expected: Partial<ResponseFacts>, words: string) {
    t.like(readForeign(body), expected);
    t.is(textOfForeign(body), words);
  },
  title: (family) => `answer: ${family}`,
});
test(
  'Mistral',
  answer,
  { outputs: [{ text: 'Rhine', stop_reason: 'length' }] },
  { finishReasons: ['length'], inputTokens: undefined },
  'Rhine',
);
test(
  'chat completions (OpenAI, AI21, newer Mistral)',
  answer,
  {
    id: 'c1',
    model: 'openai.gpt-oss-20b',
    choices: [{ message: { content: 'Rhine' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 4, completion_tokens: 2 },
  },
  { id: 'c1', model: 'openai.gpt-oss-20b', finishReasons: ['stop'], inputTokens: 4, outputTokens: 2 },
  'Rhine',
);
test(
  'Cohere Command R',
  answer,
  { generation_id: 'g1', text: 'Rhine', finish_reason: 'COMPLETE' },
  { id: 'g1', finishReasons: ['COMPLETE'] },
  'Rhine',
);
test(
  'Cohere Command',
  answer,
  { id: 'x', generations: [{ text: 'Rhine', finish_reason: 'COMPLETE' }] },
  { finishReasons: ['COMPLETE'] },
  'Rhine',
);
test(
  'Nova, a piece of a stream',
  answer,
  { contentBlockDelta: { delta: { text: 'Rhi' }, contentBlockIndex: 0 } },
  { finishReasons: undefined },
  'Rhi',
);
test(
  'Nova, the counts of a stream',
  answer,
  { metadata: { usage: { inputTokens: 4, outputTokens: 2, cacheReadInputTokens: 6 } } },
  { inputTokens: 10, outputTokens: 2, cacheReadTokens: 6 },
  '',
);
test('nothing known', answer, { embedding: [1] }, { inputTokens: undefined, finishReasons: undefined }, '');

test('body: what cannot be read as a JSON object is no parameters', (t) => {
  for (const body of ['', '[1', 'null', '7', undefined, new Uint8Array(), {}])
    t.is(readJson(body), undefined);
});

test('body: a view into larger bytes is read as what it shows', (t) => {
  const bytes = new TextEncoder().encode('xx{"anthropic_version":1}yy').subarray(2, -2);
  t.deepEqual(readJson(bytes), { anthropic_version: 1 });
  t.true(mentionsKey(bytes, 'anthropic_version'));
  t.false(mentionsKey(bytes.subarray(0, 10), 'anthropic_version'));
});

test('body: numbers that no fix touched are written as they were', (t) => {
  const body = '{"temperature":2,"id":12345678901234567890,"list":[1.0,{"big":98765432109876543210}]}';
  for (const form of [body, new TextEncoder().encode(body)]) {
    const args = [{ input: { modelId: 'm', body: form } }];
    const params = record(bodyAccess.read(args));
    bodyAccess.write(args, { ...params, temperature: 1 });
    const written: unknown = args[0]?.input.body;
    t.is(typeof written, typeof form);
    const text = written instanceof Uint8Array ? new TextDecoder().decode(written) : written;
    t.is(text, body.replace('"temperature":2', '"temperature":1'));
  }
});

test('content: blocks, and the plain texts of models that have no blocks', (t) => {
  const content = converseContent({
    messages: [
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        content: [{ reasoningContent: { reasoningText: { text: 'hm' } } }, { json: { a: 1 } }],
      },
    ],
    toolConfig: { tools: [{ toolSpec: { name: 'look', inputSchema: { json: { type: 'object' } } } }] },
  });
  t.deepEqual(content, {
    inputMessages: [
      { role: 'user', parts: [{ type: 'text', content: 'Hi' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'hm' },
          { type: 'json', content: { a: 1 } },
        ],
      },
    ],
    toolDefinitions: [{ type: 'function', name: 'look', parameters: { type: 'object' } }],
  });
});

test('command: a copy is of the same class and keeps what the original has', (t) => {
  class ConverseCommand {
    readonly middlewareStack = {};
    readonly input: object;
    constructor(input: object) {
      this.input = input;
    }
  }
  const original = new ConverseCommand({ modelId: 'a' });
  const copy = withInput(original, { modelId: 'b' }) as ConverseCommand;
  t.true(copy instanceof ConverseCommand);
  t.is(copy.middlewareStack, original.middlewareStack);
  t.deepEqual([original.input, copy.input], [{ modelId: 'a' }, { modelId: 'b' }]);
  t.is(operationOf(copy), 'Converse', 'by its class, where there is no schema');
});
