import test from 'ava';
import { openaiRequest } from '../patterns/requests.js';
import { covered, gpt, holder, messages, repairs, tested } from './builtin.js';

const absent = undefined;
const tools = [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }];
const tool = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'x' });
const asking = {
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
};

test(repairs, gpt('gpt-4', { temperature: 0.95 }), 'openai.gpt-4.high-temperature', {
  temperature: 0.7,
  messages,
});
test(repairs, gpt('o3-mini', { max_tokens: 300 }), 'openai.reasoning.max-tokens', {
  max_tokens: absent,
  max_completion_tokens: 300,
});
test('gpt-5.6 too', repairs, gpt('gpt-5.6-luna', { max_tokens: 300 }), 'openai.reasoning.max-tokens', {
  max_completion_tokens: 300,
});
test(
  'on Azure too',
  repairs,
  gpt('gpt-5-mini', { max_tokens: 300 }, 'azure.ai.openai'),
  'openai.reasoning.max-tokens',
  { max_completion_tokens: 300 },
);
test(
  'dated models too',
  repairs,
  gpt('gpt-5.1-2025-11-13', { max_tokens: 300 }),
  'openai.reasoning.max-tokens',
  { max_completion_tokens: 300 },
);
test(repairs, gpt('gpt-5', { temperature: 0.9, max_tokens: 20 }), 'openai.reasoning.temperature', {
  temperature: absent,
  max_completion_tokens: 20,
});
test(
  repairs,
  gpt('gpt-5.4', { temperature: 0, reasoning_effort: 'low' }),
  'openai.reasoning.temperature-with-effort',
  { temperature: absent, reasoning_effort: 'low' },
);
test(repairs, gpt('gpt-5-mini', { top_p: 0.3 }), 'openai.reasoning.top-p', { top_p: absent });
test(repairs, gpt('o4-mini', { frequency_penalty: 0.5, presence_penalty: 0 }), 'openai.reasoning.penalties', {
  frequency_penalty: absent,
});
test(repairs, gpt('o4-mini', { tools, parallel_tool_calls: true }), 'openai.reasoning.parallel-tool-calls', {
  parallel_tool_calls: absent,
  tools,
});
test(repairs, gpt('o3-mini', { reasoning_effort: 'minimal' }), 'openai.reasoning.minimal-effort', {
  reasoning_effort: 'low',
});
test(
  repairs,
  gpt('gpt-4o-mini', { reasoning_effort: 'none', temperature: 0.7 }),
  'openai.non-reasoning.effort',
  { reasoning_effort: absent, temperature: 0.7 },
);
test(
  repairs,
  gpt('gpt-4o-search-preview', { temperature: 0, top_p: 1, web_search_options: {} }),
  'openai.search-model.sampling',
  { temperature: absent, top_p: absent, web_search_options: {} },
);
test(repairs, gpt('gpt-4o', { max_tokens: 20_480 }), 'openai.gpt-4o.max-tokens-over-limit', {
  max_tokens: 16_384,
});
test(
  repairs,
  gpt('gpt-4.1-nano', { max_completion_tokens: 50_000 }),
  'openai.gpt-4.1.max-tokens-over-limit',
  { max_completion_tokens: 32_768 },
);
test(repairs, gpt('gpt-4-turbo', { max_tokens: 8192 }), 'openai.gpt-4-turbo.max-tokens-over-limit', {
  max_tokens: 4096,
});
test(repairs, gpt('gpt-4o', { tools: [], tool_choice: 'auto' }), 'openai.tools.empty', {
  tools: absent,
  tool_choice: absent,
});
test(repairs, gpt('gpt-4o', { parallel_tool_calls: false }), 'openai.tool-choice.without-tools', {
  parallel_tool_calls: absent,
});
test(
  repairs,
  openaiRequest({ model: 'gpt-4o', messages: [...messages, tool('z'), ...messages], tools }),
  'openai.tool-messages.orphan',
  { messages: [...messages, ...messages] },
);
test(
  repairs,
  openaiRequest({ model: 'gpt-4o', messages: [...messages, asking, ...messages], tools }),
  'openai.tool-calls.unanswered',
  {},
);
test(repairs, gpt('gpt-4o', { response_format: { type: 'json_object' } }), 'openai.json-mode.unmentioned', {
  messages: [{ role: 'system', content: 'Answer with a JSON object.' }, ...messages],
});

test.after('built-in packs: every openai pattern has an example, above or in the pack', (t) => {
  const ids = [...holder.definitions()].map(({ id }) => id);
  t.deepEqual(
    ids.filter((id) => id.startsWith('openai.') && !covered.has(id) && !tested.has(id)),
    [],
  );
});
