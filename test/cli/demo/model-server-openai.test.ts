import test, { type ExecutionContext } from 'ava';
import OpenAI from 'openai';
import { startModelServer } from '../../../src/cli/demo/model-server.js';
import { waitUntil } from '../../helpers/wait-until.js';

type ChatRequest = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;

async function setup(t: ExecutionContext) {
  const server = await startModelServer();
  t.teardown(server.close);
  const client = new OpenAI({ baseURL: server.openaiBaseUrl, apiKey: 'test-key', maxRetries: 0 });
  return { server, client };
}

const hello: ChatRequest = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Say hello' }] };
const tool = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

test('model server, openai: answers a chat completion with usage and a request id', async (t) => {
  const { server, client } = await setup(t);
  const { data, request_id } = await client.chat.completions.create(hello).withResponse();
  t.regex(request_id ?? '', /^req_/);
  t.regex(data.id, /^chatcmpl-\w{29}$/);
  t.is(data.choices[0]?.message.content, 'A stand-in answer to "Say hello".');
  t.is(data.choices[0]?.finish_reason, 'stop');
  t.is(data.usage?.total_tokens, (data.usage?.prompt_tokens ?? 0) + (data.usage?.completion_tokens ?? 0));
  t.like(server.requests[0], { method: 'POST', path: '/v1/chat/completions', status: 200, aborted: false });
  t.deepEqual(server.requests[0]?.body, hello);
});

test('model server, openai: keeps no credential', async (t) => {
  const { server, client } = await setup(t);
  await client.chat.completions.create(hello);
  t.false(JSON.stringify(server.requests).includes('test-key'));
  t.is(server.requests[0]?.headers['authorization'], undefined);
});

test('model server, openai: cuts at the token limit with finish_reason length', async (t) => {
  const { client } = await setup(t);
  const answer = await client.chat.completions.create({ ...hello, max_tokens: 3 });
  t.is(answer.choices[0]?.finish_reason, 'length');
  t.is(answer.choices[0]?.message.content?.length, 12);
});

test('model server, openai: calls an offered tool with null content, then answers its result', async (t) => {
  const { client } = await setup(t);
  const asked = await client.chat.completions.create({ ...hello, tools: [tool] });
  const message = asked.choices[0]?.message;
  t.is(asked.choices[0]?.finish_reason, 'tool_calls');
  t.is(message?.content, null);
  const call = message?.tool_calls?.[0];
  if (!message || call?.type !== 'function') throw new Error('no function call');
  t.deepEqual(JSON.parse(call.function.arguments), { city: 'sample' });
  const result = { role: 'tool' as const, tool_call_id: call.id, content: 'rain' };
  const done = await client.chat.completions.create({
    ...hello,
    tools: [tool],
    messages: [...hello.messages, message, result],
  });
  t.is(done.choices[0]?.finish_reason, 'stop');
});

