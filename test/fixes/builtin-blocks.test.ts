import test from 'ava';
import type { RequestView } from '../../src/contract/request.js';
import { claude, passes, repairs } from './builtin.js';

const SONNET = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const hi = { role: 'user', content: [{ text: 'Name three rivers.' }] };
const spec = { toolSpec: { name: 'f', inputSchema: { json: { type: 'object' } } } };
const calls = { role: 'assistant', content: [{ toolUse: { toolUseId: 't1', name: 'f', input: {} } }] };
const answers = { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ text: 'ok' }] } }] };

function converse(modelId: string, rest: object): RequestView {
  const params = { modelId, messages: [hi], ...rest };
  return { provider: 'aws.bedrock', operation: 'chat', api: 'aws.bedrock.converse', model: modelId, params };
}

const PNG = 'iVBORw0KGgoAAAANSUhEUg==';
const thought = { type: 'thinking', thinking: 'Hm.', signature: 's' };
const use = { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} };
const result = { type: 'tool_result', tool_use_id: 'toolu_1', content: 'ok' };
const tool = { name: 'f', input_schema: { type: 'object', properties: { a: { type: 'string' } } } };
const q = { role: 'user', content: 'q' };

test(
  'Converse, a finished tool sequence',
  passes,
  converse(SONNET, { toolConfig: { tools: [spec] }, messages: [hi, calls, answers] }),
);
test(
  'Converse, every parameter in range',
  passes,
  converse('amazon.nova-pro-v1:0', {
    system: [{ text: 's' }],
    inferenceConfig: { maxTokens: 5000, temperature: 0, topP: 0.9, stopSequences: ['x'] },
  }),
);
test(
  'Converse, an image',
  passes,
  converse(SONNET, {
    messages: [
      { role: 'user', content: [{ image: { format: 'png', source: { bytes: PNG } } }, { text: '?' }] },
    ],
  }),
);
test(
  'Converse, two cache points',
  passes,
  converse(SONNET, {
    system: [{ text: 's' }, { cachePoint: { type: 'default' } }],
    messages: [{ role: 'user', content: [{ text: 'q' }, { cachePoint: { type: 'default' } }] }],
  }),
);
test(
  'Converse, reasoning in the history',
  passes,
  converse(SONNET, {
    messages: [
      hi,
      {
        role: 'assistant',
        content: [{ reasoningContent: { reasoningText: { text: 't', signature: 's' } } }, { text: 'a' }],
      },
      hi,
    ],
  }),
);
test(
  'Converse, a forced tool of Mistral Large',
  passes,
  converse('mistral.mistral-large-2407-v1:0', {
    toolConfig: { tools: [spec], toolChoice: { any: {} } },
    system: [{ text: 's' }],
  }),
);
test(
  'results in front of a text, after thinking',
  passes,
  claude('claude-sonnet-4-5', {
    max_tokens: 9000,
    thinking: { type: 'enabled', budget_tokens: 2000 },
    tools: [tool],
    messages: [
      q,
      { role: 'assistant', content: [thought, use] },
      { role: 'user', content: [result, { type: 'text', text: 'also' }] },
    ],
  }),
);
test(
  'a tool turn without thinking, where thinking adapts',
  passes,
  claude('claude-opus-4-6', {
    max_tokens: 9000,
    thinking: { type: 'adaptive' },
    tools: [tool],
    messages: [q, { role: 'assistant', content: [use] }, { role: 'user', content: [result] }],
  }),
);
test(
  "the provider's own tools",
  passes,
  claude('claude-sonnet-4-5', {
    tools: [
      { type: 'web_search_20250305', name: 'web_search', max_uses: 3 },
      { type: 'bash_20250124', name: 'bash' },
      tool,
    ],
  }),
);
test(
  'neighbours of one role',
  passes,
  claude('claude-sonnet-4-5', {
    messages: [q, { role: 'assistant', content: 'b' }, { role: 'assistant', content: 'c' }, q],
  }),
);
test(
  'an id with an at sign that is no address',
  passes,
  claude('claude-sonnet-4-5', { metadata: { user_id: 'user_abc@tenant' }, top_k: 0 }),
);
test(
  "another vendor's ids and unsigned thinking",
  passes,
  claude(
    'kimi-k2',
    {
      messages: [
        q,
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'x' },
            { ...use, id: 'functions.f:0' },
          ],
        },
        { role: 'user', content: [{ ...result, tool_use_id: 'functions.f:0' }] },
      ],
    },
    'moonshot',
  ),
);
test(
  'a gateway that ignores parameters',
  passes,
  claude('anthropic/claude-opus-4.7', { temperature: 0.2, seed: 1, usage: { include: true } }, 'openrouter'),
);
test(
  'citations in the history',
  passes,
  claude('claude-sonnet-4-5', {
    messages: [q, { role: 'assistant', content: [{ type: 'text', text: 'a', citations: null }] }, q],
  }),
);
test(
  'a schema of draft 7 that is valid today',
  passes,
  claude('claude-sonnet-4-5', {
    tools: [
      {
        name: 'f',
        input_schema: {
          $schema: 'http://json-schema.org/draft-07/schema#',
          type: 'object',
          properties: {
            a: { type: 'array', items: { type: 'string' }, minItems: 2 },
            b: { anyOf: [{ type: 'string' }, { type: 'null' }] },
            c: true,
          },
          required: ['a'],
        },
      },
    ],
  }),
);
test(
  'a forced tool in a new turn',
  passes,
  claude('claude-sonnet-4-5', {
    tools: [tool],
    tool_choice: { type: 'tool', name: 'f' },
    messages: [
      q,
      { role: 'assistant', content: [use] },
      { role: 'user', content: [result] },
      { role: 'assistant', content: 'done' },
      q,
    ],
  }),
);
test(
  'what only this API has',
  passes,
  claude('claude-sonnet-4-5', {
    mcp_servers: [{ type: 'url', url: 'https://example.com', name: 'm' }],
    betas: ['mcp-client-2025-04-04'],
    container: 'c',
    service_tier: 'auto',
  }),
);

test(
  'a request of OpenAI, in several rounds',
  repairs,
  claude('claude-opus-4-7', {
    max_tokens: undefined,
    max_completion_tokens: 300,
    temperature: 0.2,
    tools: [{ type: 'function', function: { name: 'fs/ls', parameters: { properties: {} } } }],
    tool_choice: 'auto',
    messages: [{ role: 'system', content: 'Be brief.' }, { role: 'assistant', content: 'Hello' }, q],
  }),
  'anthropic.parameters.foreign',
  {
    max_tokens: 300,
    temperature: undefined,
    system: 'Be brief.',
    tools: [{ name: 'fs_ls', input_schema: { properties: {}, type: 'object' } }],
    tool_choice: { type: 'auto' },
    messages: [
      { role: 'user', content: '(The conversation starts here.)' },
      { role: 'assistant', content: 'Hello' },
      q,
    ],
  },
);
test(
  'an interrupted call and an empty answer',
  repairs,
  converse('amazon.nova-lite-v1:0', { messages: [hi, calls, { role: 'user', content: [{ text: ' ' }] }] }),
  'bedrock.tools.missing',
  {},
);
