import { anthropicRefusal } from './anthropic-refusal.js';
import { ANTHROPIC_RULES } from './anthropic-rules.js';
import type { EventStream, ModelProvider } from './provider.js';
import { newId, pieces, type Reply } from './reply.js';
import { objectOr, textOr, type Body, type Refusal } from './rule.js';

const FAULTS: Readonly<Record<number, readonly [type: string, message: string]>> = {
  401: ['authentication_error', 'invalid x-api-key'],
  429: [
    'rate_limit_error',
    'This request would exceed your organization’s rate limit. Please try again later.',
  ],
  500: ['api_error', 'Internal server error'],
  529: ['overloaded_error', 'Overloaded'],
};

type Block = Readonly<Record<string, unknown>>;

/** `POST /v1/messages` as Anthropic answers it. */
export const anthropicProvider: ModelProvider = {
  path: '/v1/messages',
  asChat,
  rules: ANTHROPIC_RULES,
  hasKey: (headers) => textOr(headers['x-api-key'] ?? headers['authorization']) !== '',
  noKey: { status: 401, type: 'authentication_error', message: 'x-api-key header is required' },
  badJson: (reason) => anthropicRefusal(`The request body is not valid JSON: ${reason}`),
  errorBody: ({ type, message }, requestId) => ({
    type: 'error',
    error: { type, message },
    request_id: requestId,
  }),
  fault,
  headers: (requestId) => ({ 'request-id': requestId }),
  json: (body, reply) => ({
    ...envelope(body),
    content: blocks(body, reply),
    stop_reason: stopReason(reply),
    usage: usage(reply, reply.outputTokens),
  }),
  events,
  errorEvent: event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
};

/** A schema for the answer, where a chat has it. */
function asChat(body: Body): Body {
  const { type, schema } = objectOr(objectOr(body['output_config'])['format']);
  if (type !== 'json_schema') return body;
  return { ...body, response_format: { type, json_schema: { schema } } };
}

function fault(status: number): Refusal {
  const [type, message] = FAULTS[status] ?? ['api_error', `Status ${status} as asked for.`];
  return { status, type, message };
}

function envelope(body: Body) {
  return {
    id: newId('msg_01', 22),
    type: 'message',
    role: 'assistant',
    model: textOr(body['model']),
    content: [] as readonly Block[],
    stop_reason: null as string | null,
    stop_sequence: null,
  };
}

function thinks({ thinking }: Body): boolean {
  return ['enabled', 'adaptive'].includes(textOr(objectOr(thinking)['type']));
}

function blocks(body: Body, { text, toolCall }: Reply): readonly Block[] {
  const thought = { type: 'thinking', thinking: 'The user wants an answer.', signature: newId('', 64) };
  const call = toolCall && {
    type: 'tool_use',
    id: newId('toolu_01', 22),
    name: toolCall.name,
    input: toolCall.input,
  };
  return [
    ...(thinks(body) ? [thought] : []),
    ...(text === null ? [] : [{ type: 'text', text }]),
    ...(call ? [call] : []),
  ];
}

function stopReason({ toolCall, cut }: Reply): string {
  return toolCall ? 'tool_use' : cut ? 'max_tokens' : 'end_turn';
}

function usage({ inputTokens }: Reply, outputTokens: number) {
  return {
    input_tokens: inputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: outputTokens,
    service_tier: 'standard',
  };
}

function events(body: Body, reply: Reply): EventStream {
  const content = blocks(body, reply);
  const leading = content.slice(0, -1).flatMap((block, index) => wholeBlock(block, index));
  const last = content.at(-1);
  const index = content.length - 1;
  const delta = { stop_reason: stopReason(reply), stop_sequence: null };
  return {
    before: [
      event('message_start', { message: { ...envelope(body), usage: usage(reply, 1) } }),
      event('ping', {}),
      ...leading,
      ...(last ? [startBlock(last, index)] : []),
    ],
    deltas: last ? blockDeltas(last, index) : [],
    after: [
      ...(last ? [event('content_block_stop', { index })] : []),
      event('message_delta', { delta, usage: { output_tokens: reply.outputTokens } }),
      event('message_stop', {}),
    ],
  };
}

function wholeBlock(block: Block, index: number): readonly string[] {
  return [startBlock(block, index), ...blockDeltas(block, index), event('content_block_stop', { index })];
}

/** A block starts empty and is filled by its deltas. */
function startBlock(block: Block, index: number): string {
  const empty = { text: { text: '' }, thinking: { thinking: '', signature: '' }, tool_use: { input: {} } };
  const content_block = { ...block, ...Object.entries(empty).find(([type]) => type === block['type'])?.[1] };
  return event('content_block_start', { index, content_block });
}

function blockDeltas(block: Block, index: number): readonly string[] {
  const send = (delta: Block) => event('content_block_delta', { index, delta });
  switch (block['type']) {
    case 'tool_use':
      return pieces(JSON.stringify(block['input'])).map((partial_json) =>
        send({ type: 'input_json_delta', partial_json }),
      );
    case 'thinking':
      return [
        send({ type: 'thinking_delta', thinking: block['thinking'] }),
        send({ type: 'signature_delta', signature: block['signature'] }),
      ];
    default:
      return pieces(textOr(block['text'])).map((text) => send({ type: 'text_delta', text }));
  }
}

function event(type: string, data: Block): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}
