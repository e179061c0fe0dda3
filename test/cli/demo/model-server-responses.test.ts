import OpenAI from 'openai';
import test, { type ExecutionContext } from 'ava';
import { startModelServer } from '../../../src/cli/demo/model-server.js';
import { waitUntil } from '../../helpers/wait-until.js';

async function setup(t: ExecutionContext) {
  const server = await startModelServer();
  t.teardown(server.close);
  const client = new OpenAI({ baseURL: server.openaiBaseUrl, apiKey: 'test-key', maxRetries: 0 });
  return { server, client };
}

test('model server, openai: a tool of a response is called by its name', async (t) => {
  const { client } = await setup(t);
  const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
  const { output } = await client.responses.create({
    model: 'gpt-4o',
    input: 'Hello',
    tools: [{ type: 'function', name: 'weather', strict: false, parameters }],
  });
  t.like(output[0], { type: 'function_call', name: 'weather', arguments: '{"city":"sample"}' });
});

test('model server, openai: a pause is between two events, not after the last', async (t) => {
  const { server, client } = await setup(t);
  const stream = await client.chat.completions.create(
    { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }], stream: true },
    { headers: { 'x-model-server': 'pause=30' } },
  );
  for await (const _chunk of stream);
  await waitUntil('the answer to be through', () => server.requests[0]?.finished);
  t.false(server.requests[0]?.aborted);
});
