import test from 'ava';
import { anthropicRequest } from '../patterns/requests.js';
import { claude, messages, repairs } from './builtin.js';

const absent = undefined;
const thinking = { type: 'enabled', budget_tokens: 2048 };
const json = { name: 'json', input_schema: { type: 'object' } };
const result = { type: 'tool_result', tool_use_id: 'a', content: 'x' };
const using = { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'f', input: {} }] };

test(repairs, claude('claude-sonnet-4-20250514', { temperature: 2 }), 'anthropic.temperature.range', {
  temperature: 1,
});
test(
  repairs,
  claude('claude-opus-4-5-20251101', { max_tokens: 8192, temperature: 0.75, thinking }),
  'anthropic.thinking.temperature',
  { temperature: absent, thinking },
);
test(
  repairs,
  claude('claude-sonnet-4-20250514', { max_tokens: 9000, top_k: 20, thinking }),
  'anthropic.thinking.top-k',
  { top_k: absent },
);
test(
  repairs,
  claude('claude-sonnet-4-5', {
    max_tokens: 9000,
    thinking,
    tools: [json],
    tool_choice: { type: 'tool', name: 'json' },
  }),
  'anthropic.thinking.forced-tool',
  { thinking: absent, tool_choice: { type: 'tool', name: 'json' } },
);
test(
  repairs,
  claude('claude-haiku-4-5', { max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 500 } }),
  'anthropic.thinking.budget-too-small',
  { thinking: { type: 'enabled', budget_tokens: 1024 } },
);
test(
  repairs,
  claude('claude-opus-4-5', { max_tokens: 512, thinking }),
  'anthropic.thinking.budget-over-limit',
  { thinking: absent, max_tokens: 512 },
);
test(
  repairs,
  claude('claude-opus-4-7', { max_tokens: 9000, thinking }),
  'anthropic.thinking.enabled-removed',
  { thinking: { type: 'adaptive' } },
);
test(repairs, claude('claude-sonnet-5', { top_p: 0.9, top_k: 40 }), 'anthropic.sampling.removed', {
  top_p: absent,
  top_k: absent,
});
test(
  'on Vertex AI too',
  repairs,
  claude('claude-opus-4-7@20260416', { temperature: 0.7 }, 'gcp.vertex_ai'),
  'anthropic.sampling.removed',
  { temperature: absent },
);
test(
  repairs,
  claude('claude-sonnet-4-5-20250929', { temperature: 0.2, top_p: 0.9 }),
  'anthropic.sampling.temperature-and-top-p',
  { temperature: 0.2, top_p: absent },
);
test(
  'on Bedrock too',
  repairs,
  claude('us.anthropic.claude-sonnet-4-5-20250929-v1:0', { temperature: 0.2, top_p: 0.9 }, 'aws.bedrock'),
  'anthropic.sampling.temperature-and-top-p',
  { top_p: absent },
);
test(repairs, anthropicRequest({ model: 'claude-haiku-4-5', messages }), 'anthropic.max-tokens.missing', {
  max_tokens: 4096,
});
test(
  repairs,
  claude('claude-opus-4-5', { max_tokens: 128_001, stream: true }),
  'anthropic.claude-4-5.max-tokens-over-limit',
  { max_tokens: 64_000, stream: true },
);
test(
  repairs,
  claude('claude-haiku-4-5', { messages: [{ role: 'system', content: 'Rhyme.' }, ...messages] }),
  'anthropic.messages.system-role',
  { system: 'Rhyme.', messages },
);
test(
  repairs,
  claude('claude-opus-4-1', { messages: [...messages, { role: 'assistant', content: 'feat: ' }] }),
  'anthropic.messages.trailing-whitespace',
  { messages: [...messages, { role: 'assistant', content: 'feat:' }] },
);
test(
  repairs,
  claude('claude-opus-4-1', { messages: [{ role: 'user', content: '' }, ...messages] }),
  'anthropic.messages.empty-text',
  { messages },
);
test(
  repairs,
  claude('claude-opus-4-1', {
    messages: [{ role: 'user', content: [result, { type: 'text', text: 'go on' }] }],
  }),
  'anthropic.tool-results.orphan',
  { messages: [{ role: 'user', content: [{ type: 'text', text: 'go on' }] }] },
);
test(
  repairs,
  claude('claude-opus-4-1', { messages: [...messages, using, ...messages] }),
  'anthropic.tool-calls.unanswered',
  {},
);
