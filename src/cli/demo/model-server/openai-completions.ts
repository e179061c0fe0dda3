import { openaiRefusal } from './openai-refusal.js';
import { openaiProvider } from './openai.js';
import type { EventStream, ModelProvider } from './provider.js';
import { newId, pieces, type Reply } from './reply.js';
import { given, objectOr, textOr, type Body, type Rule } from './rule.js';

const RULES: readonly Rule[] = [
  {
    id: 'model-required',
    check: ({ model }) =>
      given(model) ? undefined : openaiRefusal('you must provide a model parameter', null, null),
  },
];

/** `POST /v1/completions`, the protocol before chat, as OpenAI answers it. */
export const completionsProvider: ModelProvider = {
  ...openaiProvider,
  path: '/v1/completions',
  rules: RULES,
  asChat: (body) => ({ ...body, messages: [{ role: 'user', content: body['prompt'] ?? '' }] }),
  json: (body, reply) => ({
    ...envelope(body),
    choices: [choice(reply.text ?? '', reply.cut ? 'length' : 'stop')],
    usage: usage(reply),
  }),
  events,
};

function envelope(body: Body) {
  const created = Math.floor(Date.now() / 1000);
  return { id: newId('cmpl-', 29), object: 'text_completion', created, model: textOr(body['model']) };
}

function choice(text: string, finish_reason: string | null) {
  return { text, index: 0, logprobs: null, finish_reason };
}

function usage({ inputTokens, outputTokens }: Reply) {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}

function events(body: Body, reply: Reply): EventStream {
  const head = envelope(body);
  const withUsage = objectOr(body['stream_options'])['include_usage'] === true;
  const chunk = (data: object): string => `data: ${JSON.stringify({ ...head, ...data })}\n\n`;
  const last = withUsage ? [chunk({ choices: [], usage: usage(reply) })] : [];
  return {
    before: [],
    deltas: pieces(reply.text ?? '').map((text) => chunk({ choices: [choice(text, null)] })),
    after: [chunk({ choices: [choice('', reply.cut ? 'length' : 'stop')] }), ...last, 'data: [DONE]\n\n'],
  };
}
