import test from 'ava';
import { repairRequest } from '../src/testing.js';

const messages = [{ role: 'user', content: 'Name three rivers.' }];

test('repairRequest: repairs a copy and says which patterns did it', (t) => {
  const body = Object.freeze({ model: 'o3', messages, max_tokens: 50 });
  const {
    body: repaired,
    decisions,
    changes,
  } = repairRequest({ provider: 'openai', api: 'openai.chat.completions', body });
  t.deepEqual(repaired, { model: 'o3', messages, max_completion_tokens: 50 });
  t.is(repaired['messages'], messages);
  t.like(decisions, [{ pattern: 'openai.reasoning.max-tokens', decision: 'fix' }]);
  t.deepEqual(changes.map(({ path }) => path).sort(), ['max_completion_tokens', 'max_tokens']);
});

test('repairRequest: the same object when nothing matches', (t) => {
  const body = { model: 'gpt-4o', messages };
  const repaired = repairRequest({ provider: 'openai', api: 'openai.chat.completions', body });
  t.is(repaired.body, body);
  t.deepEqual(repaired.decisions, []);
});

test('repairRequest: knows the short names of providers and the documented names of APIs', (t) => {
  const pack = `patterns:
  - { id: a, match: { provider: azure.ai.openai }, fix: [{ set: { seed: 1 } }] }
  - { id: b, match: { provider: aws.bedrock, api: aws.bedrock.converse }, fix: [{ set: { requestMetadata: { a: b } } }] }`;
  const azure = { provider: 'azure', api: 'openai.chat.completions', body: { model: 'm', messages } };
  t.is(repairRequest(azure, { packs: [pack] }).body['seed'], 1);
  const converse = { provider: 'bedrock', api: 'bedrock.converse', body: { modelId: 'm', messages: [] } };
  t.like(repairRequest(converse, { packs: [pack], builtinPack: false }).decisions, [{ pattern: 'b' }]);
});

test('repairRequest: a lossy pattern acts only where that is allowed', (t) => {
  const pack = `patterns: [{ id: a, lossy: true, match: { api: ollama.chat, tools: { exists: true } }, fix: [{ unset: [tools] }] }]`;
  const request = { api: 'ollama.chat', body: { model: 'm', messages, tools: [{}] } };
  const held = repairRequest(request, { packs: [pack] });
  t.is(held.body, request.body);
  t.like(held.decisions, [{ pattern: 'a', decision: 'bypass', reason: 'lossy' }]);
  t.deepEqual(repairRequest(request, { packs: [pack], lossy: true }).body, { model: 'm', messages });
});

test('repairRequest: a request to an API that is not known passes', (t) => {
  const body = { model: 'o3', max_tokens: 5 };
  t.is(repairRequest({ api: 'somebody.else', body }).body, body);
});

test('map and parameters: what is not named stays, and closed fields go only where they are refused', (t) => {
  const pack = `patterns:
  - id: a
    match: { api: openai.chat.completions }
    fix:
      - map: { field: reasoning_effort, values: { minimal: low } }
      - parameters: drop_idle_stream_options`;
  const ask = (body: Readonly<Record<string, unknown>>) =>
    repairRequest({ api: 'openai.chat.completions', body }, { packs: [pack], builtinPack: false }).body;
  t.deepEqual(ask({ reasoning_effort: 'minimal', stream_options: {} }), { reasoning_effort: 'low' });
  t.deepEqual(ask({ reasoning_effort: 'high', stream: true, stream_options: {} }), {
    reasoning_effort: 'high',
    stream: true,
    stream_options: {},
  });
});
