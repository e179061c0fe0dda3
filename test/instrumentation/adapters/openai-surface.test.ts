import test from 'ava';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { createRig, type Rig } from '../../helpers/rig.js';

let rig: Rig;
test.before(async () => {
  rig = await createRig({ builtinPack: false });
});
test.beforeEach(() => {
  rig.arc.setConfig({ builtinPack: false });
  rig.spans();
});
test.after.always(() => rig.close());

const ask = { model: 'gpt-4o', input: 'Name a river.' };

/** The one span since the last look. */
function theSpan(): ReadableSpan {
  const spans = rig.spans();
  const [span] = spans;
  if (!span || spans.length > 1) throw new Error(`${spans.length} spans, expected one`);
  return span;
}

function lastBody(): unknown {
  return rig.models.requests.at(-1)?.body;
}

test.serial('responses: the span says what was asked and what came back', async (t) => {
  const answer = await rig.openai().responses.create({
    ...ask,
    model: 'house-model', // one that both samples and reasons
    temperature: 0.5,
    top_p: 0.9,
    max_output_tokens: 64,
    reasoning: { effort: 'low' },
    previous_response_id: 'resp_before',
    text: { format: { type: 'text' } },
    service_tier: 'flex',
  });
  const { name, attributes } = theSpan();
  t.is(name, 'chat house-model');
  t.like(attributes, {
    'gen_ai.operation.name': 'chat',
    'arc.api': 'openai.responses',
    'openai.api.type': 'responses',
    'openai.request.service_tier': 'flex',
    'openai.response.service_tier': 'default',
    'gen_ai.request.temperature': 0.5,
    'gen_ai.request.top_p': 0.9,
    'gen_ai.request.max_tokens': 64,
    'gen_ai.request.reasoning.level': 'low',
    'gen_ai.request.previous_response.id': 'resp_before',
    'gen_ai.output.type': 'text',
    'gen_ai.response.id': answer.id,
    'gen_ai.response.model': 'house-model',
    'gen_ai.usage.input_tokens': answer.usage?.input_tokens,
    'gen_ai.usage.output_tokens': answer.usage?.output_tokens,
    'gen_ai.usage.reasoning.output_tokens': 0,
  });
  t.deepEqual(attributes['gen_ai.response.finish_reasons'], ['completed']);
});

test.serial('responses: a conversation is named by its id, given as a text or as an object', async (t) => {
  await rig.openai().responses.create({ ...ask, conversation: 'conv_1' });
  t.is(theSpan().attributes['gen_ai.conversation.id'], 'conv_1');
  await rig.openai().responses.create({ ...ask, conversation: { id: 'conv_2' } });
  t.is(theSpan().attributes['gen_ai.conversation.id'], 'conv_2');
});

test.serial('responses: an answer cut at the limit says why', async (t) => {
  await rig.openai().responses.create({ ...ask, input: 'x'.repeat(200), max_output_tokens: 16 });
  t.deepEqual(theSpan().attributes['gen_ai.response.finish_reasons'], ['max_output_tokens']);
});

test.serial('responses: one in the background has no finish reason yet', async (t) => {
  await rig.openai().responses.create({ ...ask, background: true });
  const { attributes } = theSpan();
  t.false('gen_ai.response.finish_reasons' in attributes);
  t.false('gen_ai.usage.output_tokens' in attributes);
});

test.serial('responses: a stream has its usage from the last event', async (t) => {
  let last: unknown;
  for await (const event of await rig.openai().responses.create({ ...ask, stream: true })) last = event.type;
  const { attributes } = theSpan();
  t.is(last, 'response.completed');
  t.like(attributes, { 'gen_ai.request.stream': true, 'gen_ai.response.model': 'gpt-4o' });
  t.true((attributes['gen_ai.usage.output_tokens'] as number) > 0);
  t.true((attributes['gen_ai.response.time_to_first_chunk'] as number) > 0);
  t.deepEqual(attributes['gen_ai.response.finish_reasons'], ['completed']);
});

test.serial('responses: a stream left early is abandoned, without a guess at its usage', async (t) => {
  for await (const event of await rig.openai().responses.create({ ...ask, stream: true })) {
    if (event.type === 'response.output_text.delta') break;
  }
  const { attributes } = theSpan();
  t.deepEqual(attributes['gen_ai.response.finish_reasons'], ['error']);
  t.false('gen_ai.usage.output_tokens' in attributes);
});

test.serial('responses: content in the form of the conventions, when it is asked for', async (t) => {
  rig.arc.setConfig({ builtinPack: false, captureContent: true });
  const input = [
    { role: 'user' as const, content: [{ type: 'input_text' as const, text: 'Name a river.' }] },
    { type: 'function_call' as const, call_id: 'call_1', name: 'look_up', arguments: '{}' },
    { type: 'function_call_output' as const, call_id: 'call_1', output: 'Elbe' },
  ];
  const { output_text: content } = await rig
    .openai()
    .responses.create({ ...ask, input, instructions: 'Be brief.' });
  const { attributes } = theSpan();
  const read = (name: string): unknown => JSON.parse(String(attributes[name])) as unknown;
  t.deepEqual(read('gen_ai.input.messages'), [
    { role: 'user', parts: [{ type: 'text', content: 'Name a river.' }] },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 'call_1', name: 'look_up', arguments: {} }] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'Elbe' }] },
  ]);
  t.deepEqual(read('gen_ai.system_instructions'), [{ type: 'text', content: 'Be brief.' }]);
  t.deepEqual(read('gen_ai.output.messages'), [
    { role: 'assistant', parts: [{ type: 'text', content }], finish_reason: 'completed' },
  ]);
});

