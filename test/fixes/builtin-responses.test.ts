import test from 'ava';
import type { FixOperation } from '../../src/contract/fix.js';
import { MESSAGE_REPAIRS, PARAMETER_REPAIRS, TOOL_REPAIRS } from '../../src/contract/repairs.js';
import { applyFix } from '../../src/fixes/apply.js';
import { repairRequest } from '../../src/testing.js';
import { passes, run, settles } from './builtin.js';
import { deepFreeze } from './freeze.js';
import { createDice } from './generate-request.js';
import { generateResponse, responsesRequest } from './generate-response.js';

const OPERATIONS: readonly FixOperation[] = [
  ...keysOf(MESSAGE_REPAIRS).map((messages) => ({ messages })),
  ...keysOf(TOOL_REPAIRS).map((tools) => ({ tools })),
  ...keysOf(PARAMETER_REPAIRS).map((parameters) => ({ parameters })),
  { suffix: { role: 'user', text: 'After.' } },
  { prefix: { role: 'system', text: 'Before.' } },
];

for (const operation of OPERATIONS) {
  test(`responses: ${JSON.stringify(operation)} is pure and idempotent`, (t) => {
    for (let seed = 0; seed < 300; seed += 1) {
      const view = deepFreeze(generateResponse(createDice(seed)));
      const { params } = applyFix(view, [operation]);
      const again = applyFix({ ...view, params }, [operation]);
      if (again.params !== params) return t.fail(`seed ${seed}: ${JSON.stringify([params, again.changes])}`);
    }
    t.pass();
  });
}

test('responses: what the packs repair once needs no second repair', settles, generateResponse, 1500);

test('responses: nothing is touched on a server of somebody else', (t) => {
  for (let seed = 0; seed < 300; seed += 1) {
    const view = { ...generateResponse(createDice(seed)), provider: 'openrouter' };
    t.is(run(view).params, view.params);
  }
});

const call = (id: string) => ({ type: 'function_call', call_id: id, name: 'f', arguments: '{}' });
const output = (id: string) => ({ type: 'function_call_output', call_id: id, output: 'x' });
const said = { type: 'message', role: 'assistant', id: 'msg_1', status: 'completed', content: [] };
const user = { role: 'user', content: 'Hi' };
const flat = { type: 'function', name: 'f', parameters: { type: 'object', properties: {} } };
const gpt = (input: unknown, rest: object = {}, model = 'gpt-5') =>
  responsesRequest({ model, input, ...rest });

test(
  'a stateless history as Codex keeps it',
  passes,
  gpt(
    [
      { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'a' }] },
      user,
      { type: 'reasoning', summary: [], content: null, encrypted_content: 'gAAA' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'b' }] },
      call('call_1'),
      output('call_1'),
      { type: 'custom_tool_call', status: 'completed', call_id: 'call_2', name: 'apply_patch', input: '*' },
      { type: 'custom_tool_call_output', call_id: 'call_2', output: 'c' },
    ],
    {
      store: false,
      include: ['reasoning.encrypted_content'],
      tool_choice: 'auto',
      parallel_tool_calls: false,
    },
  ),
);
test(
  'a second call of a turn without reasoning of its own',
  passes,
  gpt([
    user,
    { type: 'reasoning', id: 'rs_1', summary: [] },
    { ...call('call_1'), id: 'fc_1' },
    output('call_1'),
    { ...call('call_2'), id: 'fc_2' },
    output('call_2'),
  ]),
);
test('ids of a model that does not reason by default', passes, gpt([user, said, user], {}, 'gpt-5.2'));
test('an answer to a call of the conversation', passes, gpt([output('call_1')], { conversation: 'conv_1' }));
test('an item named by its id alone', passes, gpt([{ id: 'msg_1' }, user]));
test(
  'hosted tools and the choice of one',
  passes,
  gpt('Hi', {
    tools: [{ type: 'mcp', server_label: 'a', server_url: 'b' }],
    tool_choice: { type: 'mcp', server_label: 'a', name: 'x.y' },
  }),
);
test(
  'a choice among allowed tools',
  passes,
  gpt('Hi', {
    tools: [flat],
    tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'f' }] },
  }),
);
test(
  'a function in a namespace',
  passes,
  gpt('Hi', {
    tools: [{ type: 'namespace', name: 'crm', description: 'a', tools: [flat] }, { type: 'tool_search' }],
    tool_choice: { type: 'function', name: 'get' },
  }),
);
test(
  'tools that are offered in the conversation',
  passes,
  gpt([{ type: 'additional_tools', role: 'developer', tools: [flat] }, user], {
    tools: [{ type: 'web_search' }],
    tool_choice: { type: 'function', name: 'f' },
  }),
);
test(
  'fields that are undefined',
  passes,
  gpt([{ ...user, name: undefined, tool_calls: undefined }], {
    seed: undefined,
    max_tokens: undefined,
    messages: undefined,
    response_format: undefined,
  }),
);
test(
  'fields that are null',
  passes,
  gpt('Hi', {
    reasoning: null,
    metadata: null,
    instructions: null,
    temperature: null,
    include: null,
    previous_response_id: null,
  }),
);
test('parameters of the beta', passes, gpt('Hi', { betas: ['a'], multi_agent: {} }));
test('a deployment whose name says nothing', passes, {
  ...gpt('Hi', { temperature: 0.2, reasoning: { effort: 'minimal' } }, 'our-model'),
  provider: 'azure.ai.openai',
});
test(
  'JSON mode with the word in an answer of a tool',
  passes,
  gpt([user, call('call_1'), { ...output('call_1'), output: 'a json file' }], {
    text: { format: { type: 'json_object' } },
  }),
);
test(
  'a refusal in the history',
  passes,
  gpt([user, { ...said, content: [{ type: 'refusal', refusal: 'No.' }] }, user], {}, 'gpt-4.1'),
);

test('responses.tools.too-many: the first 128 stay, where losing is allowed', (t) => {
  const tools = Array.from({ length: 129 }, (_, number) => ({
    type: 'function',
    name: `t${number}`,
    parameters: null,
  }));
  const request = {
    provider: 'openai',
    api: 'openai.responses',
    body: { model: 'gpt-4.1', input: 'Hi', tools },
  };
  t.is(repairRequest(request).body, request.body);
  t.is((repairRequest(request, { lossy: true }).body['tools'] as unknown[]).length, 128);
  const enough = { ...request, body: { ...request.body, tools: tools.slice(1) } };
  t.is(repairRequest(enough, { lossy: true }).body, enough.body);
});

function keysOf<T extends object>(table: T): readonly (keyof T)[] {
  return Object.keys(table) as (keyof T)[]; // the tables are plain constants
}