test('model server, openai: streams chunks, a usage chunk when asked, and [DONE]', async (t) => {
  const { client } = await setup(t);
  const stream = await client.chat.completions.create({
    ...hello,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  const finishes: unknown[] = [];
  let tokens: number | undefined;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? '';
    finishes.push(...chunk.choices.map(({ finish_reason }) => finish_reason).filter(Boolean));
    tokens = chunk.usage?.total_tokens ?? tokens;
  }
  t.is(text, 'A stand-in answer to "Say hello".');
  t.deepEqual(finishes, ['stop']);
  t.true((tokens ?? 0) > 0);
});

test('model server, openai: a streamed tool call reassembles in the SDK', async (t) => {
  const { client } = await setup(t);
  const runner = client.chat.completions.stream({
    model: hello.model,
    messages: hello.messages,
    tools: [tool],
  });
  const { choices } = await runner.finalChatCompletion();
  const call = choices[0]?.message.tool_calls?.[0];
  t.is(call?.type === 'function' ? call.function.arguments : '', '{"city":"sample"}');
});

const refuses = test.macro({
  async exec(t, params: Record<string, unknown>, status: number, expected: Record<string, unknown>) {
    const { server, client } = await setup(t);
    // The requests are wrong on purpose.
    const request: ChatRequest = { ...hello, ...params };
    const error = await t.throwsAsync(client.chat.completions.create(request), {
      instanceOf: OpenAI.APIError,
    });
    t.is(error.status, status);
    t.like(error.error, { type: 'invalid_request_error', ...expected });
    t.is(server.requests[0]?.status, status);
  },
  title: (words) => `model server, openai: refuses ${words ?? ''}`,
});

test('max_tokens on a reasoning model', refuses, { model: 'gpt-5', max_tokens: 10 }, 400, {
  message:
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
  param: 'max_tokens',
  code: 'unsupported_parameter',
});
test('temperature on a reasoning model', refuses, { model: 'o3-mini', temperature: 0 }, 400, {
  message:
    "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
  param: 'temperature',
  code: 'unsupported_value',
});
test('a temperature above 2', refuses, { temperature: 2.1 }, 400, {
  message: "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 2.1 instead.",
  code: 'decimal_above_max_value',
});
test('a negative temperature', refuses, { temperature: -0.1 }, 400, { code: 'decimal_below_min_value' });
test('a temperature that is text', refuses, { temperature: 'hot' }, 400, { code: 'invalid_type' });
test('an empty list of tools', refuses, { tools: [] }, 400, { param: 'tools', code: 'empty_array' });
test('tool_choice without tools', refuses, { tool_choice: 'auto' }, 400, { param: 'tool_choice' });
test(
  'an orphan tool message',
  refuses,
  { messages: [{ role: 'tool', tool_call_id: 'call_1', content: 'x' }] },
  400,
  { param: 'messages.[0].role' },
);
test(
  'an unanswered tool call',
  refuses,
  {
    messages: [
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call_9', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'user', content: 'and?' },
    ],
  },
  400,
  {
    message:
      "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
      'The following tool_call_ids did not have response messages: call_9',
  },
);
test('missing messages', refuses, { messages: undefined }, 400, {
  message: "Missing required parameter: 'messages'.",
});
test('null content of a user', refuses, { messages: [{ role: 'user', content: null }] }, 400, {
  message: "Invalid value for 'content': expected a string, got null.",
});
test('an unknown parameter', refuses, { top_k: 4 }, 400, {
  message: 'Unrecognized request argument supplied: top_k',
});
test('a retired model', refuses, { model: 'gpt-4-32k' }, 404, { code: 'model_not_found' });
test(
  'a strict schema that leaves additionalProperties open',
  refuses,
  { tools: [{ type: 'function', function: { ...tool.function, strict: true } }] },
  400,
  { code: 'invalid_function_parameters' },
);

const accepts = test.macro({
  async exec(t, params: Record<string, unknown>) {
    const { client } = await setup(t);
    await t.notThrowsAsync(client.chat.completions.create({ ...hello, ...params }));
  },
  title: (words) => `model server, openai: serves ${words ?? ''}`,
});

test('temperature 2', accepts, { temperature: 2 });
test('temperature 1 on a reasoning model', accepts, { model: 'o3-mini', temperature: 1 });
test('null parameters, which count as absent', accepts, { temperature: null, max_tokens: null });
test('temperature on gpt-5.1 with reasoning off', accepts, {
  model: 'gpt-5.1',
  temperature: 0.2,
  reasoning_effort: 'none',
});

test('model server, openai: gpt-4 decays above temperature 0.9', async (t) => {
  const { client } = await setup(t);
  const ask = async (temperature: number) =>
    (await client.chat.completions.create({ ...hello, model: 'gpt-4', temperature })).choices[0]?.message
      .content;
  t.is(await ask(0.9), 'A stand-in answer to "Say hello".');
  t.regex((await ask(0.95)) ?? '', /wharf seventeen/);
});

test('model server, openai: a body that is not JSON and a missing key get their errors', async (t) => {
  const { server } = await setup(t);
  const post = (body: string, headers: Record<string, string>) =>
    fetch(`${server.openaiBaseUrl}/chat/completions`, { method: 'POST', body, headers });
  const broken = await post('{"model"', { authorization: 'Bearer k' });
  t.is(broken.status, 400);
  t.regex(await broken.text(), /could not parse the JSON body/);
  t.is((await post('{}', {})).status, 401);
  t.is((await fetch(`${server.url}/v1/other`)).status, 404);
});

test('model server, openai: fails as often as asked, so that the SDK retries', async (t) => {
  const { server } = await setup(t);
  const client = new OpenAI({ baseURL: server.openaiBaseUrl, apiKey: 'k', maxRetries: 2 });
  const content = 'Hi [model-server status=429 times=2]';
  await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content }] });
  t.deepEqual(
    server.requests.map(({ status }) => status),
    [429, 429, 200],
  );
});

test('model server, openai: a cut stream is an error in the SDK', async (t) => {
  const { client } = await setup(t);
  const stream = await client.chat.completions.create(
    { ...hello, stream: true },
    { headers: { 'x-model-server': 'cut=2' } },
  );
  const read = async (): Promise<void> => {
    for await (const chunk of stream) t.truthy(chunk.id);
  };
  await t.throwsAsync(read());
});

test('model server, openai: records that the client left an endless stream', async (t) => {
  const { server, client } = await setup(t);
  const stream = await client.chat.completions.create(
    { ...hello, stream: true },
    { headers: { 'x-model-server': 'stream=endless' } },
  );
  let seen = 0;
  for await (const chunk of stream) if (chunk && ++seen === 20) break;
  await waitUntil('the abort', () => server.requests[0]?.aborted);
  t.false(server.requests[0]?.finished);
});

test('model server, openai: records that the client gave up on a slow answer', async (t) => {
  const { server, client } = await setup(t);
  const signal = new AbortController();
  const slow = client.chat.completions.create(hello, {
    headers: { 'x-model-server': 'delay=600000' },
    signal: signal.signal,
  });
  await waitUntil('the request', () => server.requests[0]?.body);
  signal.abort();
  await t.throwsAsync(slow);
  await waitUntil('the abort', () => server.requests[0]?.aborted);
});