test.serial('responses: a pattern repairs a request, and previous_response_id stays', async (t) => {
  rig.arc.registerPattern({
    id: 'test.responses',
    pattern: { api: 'openai.responses', max_output_tokens: { '<': 16 } },
    fix: { max_output_tokens: 16 },
  });
  await rig.openai().responses.create({ ...ask, max_output_tokens: 8, previous_response_id: 'resp_before' });
  t.like(lastBody(), { max_output_tokens: 16, previous_response_id: 'resp_before' });
  t.like(theSpan().attributes, { 'arc.decision': 'fix', 'arc.request.original.max_output_tokens': 8 });
});

test.serial('responses: those of the beta are seen as well', async (t) => {
  await rig.openai().beta.responses.create(ask);
  t.like(theSpan().attributes, { 'arc.api': 'openai.responses', 'gen_ai.response.model': 'gpt-4o' });
});

test.serial('embeddings: a span of their own kind', async (t) => {
  const params = { model: 'text-embedding-3-small', input: ['one', 'two'], dimensions: 4 };
  const answer = await rig.openai().embeddings.create({ ...params, encoding_format: 'float' });
  const { name, attributes } = theSpan();
  t.is(name, 'embeddings text-embedding-3-small');
  t.like(attributes, {
    'gen_ai.operation.name': 'embeddings',
    'arc.api': 'openai.embeddings',
    'gen_ai.embeddings.dimension.count': 4,
    'gen_ai.response.model': 'text-embedding-3-small',
    'gen_ai.usage.input_tokens': answer.usage.prompt_tokens,
  });
  t.deepEqual(attributes['gen_ai.request.encoding_formats'], ['float']);
  t.false('gen_ai.usage.output_tokens' in attributes);
});

test.serial('embeddings: without an encoding format the caller gets numbers', async (t) => {
  const { data } = await rig.openai().embeddings.create({ model: 'text-embedding-3-small', input: 'one' });
  t.is(data[0]?.embedding.length, 8);
  t.is(typeof data[0]?.embedding[0], 'number');
  t.true((theSpan().attributes['gen_ai.usage.input_tokens'] as number) > 0);
});

test.serial('legacy completions: a span of the operation text_completion', async (t) => {
  const { choices } = await rig.openai().completions.create({
    model: 'gpt-3.5-turbo-instruct',
    prompt: 'Say hello',
    max_tokens: 50,
    stop: ['.'],
  });
  const { name, attributes } = theSpan();
  t.is(name, 'text_completion gpt-3.5-turbo-instruct');
  t.true((choices[0]?.text.length ?? 0) > 0);
  t.like(attributes, { 'arc.api': 'openai.completions', 'gen_ai.request.max_tokens': 50 });
  t.deepEqual(attributes['gen_ai.request.stop_sequences'], ['.']);
  t.deepEqual(attributes['gen_ai.response.finish_reasons'], ['stop']);
});

test.serial('Azure: told by the client, also where the host says nothing', async (t) => {
  const { AzureOpenAI } = await import('openai');
  const { models } = rig;
  // The stand-in answers under OpenAI's paths and takes OpenAI's header.
  const client = new AzureOpenAI({
    apiKey: 'none',
    apiVersion: '2024-10-21',
    endpoint: models.url,
    fetch: (url, init) => fetch(String(url).replace(/\/openai\/deployments\/[^/]+/, '/v1'), init),
    defaultHeaders: { authorization: 'Bearer none' },
  });
  rig.arc.registerPattern({ id: 'test.azure', pattern: { model: 'gpt-4-old' }, fix: { model: 'gpt-4o' } });
  rig.arc.wrap(client);
  const messages = [{ role: 'user' as const, content: 'Name a river.' }];
  await client.chat.completions.create({ model: 'gpt-4-old', messages });
  t.like(lastBody(), { model: 'gpt-4-old' });
  t.like(theSpan().attributes, { 'gen_ai.provider.name': 'azure.ai.openai', 'arc.decision': 'bypass' });
});

test.serial('openai: models, images, audio, moderation, files and batches have no span', async (t) => {
  const client = rig.openai();
  const file = new File(['{}\n'], 'lines.jsonl');
  const calls = [
    client.models.list(),
    client.moderations.create({ input: 'fine' }),
    client.images.generate({ model: 'gpt-image-1', prompt: 'a boat' }),
    client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'hi' }),
    client.files.create({ purpose: 'batch', file }),
    client.batches.create({ input_file_id: 'file-1', endpoint: '/v1/responses', completion_window: '24h' }),
  ];
  const outcomes = await Promise.allSettled(calls);
  t.true(outcomes.every(({ status }) => status === 'rejected')); // the stand-in does not know them
  t.is(rig.spans().length, 0);
});

test.serial('wrap: a client of another SDK that happens to have completions is refused', (t) => {
  const client = {
    completions: { create: () => Promise.resolve({}) },
    embeddings: { create: () => undefined },
  };
  t.throws(() => rig.arc.wrap(client), { instanceOf: TypeError });
});
