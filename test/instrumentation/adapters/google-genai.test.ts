import { outcomeOf, partsOf, sdkTest } from '../../helpers/sdk-test.js';
import { fromSdks } from '../../helpers/sdks.js';
import { googleCase, googleParams, weather, type GoogleClass } from './google-genai-case.js';
import { testOwnProtocol } from './own-protocol-suite.js';

const { rig, server, client } = testOwnProtocol(googleCase);
const model = 'models/gemini-2.5-flash';

sdkTest('@google/genai span: every parameter of the request that has an attribute', async (t) => {
  await client().models.generateContent({
    model,
    contents: 'Hello',
    config: {
      topP: 0.5,
      topK: 3,
      candidateCount: 2,
      maxOutputTokens: 64,
      stopSequences: ['END'],
      seed: 7,
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      responseMimeType: 'application/json',
      thinkingConfig: { thinkingLevel: 'LOW' },
    },
  });
  const [span] = rig().spans();
  t.is(span?.name, 'generate_content gemini-2.5-flash');
  t.like(span?.attributes, {
    'gen_ai.request.model': 'gemini-2.5-flash',
    'gen_ai.request.top_p': 0.5,
    'gen_ai.request.top_k': 3,
    'gen_ai.request.choice.count': 2,
    'gen_ai.request.max_tokens': 64,
    'gen_ai.request.seed': 7,
    'gen_ai.request.presence_penalty': 0.1,
    'gen_ai.request.frequency_penalty': 0.2,
    'gen_ai.request.reasoning.level': 'LOW',
    'gen_ai.output.type': 'json',
    'gen_ai.response.model': 'gemini-2.5-flash-001',
    'gen_ai.response.id': 'response-1',
    'gen_ai.usage.reasoning.output_tokens': 3,
  });
  t.deepEqual(span?.attributes['gen_ai.request.stop_sequences'], ['END']);
});

sdkTest('@google/genai span: embeddings are their own operation', async (t) => {
  const config = { outputDimensionality: 2 };
  await client().models.embedContent({ model: 'gemini-embedding-001', contents: 'Hello', config });
  const [span] = rig().spans();
  t.is(span?.name, 'embeddings gemini-embedding-001');
  t.like(span?.attributes, {
    'arc.api': 'google.embed_content',
    'gen_ai.embeddings.dimension.count': 2,
    'gen_ai.usage.input_tokens': 3,
  });
});

sdkTest('@google/genai span: a client of Vertex AI is one of Vertex AI', async (t) => {
  const { GoogleGenAI } = fromSdks('@google/genai') as { GoogleGenAI: GoogleClass };
  const vertex = new GoogleGenAI({
    vertexai: true,
    apiKey: 'none',
    httpOptions: { baseUrl: server().url },
  });
  await vertex.models.generateContent(googleParams());
  await vertex.models.embedContent({ model: 'text-embedding-005', contents: 'Hello' });
  const [chat, embedding] = rig().spans();
  t.is(chat?.attributes['gen_ai.provider.name'], 'gcp.vertex_ai');
  t.like(embedding?.attributes, {
    'gen_ai.provider.name': 'gcp.vertex_ai',
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.usage.input_tokens': 3,
  });
});

sdkTest(
  '@google/genai repair: where the request goes is neither seen by patterns nor changed by fixes',
  async (t) => {
    const { arc } = rig();
    arc.registerPattern({
      pattern: { api: 'google.generate_content', model: 'gemini-moved' },
      fix: { 'config.httpOptions': { baseUrl: 'http://127.0.0.1:1' } },
      id: 'test.moved',
    });
    arc.registerPattern({
      pattern: {
        api: 'google.generate_content',
        model: 'gemini-seen',
        'config.httpOptions': { exists: true },
      },
      fix: { 'config.temperature': 0 },
      id: 'test.seen',
    });
    const httpOptions = { headers: { 'x-tenant': 'a' } };
    await client().models.generateContent({ ...googleParams({ model: 'gemini-moved' }) });
    await client().models.generateContent({
      ...googleParams({ model: 'gemini-seen' }),
      config: { httpOptions },
    });
    const [moved, seen] = rig().spans();
    t.is(moved?.attributes['arc.decision'], 'bypass');
    t.is(seen?.attributes['arc.decision'], 'pass');
  },
);

sdkTest("@google/genai repair: the caller's headers and abort signal survive", async (t) => {
  const control = new AbortController();
  const httpOptions = { headers: { 'x-tenant': 'a' }, timeout: 5000 };
  const config = Object.freeze({ temperature: 1, httpOptions, abortSignal: control.signal });
  const stream = await client().models.generateContentStream({
    ...googleParams({ model: 'endless' }),
    config,
  });
  await stream.next();
  const request = server().requests.at(-1);
  control.abort();
  const outcome = (await outcomeOf(partsOf(stream))) as { name: string };
  t.is(outcome.name, 'AbortError');
  t.deepEqual(request?.body['generationConfig'], { temperature: 0.5 });
  t.is(request?.headers['x-tenant'], 'a');
});

sdkTest('@google/genai repair: wrapping a client reads nothing of it that another SDK has', (t) => {
  const wrapped = client();
  Object.defineProperty(wrapped, 'agents', { get: () => t.fail('this property warns when it is read') });
  t.is(rig().arc.wrap(wrapped), wrapped);
});

sdkTest('@google/genai content: tool calls, thoughts and media take the conventions’ form', async (t) => {
  const image = { inlineData: { mimeType: 'image/png', data: 'c2VjcmV0' } };
  rig().arc.setConfig({ builtinPack: false, captureContent: true });
  await client().models.generateContent({
    model,
    contents: [
      { role: 'user', parts: [{ text: 'Look: ' }, image] },
      { role: 'model', parts: [{ functionCall: { name: 'weather', args: { city: 'Bern' } } }] },
    ],
    config: { systemInstruction: 'Be brief.', tools: [{ functionDeclarations: [weather] }] },
  });
  await client().models.generateContent({ model, contents: ['Look: ', image] });
  rig().arc.setConfig({ builtinPack: false });
  const [called, answered] = rig().spans();
  const parse = (name: string) => JSON.parse(String(called?.attributes[name])) as unknown;
  const looking = {
    role: 'user',
    parts: [
      { type: 'text', content: 'Look: ' },
      { type: 'blob', modality: 'image', mime_type: 'image/png', content: '[omitted]' },
    ],
  };
  t.is(answered?.attributes['gen_ai.input.messages'], JSON.stringify([looking]));
  t.deepEqual(parse('gen_ai.input.messages'), [
    looking,
    { role: 'assistant', parts: [{ type: 'tool_call', name: 'weather', arguments: { city: 'Bern' } }] },
  ]);
  t.deepEqual(parse('gen_ai.system_instructions'), [{ type: 'text', content: 'Be brief.' }]);
  t.deepEqual(parse('gen_ai.output.messages'), [
    {
      role: 'assistant',
      parts: [{ type: 'tool_call', name: 'weather', arguments: { city: 'Bern' } }],
      finish_reason: 'STOP',
    },
  ]);
  t.deepEqual(parse('gen_ai.tool.definitions'), [{ type: 'function', ...weather }]);
  t.regex(String(answered?.attributes['gen_ai.output.messages']), /"reasoning","content":"Thinking"/);
});
