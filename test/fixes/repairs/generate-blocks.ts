import type { RequestView } from '../../../src/contract/request.js';
import { type Dice } from '../generate-request.js';

const TEXTS = ['', ' ', 'hello', 'trailing ', 'cut \ud83d', '(a) \ud83d\ude00'];
const IDS: readonly unknown[] = ['a', 'b', 'functions.ls:0', 'a|1', 'x'.repeat(70), undefined];
const NAMES = ['look', 'fs/ls', 'fs_ls', 'look', 'n'.repeat(140), ''];
const INPUTS: readonly unknown[] = [{}, '{"a":1}', '""', [], null, 'plain', [1], { q: 'cut \udc00' }];
const MARKS: readonly object[] = [
  {},
  {},
  { cache_control: { type: 'ephemeral' } },
  { cache_control: { type: 'ephemeral', ttl: '1h' } },
];
const PNG = 'iVBORw0KGgoAAAANSUhEUg==';

/** A request of blocks, to Anthropic or to Converse, healthy or broken in any of the ways the repairs know. */
export function generateBlocks(dice: Dice): RequestView {
  return dice.roll(2) === 0 ? generateAnthropic(dice) : generateConverse(dice);
}

/** A request to Anthropic's messages. */
export function generateAnthropic(dice: Dice): RequestView {
  const params = {
    model: dice.pick([
      'claude-sonnet-4-5',
      'claude-opus-4-8',
      'claude-3-haiku-20240307',
      'claude-fable-5',
      'kimi-k2',
    ]),
    messages: times(dice.roll(7), () => anthropicMessage(dice)),
    ...dice.maybe({ max_tokens: dice.pick<unknown>([10, 2000, 100_000, -1, null]) }),
    ...dice.maybe({ system: dice.pick<unknown>([...TEXTS, [textBlock(dice), textBlock(dice)]]) }),
    ...dice.maybe({
      thinking: dice.pick<unknown>([
        { type: 'enabled' },
        { type: 'enabled', budget_tokens: 4000 },
        { type: 'adaptive' },
        { type: 'disabled', budget_tokens: 0 },
      ]),
    }),
    ...dice.maybe({ tools: times(dice.roll(4), () => anthropicTool(dice)) }),
    ...dice.maybe({
      tool_choice: dice.pick<unknown>([
        'auto',
        'required',
        { type: 'none', name: 'x' },
        { type: 'tool', name: 'fs/ls' },
        null,
      ]),
    }),
    ...dice.maybe({
      stop: 'x',
      n: 1,
      user: 'u',
      parallel_tool_calls: false,
      reasoning_effort: 'low',
      stream_options: {},
    }),
    ...dice.maybe({ stop_sequences: ['', '\n', 'x'], top_k: -1, temperature: dice.pick([0, 1, 3]) }),
    ...dice.maybe({ metadata: dice.pick<unknown>([{ user_id: 7, a: 1 }, { user_id: 'a@b.example' }, {}]) }),
  };
  return view('anthropic', 'anthropic.messages', params.model, params);
}

function anthropicMessage(dice: Dice): object {
  const role = dice.pick(['user', 'user', 'assistant', 'assistant', 'system', 'tool', 'human']);
  const content = dice.pick<unknown>([
    ...TEXTS,
    null,
    textBlock(dice),
    times(dice.roll(4), () => block(dice)),
  ]);
  const extras = dice.maybe({ id: 'msg', name: 'Ada', cache_control: { type: 'ephemeral' } });
  const calls = [{ id: dice.pick(IDS), type: 'function', function: { name: 'look', arguments: '{}' } }];
  return {
    role,
    content,
    ...extras,
    ...dice.maybe({ tool_call_id: 'a', tool_calls: dice.pick([calls, []]) }),
  };
}

function block(dice: Dice): unknown {
  const id = dice.pick(IDS);
  return dice.pick<unknown>([
    textBlock(dice),
    'bare',
    { type: 'image_url', image_url: { url: `data:image/jpeg;base64,${PNG}` } },
    { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: PNG } },
    { type: 'document', source: { type: 'text', media_type: 'text/markdown', data: 'x' } },
    { type: 'tool_use', id, name: dice.pick(NAMES), input: dice.pick(INPUTS), text: '' },
    {
      type: 'tool_result',
      tool_use_id: id,
      ...dice.maybe({ content: dice.pick<unknown>([...TEXTS, { a: 1 }, 7, [textBlock(dice)]]) }),
      ...dice.maybe({ is_error: true }),
    },
    { type: 'thinking', thinking: 'hm', ...dice.maybe({ signature: 's' }), ...dice.pick(MARKS) },
  ]);
}

