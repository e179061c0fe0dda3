import Anthropic from '@anthropic-ai/sdk';
import test, { type ExecutionContext } from 'ava';
import { startModelServer } from '../../../src/cli/demo/model-server.js';
import { waitUntil } from '../../helpers/wait-until.js';

type MessageRequest = Anthropic.MessageCreateParamsNonStreaming;

async function setup(t: ExecutionContext) {
  const server = await startModelServer();
  t.teardown(server.close);
  const client = new Anthropic({ baseURL: server.anthropicBaseUrl, apiKey: 'test-key', maxRetries: 0 });
  return { server, client };
}

const hello: MessageRequest = {
  model: 'claude-sonnet-4-20250514',
  max_tokens: 2000,
  messages: [{ role: 'user', content: 'Say hello' }],
};
const tool: Anthropic.Tool = {
  name: 'get_weather',
  input_schema: { type: 'object', properties: { city: { type: 'string' } } },
};

test('model server, anthropic: answers a message with usage and a request id', async (t) => {
  const { server, client } = await setup(t);
  const message = await client.messages.create(hello);
  t.regex(message._request_id ?? '', /^req_/);
  t.regex(message.id, /^msg_01\w{22}$/);
  t.deepEqual(message.content[0], { type: 'text', text: 'A stand-in answer to "Say hello".' } as never);
  t.is(message.stop_reason, 'end_turn');
  t.true(message.usage.output_tokens > 0);
  t.like(server.requests[0], { method: 'POST', path: '/v1/messages', status: 200 });
  t.false(JSON.stringify(server.requests).includes('test-key'));
});

