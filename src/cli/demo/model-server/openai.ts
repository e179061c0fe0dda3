import { openaiRefusal } from './openai-refusal.js';
import { OPENAI_RULES } from './openai-rules.js';
import type { EventStream, ModelProvider } from './provider.js';
import { newId, pieces, type Reply, type ToolCall } from './reply.js';
import { objectOr, textOr, type Body, type Refusal } from './rule.js';

const FAULTS: Readonly<Record<number, readonly [type: string, code: string | null, message: string]>> = {
  401: ['invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.'],
  429: ['requests', 'rate_limit_exceeded', 'Rate limit reached for requests. Please try again in 10ms.'],
  500: ['server_error', null, 'The server had an error while processing your request. Sorry about that!'],
  503: ['server_error', null, 'The engine is currently overloaded, please try again later.'],
};

/** `POST /v1/chat/completions` as OpenAI answers it. */
export const openaiProvider: ModelProvider = {
  path: '/v1/chat/completions',
  rules: OPENAI_RULES,
  hasKey: (headers) => /^Bearer .+/.test(textOr(headers['authorization'])),
  noKey: {
    ...openaiRefusal("You didn't provide an API key.", null, 'invalid_api_key'),
    status: 401,
  },
  badJson: () => openaiRefusal('We could not parse the JSON body of your request.', null, null),
  errorBody: ({ message, type, param = null, code = null }) => ({ error: { message, type, param, code } }),
  fault,
  headers: (requestId) => ({
    'x-request-id': requestId,
    'openai-version': '2020-10-01',
    'openai-processing-ms': '1',
  }),
  json: completion,
  events,
  errorEvent: event({ error: { message: FAULTS[500]?.[2], type: 'server_error', param: null, code: null } }),
};

function fault(status: number): Refusal {
  const [type, code, message] = FAULTS[status] ?? ['server_error', null, `Status ${status} as asked for.`];
  return { ...openaiRefusal(message, null, code), status, type };
}

function envelope(body: Body, object: string) {
  return {
    id: newId('chatcmpl-', 29),
    object,
    created: Math.floor(Date.now() / 1000),
    model: textOr(body['model']),
    service_tier: 'default',
    system_fingerprint: newId('fp_', 10),
  };
}

function completion(body: Body, reply: Reply): unknown {
  const count = typeof body['n'] === 'number' ? body['n'] : 1;
  const choices = Array.from({ length: count }, (_, index) => ({
    index,
    message: { ...message(reply), annotations: [] },
    logprobs: null,
    finish_reason: finishReason(reply),
  }));
  return { ...envelope(body, 'chat.completion'), choices, usage: usage(reply) };
}

function message({ text, toolCall }: Reply) {
  const base = { role: 'assistant', content: text, refusal: null };
  return toolCall ? { ...base, tool_calls: [{ ...call(toolCall), id: newId('call_', 24) }] } : base;
}

function call({ name, input }: ToolCall) {
  return { id: '', type: 'function', function: { name, arguments: JSON.stringify(input) } };
}

function finishReason({ toolCall, cut }: Reply): string {
  return toolCall ? 'tool_calls' : cut ? 'length' : 'stop';
}

function usage({ inputTokens, outputTokens, reasoningTokens }: Reply) {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoningTokens,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

function events(body: Body, reply: Reply): EventStream {
  const withUsage = objectOr(body['stream_options'])['include_usage'] === true;
  const head = { ...envelope(body, 'chat.completion.chunk'), ...(withUsage ? { usage: null } : {}) };
  const chunk = (delta: unknown, finish: string | null = null) =>
    event({ ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] });
  const last = withUsage ? [event({ ...head, choices: [], usage: usage(reply) })] : [];
  return {
    before: [chunk(opening(reply))],
    deltas: deltas(reply).map((delta) => chunk(delta)),
    after: [chunk({}, finishReason(reply)), ...last, 'data: [DONE]\n\n'],
  };
}

function opening({ text, toolCall }: Reply) {
  const base = { role: 'assistant', content: text === null ? null : '', refusal: null };
  if (!toolCall) return base;
  const started = { index: 0, ...call({ ...toolCall, input: '' }), id: newId('call_', 24) };
  return { ...base, tool_calls: [{ ...started, function: { name: toolCall.name, arguments: '' } }] };
}

function deltas({ text, toolCall }: Reply): readonly unknown[] {
  if (!toolCall) return pieces(text ?? '').map((content) => ({ content }));
  return pieces(JSON.stringify(toolCall.input)).map((part) => ({
    tool_calls: [{ index: 0, function: { arguments: part } }],
  }));
}

function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
