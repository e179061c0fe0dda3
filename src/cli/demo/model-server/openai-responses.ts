import { OPENAI_RESPONSES_RULES } from './openai-responses-rules.js';
import { openaiProvider } from './openai.js';
import type { EventStream, ModelProvider } from './provider.js';
import { newId, pieces, type Reply } from './reply.js';
import { isObject, objectOr, objects, textOr, type Body } from './rule.js';

type Item = Readonly<Record<string, unknown>>;

/** `POST /v1/responses` as OpenAI answers it. */
export const responsesProvider: ModelProvider = {
  ...openaiProvider,
  path: '/v1/responses',
  rules: OPENAI_RESPONSES_RULES,
  asChat,
  json: (body, reply) => envelope(body, reply, body['background'] === true ? 'queued' : 'completed'),
  events,
  errorEvent: sse('error', { sequence_number: 0, code: 'server_error', message: 'Overloaded', param: null }),
};

/** The request as a chat, for the stand-in model to answer. */
function asChat(body: Body): Body {
  const { input, instructions, max_output_tokens, text, tools } = body;
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : objects(input);
  const messages = items.map((item) =>
    item['type'] === 'function_call_output' ? { ...item, role: 'tool' } : item,
  );
  const format = objectOr(objectOr(text)['format']);
  return {
    ...body,
    system: instructions,
    messages,
    tools: objects(tools).map((tool) =>
      tool['type'] === 'function' ? { type: 'function', function: tool } : tool,
    ),
    max_completion_tokens: max_output_tokens,
    response_format: format['type'] === 'json_schema' ? { type: 'json_schema', json_schema: format } : format,
  };
}

function envelope(body: Body, reply: Reply, status: 'queued' | 'in_progress' | 'completed') {
  const done = status === 'completed';
  const cut = done && reply.cut;
  return {
    id: newId('resp_', 48),
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    status: cut ? 'incomplete' : status,
    background: body['background'] === true,
    error: null,
    incomplete_details: cut ? { reason: 'max_output_tokens' } : null,
    instructions: body['instructions'] ?? null,
    max_output_tokens: body['max_output_tokens'] ?? null,
    model: textOr(body['model']),
    output: done ? output(reply) : [],
    parallel_tool_calls: true,
    previous_response_id: body['previous_response_id'] ?? null,
    service_tier: 'default',
    store: body['store'] !== false,
    temperature: body['temperature'] ?? 1,
    text: isObject(body['text']) ? body['text'] : { format: { type: 'text' } },
    tool_choice: body['tool_choice'] ?? 'auto',
    tools: body['tools'] ?? [],
    top_p: body['top_p'] ?? 1,
    truncation: 'disabled',
    usage: done ? usage(reply) : null,
    user: null,
    metadata: body['metadata'] ?? {},
  };
}

function usage({ inputTokens, outputTokens, reasoningTokens }: Reply) {
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: reasoningTokens },
    total_tokens: inputTokens + outputTokens,
  };
}

function output({ text, toolCall }: Reply): readonly Item[] {
  if (!toolCall) return [message(text)];
  const { name, input } = toolCall;
  const ids = { id: newId('fc_', 48), call_id: newId('call_', 24) };
  return [{ ...ids, type: 'function_call', status: 'completed', name, arguments: JSON.stringify(input) }];
}

function message(text: string | null): Item {
  const content = [{ type: 'output_text', annotations: [], logprobs: [], text: text ?? '' }];
  return { id: newId('msg_', 48), type: 'message', status: 'completed', role: 'assistant', content };
}

function events(body: Body, reply: Reply): EventStream {
  const opened = envelope(body, reply, 'in_progress');
  const closed = { ...envelope(body, reply, 'completed'), id: opened.id, created_at: opened.created_at };
  const [item = {}] = closed.output;
  let sequence_number = 0;
  const event = (type: string, data: Item): string =>
    sse(type, { sequence_number: sequence_number++, ...data });
  const before = [
    event('response.created', { response: opened }),
    event('response.in_progress', { response: opened }),
  ];
  const parts = item['type'] === 'message' ? messageEvents(item, event) : callEvents(item, event);
  const last = closed.status === 'incomplete' ? 'response.incomplete' : 'response.completed';
  return {
    before: [...before, ...parts.before],
    deltas: parts.deltas,
    after: [
      ...parts.after,
      event('response.output_item.done', { output_index: 0, item }),
      event(last, { response: closed }),
    ],
  };
}

type Emit = (type: string, data: Item) => string;

function messageEvents(item: Item, event: Emit): EventStream {
  const part = objects(item['content'])[0] ?? {};
  const text = textOr(part['text']);
  const at = { item_id: item['id'], output_index: 0, content_index: 0 };
  const started = { ...item, status: 'in_progress', content: [] };
  return {
    before: [
      event('response.output_item.added', { output_index: 0, item: started }),
      event('response.content_part.added', { ...at, part: { ...part, text: '' } }),
    ],
    deltas: pieces(text).map((delta) => event('response.output_text.delta', { ...at, delta, logprobs: [] })),
    after: [
      event('response.output_text.done', { ...at, text, logprobs: [] }),
      event('response.content_part.done', { ...at, part }),
    ],
  };
}

function callEvents(item: Item, event: Emit): EventStream {
  const args = textOr(item['arguments']);
  const at = { item_id: item['id'], output_index: 0 };
  const started = { ...item, status: 'in_progress', arguments: '' };
  return {
    before: [event('response.output_item.added', { output_index: 0, item: started })],
    deltas: pieces(args).map((delta) => event('response.function_call_arguments.delta', { ...at, delta })),
    after: [event('response.function_call_arguments.done', { ...at, name: item['name'], arguments: args })],
  };
}

function sse(type: string, data: Item): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}