test('model server, anthropic: streams the whole event sequence with a ping', async (t) => {
  const { server } = await setup(t);
  const response = await fetch(`${server.anthropicBaseUrl}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': 'k', 'content-type': 'application/json' },
    body: JSON.stringify({ ...hello, stream: true }),
  });
  const names = [...(await response.text()).matchAll(/^event: (\w+)$/gm)].map(([, name]) => name);
  t.deepEqual(
    [...new Set(names)],
    [
      'message_start',
      'ping',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ],
  );
});

test('model server, anthropic: a streamed tool call with thinking reassembles in the SDK', async (t) => {
  const { client } = await setup(t);
  const stream = client.messages.stream({
    ...hello,
    tools: [tool],
    thinking: { type: 'enabled', budget_tokens: 1024 },
  });
  const message = await stream.finalMessage();
  t.deepEqual(
    message.content.map(({ type }) => type),
    ['thinking', 'tool_use'],
  );
  t.is(message.stop_reason, 'tool_use');
  const call = message.content.find((block) => block.type === 'tool_use');
  t.deepEqual(call?.input, { city: 'sample' });
});

test('model server, anthropic: answers in the schema that is asked for', async (t) => {
  const { client } = await setup(t);
  const schema = {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  };
  const { content } = await client.messages.create({
    ...hello,
    output_config: { format: { type: 'json_schema', schema } },
  });
  t.deepEqual(content, [{ type: 'text', text: '{"city":"sample"}' }] as never);
});

test('model server, anthropic: answers a tool result with text', async (t) => {
  const { client } = await setup(t);
  const asked = await client.messages.create({ ...hello, tools: [tool] });
  const call = asked.content.find((block) => block.type === 'tool_use');
  const done = await client.messages.create({
    ...hello,
    tools: [tool],
    messages: [
      ...hello.messages,
      { role: 'assistant', content: asked.content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: call?.id ?? '', content: 'rain' }] },
    ],
  });
  t.is(done.stop_reason, 'end_turn');
});

const refuses = test.macro({
  async exec(t, params: Record<string, unknown>, message: string, status = 400) {
    const { client } = await setup(t);
    // The requests are wrong on purpose.
    const request: MessageRequest = { ...hello, ...params };
    const error = await t.throwsAsync(client.messages.create(request), { instanceOf: Anthropic.APIError });
    t.is(error.status, status);
    t.like(error.error, { type: 'error', error: { message } });
  },
  title: (words) => `model server, anthropic: refuses ${words ?? ''}`,
});

const user = { role: 'user', content: 'Hi' };
const text = (value: string) => [{ type: 'text', text: value }];

test('a temperature above 1', refuses, { temperature: 1.5 }, 'temperature: range: -1 or 0..1');
test('missing max_tokens', refuses, { max_tokens: undefined }, 'max_tokens: Field required');
test(
  'a system role in messages',
  refuses,
  { messages: [{ role: 'system', content: 'x' }, user] },
  'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.',
);
test(
  'thinking with a temperature',
  refuses,
  { temperature: 0.5, thinking: { type: 'enabled', budget_tokens: 1024 } },
  '`temperature` may only be set to 1 when thinking is enabled. Please consult our documentation on extended thinking.',
);
test(
  'a thinking budget as large as max_tokens',
  refuses,
  { max_tokens: 1024, thinking: { type: 'enabled', budget_tokens: 1024 } },
  '`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-context-window-size',
);
test(
  'an empty text block',
  refuses,
  { messages: [{ role: 'user', content: text('') }] },
  'messages: text content blocks must be non-empty',
);
test(
  'trailing whitespace in the final assistant turn',
  refuses,
  { messages: [user, { role: 'assistant', content: 'Sure: ' }] },
  'messages: final assistant content cannot end with trailing whitespace',
);
test(
  'an orphan tool_result',
  refuses,
  { messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'x' }] }] },
  'messages.0.content.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_1. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.',
);
test(
  'an unanswered tool_use',
  refuses,
  {
    messages: [
      user,
      { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_2', name: 'f', input: {} }] },
      user,
    ],
  },
  'messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_2. Each `tool_use` block must have a corresponding `tool_result` block in the next message.',
);
test('an empty list of messages', refuses, { messages: [] }, 'messages: at least one message is required');
test('a parameter of another provider', refuses, { n: 1 }, 'n: Extra inputs are not permitted');
test('a retired model', refuses, { model: 'claude-3-opus-20240229' }, 'model: claude-3-opus-20240229', 404);
test(
  'max_tokens above the model',
  refuses,
  { max_tokens: 4097, model: 'claude-3-haiku-20240307' },
  'max_tokens: 4097 > 4096, which is the maximum allowed number of output tokens for claude-3-haiku-20240307',
);

test('model server, anthropic: temperature 0 and 1 are served', async (t) => {
  const { client } = await setup(t);
  for (const temperature of [0, 1]) {
    await t.notThrowsAsync(client.messages.create({ ...hello, temperature } as MessageRequest)); // dropped from types
  }
});

test('model server, anthropic: a failure in the middle of a stream reaches the SDK', async (t) => {
  const { client } = await setup(t);
  const stream = client.messages.stream(hello, { headers: { 'x-model-server': 'fail=4' } });
  await t.throwsAsync(stream.finalMessage(), { message: /Overloaded/ });
});

test('model server, anthropic: 529 once, then an answer', async (t) => {
  const { server } = await setup(t);
  const client = new Anthropic({ baseURL: server.anthropicBaseUrl, apiKey: 'k', maxRetries: 1 });
  await client.messages.create(hello, { headers: { 'x-model-server': 'status=529' } });
  t.deepEqual(
    server.requests.map(({ status }) => status),
    [529, 200],
  );
});

test('model server, anthropic: records that the client left an endless stream', async (t) => {
  const { server, client } = await setup(t);
  const stream = client.messages.stream(hello, { headers: { 'x-model-server': 'stream=endless' } });
  let seen = 0;
  for await (const event of stream) if (event.type === 'content_block_delta' && ++seen === 20) break;
  await waitUntil('the abort', () => server.requests[0]?.aborted);
  t.pass();
});
