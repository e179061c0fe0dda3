import test from 'ava';
import { openaiRequest } from '../patterns/requests.js';
import { claude, gpt, messages, passes } from './builtin.js';

const tools = [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }];
const tool = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'x' });
const asking = {
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
};
const thinking = { type: 'enabled', budget_tokens: 2048 };
const json = { name: 'json', input_schema: { type: 'object' } };
const result = { type: 'tool_result', tool_use_id: 'a', content: 'x' };
const using = { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'f', input: {} }] };

test('gpt-4 at 0.9', passes, gpt('gpt-4', { temperature: 0.9 }));
test('gpt-4-turbo at a high temperature', passes, gpt('gpt-4-turbo', { temperature: 1.2, max_tokens: 4096 }));
test('gpt-4o with max_tokens at its limit', passes, gpt('gpt-4o', { max_tokens: 16_384 }));
test('the first gpt-4o at its own limit', passes, gpt('gpt-4o-2024-05-13', { max_tokens: 4096 }));
test(
  'a reasoning model at temperature 1',
  passes,
  gpt('o3-mini', { temperature: 1, top_p: 1, presence_penalty: 0, max_completion_tokens: 9 }),
);
test('the chat variant of gpt-5', passes, gpt('gpt-5-chat-latest', { temperature: 0.2, max_tokens: 50 }));
test('gpt-5.4 with its reasoning off', passes, gpt('gpt-5.4', { temperature: 0, reasoning_effort: 'none' }));
test('gpt-5.4 with its reasoning at the default', passes, gpt('gpt-5.4', { temperature: 0.3 }));
test(
  'gpt-5 with minimal effort and parallel calls',
  passes,
  gpt('gpt-5', { reasoning_effort: 'minimal', tools, parallel_tool_calls: false }),
);
test('a fine-tune named after gpt-5', passes, gpt('acme/gpt-5-lora', { max_tokens: 50, temperature: 0.4 }));
test('a gpt-5 of another provider', passes, gpt('gpt-5', { max_tokens: 50, temperature: 0.4 }, 'openrouter'));
test('a reasoning effort elsewhere', passes, gpt('grok-3-mini', { reasoning_effort: 'high' }, 'x_ai'));
test(
  'tool_choice none beside tools',
  passes,
  gpt('gpt-4o', { tools, tool_choice: 'none', parallel_tool_calls: true }),
);
test('legacy functions', passes, gpt('gpt-3.5-turbo', { functions: [{ name: 'f' }], function_call: 'auto' }));
test(
  'a finished tool sequence',
  passes,
  openaiRequest({ model: 'gpt-4.1', tools, messages: [...messages, asking, tool('a'), ...messages] }),
);
test(
  'json mode with the word in the instructions',
  passes,
  gpt('gpt-4o', {
    response_format: { type: 'json_object' },
    messages: [{ role: 'developer', content: 'Reply as Json.' }, ...messages],
  }),
);
test(
  'a schema as the response format',
  passes,
  gpt('gpt-4o', { response_format: { type: 'json_schema', json_schema: { name: 'a', schema: {} } } }),
);
test(
  'an assistant at the end of an OpenAI request',
  passes,
  gpt('gpt-4o', { messages: [...messages, { role: 'assistant', content: 'The ' }] }),
);
test(
  'consecutive system messages',
  passes,
  gpt('gpt-4o', {
    messages: [{ role: 'system', content: 'a' }, { role: 'system', content: 'b' }, ...messages],
  }),
);
test(
  'thinking at temperature 1',
  passes,
  claude('claude-sonnet-4-5', { max_tokens: 9000, temperature: 1, thinking }),
);
test(
  'thinking with a free choice of tools',
  passes,
  claude('claude-sonnet-4-5', { max_tokens: 9000, thinking, tools: [json], tool_choice: { type: 'auto' } }),
);
test(
  'both samplers on models that take them',
  passes,
  claude('claude-sonnet-4-20250514', { temperature: 0.8, top_p: 0.9, top_k: 40 }, 'aws.bedrock'),
);
test('top_p alone', passes, claude('claude-sonnet-4-5', { top_p: 0.9 }));
test('temperature 1 where sampling was removed', passes, claude('claude-opus-4-7', { temperature: 1 }));
test(
  'a system message in the conversation of a new model',
  passes,
  claude('claude-opus-4-8', { messages: [...messages, { role: 'system', content: 'Be brief.' }] }),
);
test(
  'a prefill that ends in a letter',
  passes,
  claude('claude-opus-4-5', { messages: [...messages, { role: 'assistant', content: '# A\n\nb' }] }),
);
test(
  'a tool result without content',
  passes,
  claude('claude-opus-4-5', {
    messages: [...messages, using, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a' }] }],
  }),
);
test(
  'signed thinking in the history',
  passes,
  claude('claude-sonnet-4-5', {
    max_tokens: 9000,
    thinking,
    messages: [
      ...messages,
      { role: 'assistant', content: [{ type: 'thinking', thinking: 'x', signature: 's' }, ...using.content] },
      { role: 'user', content: [result] },
    ],
  }),
);
test(
  'another vendor behind the API of Anthropic',
  passes,
  claude('kimi-k2', { temperature: 1.3, top_p: 0.9, top_k: 9 }),
);