function textBlock(dice: Dice): object {
  return { type: 'text', text: dice.pick(TEXTS), ...dice.pick(MARKS), ...dice.maybe({ index: 0 }) };
}

function anthropicTool(dice: Dice): object {
  const name = dice.pick(NAMES);
  return dice.pick<object>([
    { name, input_schema: schema(dice), ...dice.pick(MARKS) },
    { name, description: null, title: 'x', input_schema: schema(dice) },
    { name },
    { type: 'function', function: { name, parameters: schema(dice) } },
    { name, inputSchema: schema(dice) },
    { type: 'web_search_20250305', name: 'web_search' },
  ]);
}

function schema(dice: Dice): object {
  const property = dice.pick<object>([
    { type: 'int', minimum: 0, exclusiveMinimum: true },
    { type: 'array', items: [{ type: 'string' }] },
    { type: 'string', required: true },
    { type: ['string', 'null'], enum: null },
  ]);
  const properties = { a: property, b: { type: 'string' } };
  return dice.pick<object>([
    { type: 'object', properties, required: ['a', 'a'] },
    { properties },
    {
      oneOf: [{ properties, required: ['a'] }, { $ref: '#/$defs/x' }],
      $defs: { x: { properties: { a: { type: 'null' } } } },
    },
    { type: 'object', allOf: [{ properties }, { anyOf: [] }] },
    { type: 'object', properties: null },
  ]);
}

/** A request to Converse. */
export function generateConverse(dice: Dice): RequestView {
  const modelId = dice.pick([
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'amazon.nova-pro-v1:0',
    'meta.llama3-70b-instruct-v1:0',
    'amazon.titan-text-lite-v1',
    'us.anthropic.claude-opus-5',
  ]);
  const params = {
    modelId,
    messages: times(dice.roll(7), () => converseMessage(dice)),
    ...dice.maybe({
      system: dice.pick<unknown>([
        'Be brief.',
        [{ text: ' ' }, { text: 'x' }],
        [{ type: 'text', text: 'x' }],
      ]),
    }),
    ...dice.maybe({
      inferenceConfig: {
        temperature: dice.pick([0.5, 2]),
        topP: 0.9,
        maxTokens: dice.pick([0, 500, 300_000]),
        stopSequences: ['', 'x'],
      },
    }),
    ...dice.maybe({
      toolConfig: {
        tools: times(dice.roll(3), () => converseTool(dice)),
        ...dice.maybe({ toolChoice: { tool: { name: 'fs/ls' } } }),
      },
    }),
    ...dice.maybe({
      additionalModelRequestFields: {
        thinking: { type: dice.pick(['enabled', 'adaptive', 'disabled']), budget_tokens: 900 },
      },
    }),
  };
  return view('aws.bedrock', 'aws.bedrock.converse', modelId, params);
}

function converseMessage(dice: Dice): object {
  const role = dice.pick(['user', 'user', 'assistant', 'assistant', 'system']);
  return { role, content: dice.pick<unknown>(['hello', '', times(dice.roll(4), () => converseBlock(dice))]) };
}

function converseBlock(dice: Dice): unknown {
  const toolUseId = dice.pick(IDS);
  return dice.pick<unknown>([
    { text: dice.pick(TEXTS) },
    { type: 'text', text: 'typed' },
    { cachePoint: { type: 'default' } },
    { toolUse: { toolUseId, name: dice.pick(NAMES), input: dice.pick(INPUTS) } },
    {
      toolResult: {
        toolUseId,
        content: dice.pick<unknown>([[], [{ text: 'x' }], [{ json: [1] }], 'bare']),
        ...dice.maybe({ status: 'error' }),
      },
    },
    { image: { format: 'jpg', source: { bytes: PNG } } },
    {
      document: {
        name: dice.pick(['report.pdf', 'a  b', 'fine']),
        format: 'pdf',
        source: { bytes: 'JVBERi0=' },
      },
    },
  ]);
}

function converseTool(dice: Dice): object {
  const name = dice.pick(NAMES);
  return dice.pick<object>([
    { toolSpec: { name, description: '', inputSchema: { json: schema(dice) } } },
    { toolSpec: { name, inputSchema: { json: { type: 'object' } } } },
    { name, input_schema: schema(dice) },
    { cachePoint: { type: 'default' } },
  ]);
}

function view(
  provider: string,
  api: string,
  model: string,
  params: Readonly<Record<string, unknown>>,
): RequestView {
  return { provider, operation: 'chat', api, model, params };
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}
