import test from 'ava';
import { repairs, run } from './builtin.js';
import { answer, call, contents, declare, gemini, model, said, told, user } from './google-requests.js';

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
