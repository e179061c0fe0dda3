import { pydanticWording } from '../../../src/cli/demo/model-server/pydantic-wording.js';
import {
  given,
  isObject,
  objects,
  textOr,
  type Body,
  type Refusal,
  type Rule,
} from '../../../src/cli/demo/model-server/rule.js';
import {
  anything,
  decimal,
  either,
  faultOf,
  flag,
  integer,
  list,
  object,
  oneOf,
  open,
  record,
  tagged,
  text,
  type Shape,
} from '../../../src/cli/demo/model-server/shape.js';

const content = either(
  text(),
  list(
    tagged('type', {
      text: open({ 'text!': text() }),
      image_url: open({ 'image_url!': anything }),
      document_url: open({ 'document_url!': text() }),
      reference: open({}),
      file: open({}),
      thinking: open({}),
      input_audio: open({}),
    }),
  ),
);
const call = open({ id: text(), 'function!': open({ 'name!': text(), 'arguments!': anything }) });

const messages = list(
  tagged(
    'role',
    {
      system: object({ role: text(), 'content!': content }),
      user: object({ role: text(), content }),
      assistant: object({ role: text(), content, tool_calls: list(call), prefix: flag }),
      tool: object({ role: text(), content, tool_call_id: text(), name: text() }),
    },
    true,
  ),
  { min: 1 },
);

/**
 * The parameters of `POST /v1/chat/completions`; there are no others.
 * @see https://docs.mistral.ai/api/endpoint/chat
 */
const SHAPE: Shape = object({
  frequency_penalty: decimal(-2, 2),
  guardrails: anything,
  max_tokens: integer(0),
  'messages!': messages,
  metadata: record(anything),
  'model!': text(),
  n: integer(1),
  parallel_tool_calls: flag,
  prediction: open({}),
  presence_penalty: decimal(-2, 2),
  prompt_cache_key: text(),
  prompt_mode: oneOf('reasoning'),
  random_seed: integer(0),
  reasoning_effort: text(),
  response_format: object({
    type: oneOf('text json_object json_schema'),
    json_schema: open({ 'name!': text() }),
  }),
  safe_prompt: flag,
  service_tier: text(),
  stop: either(text(), list(text())),
  stream: flag,
  temperature: decimal(0, 1.5),
  tool_choice: either(oneOf('auto none any required'), open({ 'function!': open({ 'name!': text() }) })),
  tools: list(
    open({
      'function!': open({ 'name!': text(), 'parameters!': open({}), description: text(), strict: flag }),
    }),
  ),
  top_p: decimal(0, 1),
});

/** What Mistral insists on in a chat, as it is on the wire. */
export const MISTRAL_RULES: readonly Rule[] = [
  { id: 'types', check: types },
  { id: 'function-names', check: functionNames },
  { id: 'tool-call-ids', check: toolCallIds },
  { id: 'assistant-content', check: assistantContent },
  { id: 'order', check: order },
  { id: 'calls-and-responses', check: callsAndResponses },
  { id: 'last-role', check: lastRole },
];

/** The SDK writes its names in another way than the API does. */
export function asWire(value: Body): Body {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [snake(name), name === 'tools' ? item : inside(item)]),
  );
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      snake(name),
      name === 'arguments' || name === 'schema' ? item : inside(item),
    ]),
  );
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function refuse(message: string, status = 400): Refusal {
  return { status, type: 'invalid_request_error', message };
}

const KINDS: Readonly<Record<string, string>> = {
  missing: 'missing',
  unknown: 'extra_forbidden',
  tag: 'union_tag_invalid',
  minimum: 'greater_than_equal',
  maximum: 'less_than_equal',
  value: 'enum',
};

function types(body: Body): Refusal | undefined {
  const fault = faultOf(SHAPE, body);
  if (!fault) return undefined;
  const { kind, type, path, value } = fault;
  const detail = {
    type: KINDS[kind] ?? `${type}_type`,
    loc: ['body', ...path],
    msg: pydanticWording(fault),
    input: value ?? null,
  };
  return refuse(JSON.stringify({ detail: [detail] }), 422);
}

function functionNames({ tools }: Body): Refusal | undefined {
  const name = objects(tools)
    .map((tool) => (isObject(tool['function']) ? textOr(tool['function']['name']) : ''))
    .find((own) => !/^[a-zA-Z0-9_-]{1,64}$/.test(own));
  return name === undefined
    ? undefined
    : refuse(
        `Function name was ${name} but must be a-z, A-Z, 0-9, or contain underscores and dashes, with a maximum length of 64.`,
      );
}

function idsOf(message: Body): readonly string[] {
  return objects(message['tool_calls']).map(({ id }) => textOr(id));
}

function toolCallIds({ messages: all }: Body): Refusal | undefined {
  const ids = objects(all).flatMap((message) => [
    ...idsOf(message),
    ...(message['role'] === 'tool' ? [textOr(message['tool_call_id'])] : []),
  ]);
  const odd = ids.find((id) => !/^[a-zA-Z0-9]{9}$/.test(id));
  return odd === undefined
    ? undefined
    : refuse(`Tool call id was ${odd} but must be a-z, A-Z, 0-9, with a length of 9.`);
}

function assistantContent({ messages: all }: Body): Refusal | undefined {
  const isEmpty = objects(all).some(
    (message) =>
      message['role'] === 'assistant' &&
      idsOf(message).length === 0 &&
      (!given(message['content']) ||
        message['content'] === '' ||
        (Array.isArray(message['content']) && message['content'].length === 0)),
  );
  return isEmpty
    ? refuse('Assistant message must have either content or tool_calls, but not none.')
    : undefined;
}

function order({ messages: all }: Body): Refusal | undefined {
  const list = objects(all);
  for (const [at, { role }] of list.entries()) {
    const before = list[at - 1];
    const last = before?.['role'];
    const afterCalls = before !== undefined && idsOf(before).length > 0;
    const isOdd =
      (role === 'user' && last === 'tool') ||
      (role === 'system' && (last === 'assistant' || last === 'tool')) ||
      (role === 'tool' && last !== 'tool' && !afterCalls);
    if (isOdd && before) return refuse(`Unexpected role '${textOr(role)}' after role '${textOr(last)}'`);
    if (isOdd) return refuse(`Expected first role to be system or user but got ${textOr(role)}`);
  }
  return undefined;
}

function callsAndResponses({ messages: all }: Body): Refusal | undefined {
  const list = objects(all);
  for (const [at, message] of list.entries()) {
    const asked = idsOf(message);
    if (asked.length === 0) continue;
    const rest = list.slice(at + 1);
    const end = rest.findIndex(({ role }) => role !== 'tool');
    const answered = (end < 0 ? rest : rest.slice(0, end)).map((answer) => textOr(answer['tool_call_id']));
    if (answered.length !== asked.length)
      return refuse('Not the same number of function calls and responses');
    const odd = answered.find((id) => !asked.includes(id));
    if (odd !== undefined) return refuse(`Unexpected tool call id ${odd} in tool results`);
  }
  return undefined;
}

function lastRole({ messages: all }: Body): Refusal | undefined {
  const last = objects(all).at(-1);
  const role = textOr(last?.['role']);
  if (role !== 'system' && (role !== 'assistant' || last?.['prefix'] === true)) return undefined;
  return refuse(
    `Expected last role User or Tool (or Assistant with prefix True) for serving but got ${role}`,
  );
}
