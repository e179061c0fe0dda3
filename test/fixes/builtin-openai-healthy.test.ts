import test from 'ava';
import type { RequestView } from '../../src/contract/request.js';
import { openaiRequest } from '../patterns/requests.js';
import { gpt, messages, passes } from './builtin.js';

const empty = { type: 'object', properties: {} };
const tool = (name: string, parameters: unknown = empty, rest: object = {}) => ({
  type: 'function',
  function: { name, parameters, ...rest },
});
const image = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } };
const says = (system: string, rest: object = {}) =>
  gpt('gpt-4o', { messages: [{ role: 'system', content: system }, ...messages], ...rest });
const chat = (list: readonly object[], rest: object = {}) =>
  openaiRequest({ model: 'gpt-4o', messages: list, ...rest });
const other = (api: string, params: Readonly<Record<string, unknown>>): RequestView => ({
  ...openaiRequest(params),
  api,
  model: String(params['model']),
});
const asks = (...ids: readonly string[]) => ({
  role: 'assistant',
  content: null,
  tool_calls: ids.map((id) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })),
});
const answers = (id: string, content: unknown = '4') => ({ role: 'tool', tool_call_id: id, content });

const healthy: Readonly<Record<string, RequestView>> = {
  'every parameter at its bound': gpt('gpt-4o', {
    temperature: 0,
    top_p: 0,
    presence_penalty: -2,
    frequency_penalty: 2,
    n: 128,
    top_logprobs: 20,
    logprobs: true,
    logit_bias: { 11: -100, 12: 100 },
    stop: ['a', 'b', 'c', 'ab'],
    seed: -4,
    user: 'u'.repeat(64),
    prompt_cache_key: 'k'.repeat(64),
    max_completion_tokens: 16_384,
  }),
  'parameters that are null': gpt('gpt-5', {
    temperature: null,
    top_p: null,
    max_tokens: null,
    stop: null,
    n: null,
    metadata: null,
    response_format: null,
    reasoning_effort: null,
    logit_bias: null,
    stream_options: null,
  }),
  'the newest parameters': gpt('gpt-5.6', {
    verbosity: 'low',
    reasoning_effort: 'xhigh',
    service_tier: 'flex',
    prompt_cache_retention: '24h',
    safety_identifier: 'a',
    moderation: {},
    a_parameter_no_one_knows_yet: 1,
  }),
  'one stop sequence, and none': gpt('gpt-4.1', { stop: [] }),
  'stored metadata at its limits': gpt('gpt-4o', {
    store: true,
    metadata: { ['k'.repeat(64)]: 'v'.repeat(512) },
  }),
  'a warm temperature': gpt('gpt-4o', { temperature: 1.4 }),
  'gpt-5 with room to think': gpt('gpt-5', { max_completion_tokens: 2000 }),
  'gpt-5 with an effort of its own': gpt('gpt-5-nano', {
    max_completion_tokens: 64,
    reasoning_effort: 'minimal',
  }),
  'o1 with stop sequences': gpt('o1', { stop: ['END'], reasoning_effort: 'low' }),
  'gpt-5.2 without reasoning': gpt('gpt-5.2', { reasoning_effort: 'none', temperature: 0.3, top_p: 0.5 }),
  'an older model on Azure': gpt(
    'gpt-35-turbo',
    { max_tokens: 800, temperature: 0.7, top_p: 0.95 },
    'azure.ai.openai',
  ),
  'data of Azure': gpt(
    'gpt-4o',
    { data_sources: [{ type: 'azure_search', parameters: {} }] },
    'azure.ai.openai',
  ),
  'a limit that just fits': gpt('gpt-4', { max_tokens: 8000 }),
  'a long prompt that fits': gpt('gpt-4o', {
    max_tokens: 16_000,
    messages: [{ role: 'user', content: 'all is well. '.repeat(20_000) }],
  }),
  'a fine-tune': gpt('ft:gpt-4o-mini-2024-07-18:acme:a:9x', { max_tokens: 900, temperature: 0.2 }),
  'names at their limits': gpt('gpt-4o', { tools: [tool('a'.repeat(64)), tool('-_9')] }),
  'a tool without parameters': gpt('gpt-4o', { tools: [{ type: 'function', function: { name: 'f' } }] }),
  'a custom tool': gpt('gpt-5', {
    tools: [{ type: 'custom', custom: { name: 'sql', format: { type: 'text' } } }],
  }),
  'allowed tools': gpt('gpt-5', {
    tools: [tool('f')],
    tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [] } },
  }),
  'rich schemas that are not strict': gpt('gpt-4o', {
    tools: [
      tool('f', {
        type: 'object',
        properties: {
          any: {},
          map: { type: 'object', additionalProperties: { type: 'string' } },
          either: {
            oneOf: [
              { type: 'string', default: 'x' },
              { type: 'array', items: {} },
            ],
          },
          old: { type: ['string', 'null'], enum: ['a', null], format: 'uri', minLength: 1 },
          tree: { $ref: '#/$defs/T', description: 'd' },
        },
        $defs: { T: { type: 'object' } },
        required: [],
      }),
    ],
  }),
  'a schema about schemas': gpt('gpt-4o', {
    tools: [
      tool('f', {
        type: 'object',
        properties: { type: { type: 'string' }, required: { type: 'boolean' }, enum: { type: 'integer' } },
      }),
    ],
  }),
  'the longest description': gpt('gpt-4o', { tools: [tool('f', empty, { description: 'd'.repeat(1024) })] }),
  'results in any order': chat([...messages, asks('a', 'b'), answers('b'), answers('a')]),
  'ids used again in another turn': chat([asks('a'), answers('a'), asks('a'), answers('a'), ...messages]),
  'an id of 40 characters': chat([asks('a'.repeat(40)), answers('a'.repeat(40))]),
  'results as parts and as nothing': chat([
    asks('a', 'b'),
    answers('a', ''),
    answers('b', [{ type: 'text', text: 'x' }]),
  ]),
  'an answer sent back as it came': chat([
    ...messages,
    {
      role: 'assistant',
      content: 'Elbe',
      refusal: null,
      annotations: [],
      audio: null,
      function_call: null,
      tool_calls: null,
    },
    ...messages,
  ]),
  'a refusal and audio': chat([
    { role: 'assistant', content: null, refusal: 'No.' },
    { role: 'assistant', audio: { id: 'a' } },
    ...messages,
  ]),
  'empty texts': chat([{ role: 'user', content: '' }, { role: 'assistant', content: '' }, ...messages]),
  'every part there is': chat([
    {
      role: 'user',
      content: [
        { type: 'text', text: 'a \ud83d\ude00' },
        image,
        { type: 'input_audio', input_audio: { data: 'a', format: 'wav' } },
        { type: 'file', file: { file_id: 'f' } },
      ],
    },
  ]),
  'names without blanks': chat([{ role: 'user', name: 'ada-l', content: 'Hi' }]),
  'a first forced call': chat([...messages, asks('a'), answers('a')], {
    tools: [tool('f')],
    tool_choice: { type: 'function', function: { name: 'f' } },
  }),
  'the legacy conversation': chat(
    [
      ...messages,
      { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
      { role: 'function', name: 'f', content: '4' },
    ],
    { functions: [{ name: 'f', parameters: empty }], function_call: { name: 'f' } },
  ),
  'words about JSON': says('You only review JSON files and explain them.'),
  'a list as JSON': says('Return only a JSON array of names.'),
  'JSON or not': says('Reply only with JSON or the word NONE.'),
  'JSON never': says('Never return only JSON.'),
  'JSON and tools': says('Return only JSON.', { tools: [tool('f')] }),
  'JSON mode': says('Return only JSON.', { response_format: { type: 'json_object' } }),
  'a format by its schema': gpt('gpt-4o', {
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: 'a-b_c',
        strict: true,
        schema: { ...empty, required: [], additionalProperties: false },
      },
    },
  }),
  'embeddings of tokens': other('openai.embeddings', {
    model: 'text-embedding-3-large',
    input: [[1, 2], [3]],
    dimensions: 3072,
  }),
  'embeddings of ada': other('openai.embeddings', {
    model: 'text-embedding-ada-002',
    input: ['a', ' '],
    encoding_format: 'base64',
  }),
  'a completion': other('openai.completions', {
    model: 'gpt-3.5-turbo-instruct',
    prompt: 'Once',
    max_tokens: 3000,
    best_of: 2,
    echo: true,
    logprobs: 5,
    suffix: '.',
  }),
};

for (const [name, view] of Object.entries(healthy)) test(name, passes, view);

const elsewhere = {
  top_k: 4,
  min_p: 0.1,
  metadata: { a: 1 },
  temperature: 3,
  stop: ['a', 'b', 'c', 'd', 'e'],
};
test('what a server of its own takes', passes, gpt('gpt-5', elsewhere, 'vllm'));
