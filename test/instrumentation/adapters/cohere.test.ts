import { partsOf, sdkTest } from '../../helpers/sdk-test.js';
import { fromSdks } from '../../helpers/sdks.js';
import { cohereCase, cohereParams, type CohereExports } from './cohere-case.js';
import { testOwnProtocol } from './own-protocol-suite.js';

const { rig, server, client } = testOwnProtocol(cohereCase);
const weather = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } };

sdkTest('cohere-ai span: every parameter of the request that has an attribute', async (t) => {
  await client().chat({
    ...cohereParams(),
    p: 0.5,
    k: 3,
    maxTokens: 64,
    stopSequences: ['END'],
    seed: 7,
    presencePenalty: 0.1,
    frequencyPenalty: 0.2,
    responseFormat: { type: 'json_object' },
  });
  const [span] = rig().spans();
  t.is(span?.name, 'chat command-a-03-2025');
  t.like(span?.attributes, {
    'gen_ai.request.top_p': 0.5,
    'gen_ai.request.top_k': 3,
    'gen_ai.request.max_tokens': 64,
    'gen_ai.request.seed': 7,
    'gen_ai.request.presence_penalty': 0.1,
    'gen_ai.request.frequency_penalty': 0.2,
    'gen_ai.output.type': 'json',
    'gen_ai.response.id': 'chat-1',
  });
  t.deepEqual(span?.attributes['gen_ai.request.stop_sequences'], ['END']);
});

sdkTest('cohere-ai span: embeddings are their own operation', async (t) => {
  const types = { outputDimension: 2, embeddingTypes: ['float'] };
  await client().embed({ model: 'embed-v4.0', inputType: 'search_query', texts: ['Hello'], ...types });
  const [span] = rig().spans();
  t.is(span?.name, 'embeddings embed-v4.0');
  t.like(span?.attributes, {
    'arc.api': 'cohere.embed',
    'gen_ai.embeddings.dimension.count': 2,
    'gen_ai.usage.input_tokens': 3,
  });
  t.deepEqual(span?.attributes['gen_ai.request.encoding_formats'], ['float']);
});

sdkTest('cohere-ai repair: v2 of the older client is repaired, hooked or wrapped', async (t) => {
  const { CohereClient } = fromSdks('cohere-ai') as CohereExports;
  const older = () => new CohereClient({ token: 'none', environment: server().url, maxRetries: 0 });
  await older().v2.chat(cohereParams({ temperature: 1 }));
  t.is(server().requests.at(-1)?.body['temperature'], 0.5);
  const wrapped = older();
  t.is(rig().arc.wrap(wrapped), wrapped);
  await wrapped.v2.chat(cohereParams({ temperature: 1 }));
  t.is(server().requests.at(-1)?.body['temperature'], 0.5);
  t.is(rig().spans().length, 2);
});

sdkTest('cohere-ai repair: a client made before Arc was switched on is repaired', async (t) => {
  rig().arc.disable();
  const early = client();
  rig().arc.enable();
  await early.chat(cohereParams({ temperature: 1 }));
  t.is(server().requests.at(-1)?.body['temperature'], 0.5);
  t.is(rig().spans().length, 1);
});

sdkTest('cohere-ai content: tool calls take the conventions’ form, whole and streamed', async (t) => {
  rig().arc.setConfig({ builtinPack: false, captureContent: true });
  const params = { ...cohereParams({ text: 'Weather?' }), tools: [weather] };
  await client().chat(params);
  await partsOf(await client().chatStream(params));
  rig().arc.setConfig({ builtinPack: false });
  const spans = rig().spans();
  t.is(spans.length, 2);
  for (const { attributes } of spans) {
    t.deepEqual(JSON.parse(String(attributes['gen_ai.output.messages'])), [
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 'call_1', name: 'weather', arguments: { city: 'Bern' } }],
        finish_reason: 'TOOL_CALL',
      },
    ]);
    t.deepEqual(JSON.parse(String(attributes['gen_ai.tool.definitions'])), [
      { type: 'function', ...weather.function },
    ]);
  }
});
