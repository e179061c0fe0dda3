import test from 'ava';
import { passes } from './builtin.js';
import { answer, call, contents, declare, gemini, model, said, told, user } from './google-requests.js';

test('of Google: a text', passes, gemini({ model, contents }));
test('of Google: without roles', passes, gemini({ model, contents: [{ parts: [{ text: 'Hi' }] }] }));
test(
  'of Google: texts and files in the form of the SDK',
  passes,
  gemini({
    model,
    contents: [
      'What is this?',
      { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } },
      { fileData: { fileUri: 'gs://a/b' } },
    ],
    config: { systemInstruction: 'Rhyme.', stopSequences: ['END'] },
  }),
);
test(
  'of Google: a schema the SDK adapts by itself',
  passes,
  gemini({
    model,
    contents: 'Hi',
    config: {
      tools: declare(
        {
          name: 'a',
          parameters: {
            type: 'object',
            properties: { k: { type: ['string', 'null'] } },
            additionalProperties: false,
          },
        },
        {
          name: 'b',
          parameters: {
            $schema: 'http://json-schema.org/draft-07/schema#',
            type: 'object',
            properties: { k: { const: 1 } },
          },
        },
      ),
    },
  }),
);
test(
  'of Google: names in snake case',
  passes,
  gemini({
    model,
    contents: [
      user('Hi'),
      { role: 'model', parts: [{ function_call: { name: 'a', args: {} } }] },
      { role: 'user', parts: [{ function_response: { name: 'a', response: {} } }] },
    ],
    tools: [{ function_declarations: [{ name: 'a' }] }],
    tool_config: { function_calling_config: { mode: 'ANY', allowed_function_names: ['a'] } },
    generation_config: {
      max_output_tokens: 9000,
      thinking_config: { thinking_budget: 0 },
      stop_sequences: ['a'],
    },
  }),
);
test(
  'of Google: parallel calls with ids',
  passes,
  gemini({
    model: 'gemini-3-flash-preview',
    contents: [
      user('Compare'),
      said({ text: 'I look.', thought: true }, call('a', { thoughtSignature: 'c2ln' }), call('a')),
      told(answer('a'), answer('a')),
    ],
    tools: declare({ name: 'a' }),
  }),
);
test(
  'of Google: tools that Google runs, together',
  passes,
  gemini({
    model,
    contents,
    tools: [{ googleSearch: {} }, { urlContext: {} }, { codeExecution: {} }],
  }),
);
test(
  'of Google: a place for maps beside no functions',
  passes,
  gemini({
    model,
    contents,
    tools: [{ googleMaps: {} }],
    toolConfig: { retrievalConfig: { latLng: { latitude: 1, longitude: 2 } } },
  }),
);
test(
  'of Google: the turn of the model begins the answer',
  passes,
  gemini({ model, contents: [...contents, said({ text: 'The ' })] }),
);
test(
  'of Google: a conversation that the model opens',
  passes,
  gemini({ model, contents: [said({ text: 'Hi!' }), ...contents] }),
);
test(
  'of Google: an empty text of the model beside its call',
  passes,
  gemini({
    model,
    contents: [...contents, said({ text: '' }, call('a')), told(answer('a'))],
  }),
);
test(
  'of Google: alternatives with null and a description',
  passes,
  gemini({
    model,
    contents,
    generationConfig: {
      responseMimeType: 'application/json',
      responseSchema: {
        type: 'OBJECT',
        properties: {
          far: { anyOf: [{ type: 'NUMBER' }, { type: 'NULL' }], description: 'Far.' },
          k: { type: 'STRING', format: 'enum', enum: ['a'] },
        },
      },
    },
  }),
);
test(
  'of Vertex AI: keywords of its own',
  passes,
  gemini(
    {
      model,
      contents,
      labels: { team: 'a' },
      tools: declare({
        name: 'a',
        parameters: {
          type: 'OBJECT',
          properties: {
            size: { type: 'INTEGER', format: 'enum', enum: ['1', '2'] },
            link: { type: 'STRING', format: 'email' },
          },
          additionalProperties: false,
        },
      }),
    },
    'gcp.vertex_ai',
  ),
);
test(
  'of Google: vectors',
  passes,
  gemini(
    {
      model: 'gemini-embedding-001',
      contents: ['a', 'b'],
      config: { taskType: 'RETRIEVAL_DOCUMENT', title: 'A', outputDimensionality: 768 },
    },
    'gcp.gemini',
    'google.embed_content',
  ),
);
test(
  'of Google: another model behind its API',
  passes,
  gemini({ model: 'my-tuned-model', contents, generationConfig: { temperature: 3, topK: 0 } }),
);
