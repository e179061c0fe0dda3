import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { RequestView } from '../../src/contract/request.js';
import { runTest } from '../../src/fixes/run-test.js';
import { readPackText } from '../../src/patterns/parse-pack.js';
import { testsOf } from '../../src/patterns/pattern-tests.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { passes, repairs, run } from './builtin.js';

const folder = join(REPO_ROOT, 'packs');
for (const file of readdirSync(folder).filter((name) => /^google.*\.yaml$/.test(name))) {
  test(`built-in packs: the tests of ${file} hold, and every pattern has one that fails and one that passes`, (t) => {
    const text = readPackText(readFileSync(join(folder, file), 'utf8'), file);
    const placed = testsOf(text);
    for (const { pattern, test: example } of placed) {
      const outcome = runTest(pattern, example);
      t.true(outcome.passed, `${pattern.id}: ${JSON.stringify(outcome)}`);
    }
    for (const { id } of text.pack.patterns) {
      const expected = placed
        .filter(({ pattern }) => pattern.id === id)
        .map((item) => item.test.expect === 'pass');
      t.true(expected.includes(true) && expected.includes(false), id);
    }
  });
}

type Params = Readonly<Record<string, unknown>>;

function gemini(params: Params, provider = 'gcp.gemini', api = 'google.generate_content'): RequestView {
  const model = typeof params['model'] === 'string' ? params['model'] : undefined;
  return { provider, operation: 'generate_content', api, model, params };
}

const user = (text: string) => ({ role: 'user', parts: [{ text }] });
const call = (name: string, rest: object = {}) => ({ functionCall: { name, args: {} }, ...rest });
const answer = (name: string) => ({ functionResponse: { name, response: { output: 'x' } } });
const said = (...parts: readonly object[]) => ({ role: 'model', parts });
const told = (...parts: readonly object[]) => ({ role: 'user', parts });
const declare = (...functionDeclarations: readonly object[]) => [{ functionDeclarations }];
const contents = [user('Name a river.')];
const model = 'gemini-2.5-flash';

test('built-in packs: a request to Google keeps what no rule speaks of, in the form of the SDK and by REST', (t) => {
  const schema = { type: 'object', properties: { far: { type: 'integer', format: 'uint8' } }, $schema: 'x' };
  const tools = declare({ name: 'go', parametersJsonSchema: schema });
  const limit = { maxOutputTokens: 900_000, seed: 1 };
  const rest = run(gemini({ model, contents, tools, generation_config: limit })).params;
  t.deepEqual(rest, { model, contents, tools, generation_config: { maxOutputTokens: 65_536, seed: 1 } });
  t.is(rest['tools'], tools);
  const sdk = run(gemini({ model, contents: 'Hi', config: { ...limit, tools } })).params;
  t.deepEqual(sdk, { model, contents: 'Hi', config: { maxOutputTokens: 65_536, seed: 1, tools } });
});

test(
  'a conversation of OpenAI',
  repairs,
  gemini({
    model,
    messages: [
      { role: 'system', content: 'Rhyme.' },
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', content: 'Hello' },
      { role: 'user', content: 'More' },
    ],
    max_tokens: 900,
    response_format: { type: 'json_object' },
  }),
  'google.fields.misplaced',
  {
    messages: undefined,
    contents: [user('Hi'), said({ text: 'Hello' }), user('More')],
    systemInstruction: { parts: [{ text: 'Rhyme.' }] },
    generationConfig: { maxOutputTokens: 900, responseMimeType: 'application/json' },
  },
);
test(
  'a history that was cut in the middle of an exchange',
  repairs,
  gemini({
    model: 'gemini-3-flash-preview',
    contents: [said(call('a')), told(answer('a')), user('And now?')],
  }),
  'google.calls.order',
  {
    contents: [user('(earlier messages are missing)'), said(call('a')), told(answer('a')), user('And now?')],
  },
);
test(
  'a call nobody answered, between texts',
  repairs,
  gemini({ model, contents: [user('Look'), said({ text: 'I do.' }), said(call('a')), user('Well?')] }),
  'google.calls.order',
  {
    contents: [
      user('Look'),
      said({ text: 'I do.' }, call('a')),
      told({
        functionResponse: {
          name: 'a',
          response: { error: 'No result: the call was interrupted before it finished.' },
        },
      }),
      user('Well?'),
    ],
  },
);
test(
  'in the form of the SDK',
  repairs,
  gemini({
    model,
    contents: 'Hi',
    config: {
      tools: declare({ name: 'go', parameters: { type: 'object', properties: { a: { const: 'x' } } } }),
    },
  }),
  'google.schema.unknown-keyword',
  {
    config: {
      tools: declare({
        name: 'go',
        parameters: { type: 'object', properties: { a: { enum: ['x'], type: 'string' } } },
      }),
    },
  },
);
test(
  'references, also to the schema they stand in',
  repairs,
  gemini({
    model,
    contents,
    tools: declare({
      name: 'go',
      parameters: {
        type: 'object',
        properties: { tree: { $ref: '#/$defs/node' } },
        $defs: {
          node: { type: 'object', properties: { next: { $ref: '#/$defs/node' }, size: { type: 'number' } } },
        },
      },
    }),
  }),
  'google.schema.unknown-keyword',
  {
    tools: declare({
      name: 'go',
      parameters: {
        type: 'object',
        properties: {
          tree: { type: 'object', properties: { next: { type: 'object' }, size: { type: 'number' } } },
        },
      },
    }),
  },
);

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
