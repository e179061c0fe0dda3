import type { RequestView } from '../../src/contract/request.js';
import type { Dice } from './generate-request.js';

const IDS = ['a', 'b', 'c'];
const FLAWS = [undefined, '', 'x', 'y'.repeat(70)];

/** A request of the Responses API. */
export function responsesRequest(
  params: Readonly<Record<string, unknown>>,
  provider = 'openai',
): RequestView {
  const { model } = params;
  return {
    provider,
    operation: 'chat',
    api: 'openai.responses',
    model: typeof model === 'string' ? model : undefined,
    params,
  };
}

/** A request of the Responses API, healthy or broken in any of the ways the repairs know. */
export function generateResponse(dice: Dice): RequestView {
  return responsesRequest({
    model: dice.pick(['gpt-4.1', 'gpt-5', 'gpt-5.4', 'o3', 'gpt-5.2-codex', 'gpt-6-sol']),
    input: dice.pick<unknown>([
      'Hello',
      '',
      list(dice, 7, () => item(dice)),
      { role: 'user', content: 'Hi' },
    ]),
    ...dice.maybe({ store: dice.pick([true, false]) }),
    ...dice.maybe({ temperature: dice.pick([0, 1, '0.5', 3]), top_p: dice.pick([0.5, 1]) }),
    ...dice.maybe({ max_tokens: 5, max_completion_tokens: 9 }),
    ...dice.maybe({
      reasoning: dice.pick([{}, { effort: 'minimal' }, { effort: 'xhigh', summary: 'none' }]),
    }),
    ...dice.maybe({ reasoning_effort: 'none', verbosity: 'low', seed: 1, maxTokens: 7 }),
    ...dice.maybe({ tools: list(dice, 3, () => tool(dice)) }),
    ...dice.maybe({
      tool_choice: dice.pick<unknown>(['any', 'required', { type: 'function', function: { name: 'f' } }]),
    }),
    ...dice.maybe({ functions: [{ name: 'g' }], function_call: { name: 'g' } }),
    ...dice.maybe({ response_format: { type: 'json_schema', json_schema: { schema: { type: 'object' } } } }),
    ...dice.maybe({
      text: dice.pick<unknown>([{}, { format: { type: 'json_object' } }, { verbosity: 'low' }]),
    }),
    ...dice.maybe({ previous_response_id: 'resp_1' }),
    ...dice.maybe({ include: ['reasoning.encrypted_content'], logprobs: true }),
  });
}

function item(dice: Dice): unknown {
  const kind = dice.roll(9);
  if (kind === 0) return 'plain';
  if (kind === 1) return { role: 'tool', tool_call_id: dice.pick(IDS), content: content(dice) };
  if (kind === 2)
    return {
      type: 'reasoning',
      ...id(dice, 'rs'),
      ...dice.maybe({ summary: [] }),
      ...dice.maybe({ encrypted_content: 'g' }),
    };
  if (kind === 3) return call(dice);
  if (kind === 4) return { type: 'function_call_output', call_id: callId(dice), output: content(dice) };
  if (kind === 5) return { type: 'item_reference', id: `msg_${dice.pick(IDS)}` };
  if (kind === 6) return { type: 'web_search_call', id: `ws_${dice.pick(IDS)}`, status: 'completed' };
  return {
    ...dice.maybe({ type: 'message' }),
    role: dice.pick(['user', 'assistant', 'system', 'function', 'ai']),
    content: content(dice),
    ...id(dice, 'msg'),
    ...dice.maybe({ name: 'x', tool_calls: [{ id: dice.pick(IDS), function: { name: 'a.b' } }] }),
  };
}

function call(dice: Dice): object {
  return {
    type: dice.pick(['function_call', 'custom_tool_call']),
    ...id(dice, 'fc'),
    call_id: callId(dice),
    name: dice.pick(['f', 'a.b', '']),
    ...dice.pick<object>([{ arguments: '{}' }, { arguments: { a: 1 } }, { input: 'x' }]),
  };
}

function content(dice: Dice): unknown {
  const text = dice.pick(['Hi', '', 'as json', 'half \ud83d']);
  const part = {
    type: dice.pick(['text', 'input_text', 'output_text', 'tool_use', 'tool_result']),
    text,
    id: 'a',
  };
  const image = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } };
  return dice.pick<unknown>([text, null, [part], [part, image], [], part, 5, ['x']]);
}

function tool(dice: Dice): unknown {
  const parameters = dice.pick<unknown>([
    { type: 'object', properties: { a: { type: 'array' } } },
    { type: 'object', additionalProperties: true },
    null,
  ]);
  const flat = { name: dice.pick(['f', 'a.b']), parameters, ...dice.maybe({ strict: true }) };
  return dice.pick<unknown>([
    { type: 'function', ...flat },
    { type: 'function', function: flat },
    { name: 'f', input_schema: { type: 'object' } },
    { type: 'code_interpreter' },
  ]);
}

function id(dice: Dice, prefix: string): object {
  const flaw = dice.pick(FLAWS);
  return dice.roll(3) === 0 ? { id: flaw } : dice.maybe({ id: `${prefix}_${dice.pick(IDS)}` });
}

function callId(dice: Dice): unknown {
  return dice.roll(4) === 0 ? dice.pick(FLAWS) : `call_${dice.pick(IDS)}`;
}

function list<T>(dice: Dice, most: number, make: () => T): readonly T[] {
  return Array.from({ length: dice.roll(most) }, make);
}
