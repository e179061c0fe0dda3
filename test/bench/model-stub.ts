import { createRequire } from 'node:module';
import type { default as OpenAI } from 'openai';

/** Chunks of a streamed answer. */
export const CHUNKS = 50;

/** The real `openai` client with a model behind it that answers inside the process: no network, no disk. */
export interface ModelStub {
  readonly client: OpenAI;
  /** Body of the request sent last. */
  lastBody(): Readonly<Record<string, unknown>>;
}

/** Parameters of a request of about this many bytes of prompt. */
export function requestOf(bytes: number, temperature: number) {
  const sentence = 'Summarise the notes of the meeting and name who promised what until when. ';
  const content = sentence.repeat(Math.ceil(bytes / sentence.length)).slice(0, bytes);
  // Fresh objects for each call, as applications make them.
  return () => ({
    model: 'gpt-4',
    temperature,
    max_tokens: 256,
    messages: [
      { role: 'system' as const, content: 'You answer in one short paragraph.' },
      { role: 'user' as const, content },
    ],
  });
}

/** Loads `openai` (under whatever is patched by then) and makes a client of it. */
export function createModelStub(): ModelStub {
  const { OpenAI: Client } = createRequire(__filename)('openai') as { OpenAI: typeof OpenAI };
  let body = '{}';
  const client = new Client({
    apiKey: 'none',
    baseURL: 'http://model.invalid/v1',
    maxRetries: 0,
    fetch: (_url, init) => {
      body = typeof init?.body === 'string' ? init.body : '{}';
      return Promise.resolve(body.includes('"stream":true') ? streamedAnswer() : answer());
    },
  });
  return { client, lastBody: () => JSON.parse(body) as Record<string, unknown> };
}

const ENVELOPE = { id: 'chatcmpl-1', created: 1_790_000_000, model: 'gpt-4-0613', service_tier: 'default' };

const ANSWER = JSON.stringify({
  ...ENVELOPE,
  object: 'chat.completion',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'Ada sends the figures by Friday. '.repeat(8), refusal: null },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 215, completion_tokens: 64, total_tokens: 279 },
});

const EVENTS: readonly Uint8Array[] = Array.from({ length: CHUNKS }, (_, index) => {
  const last = index === CHUNKS - 1;
  const chunk = {
    ...ENVELOPE,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: last ? {} : { content: 'word ' }, finish_reason: last ? 'stop' : null }],
  };
  const end = last ? 'data: [DONE]\n\n' : '';
  return new TextEncoder().encode(`data: ${JSON.stringify(chunk)}\n\n${end}`);
});

function answer(): Response {
  return new Response(ANSWER, { headers: { 'content-type': 'application/json' } });
}

function streamedAnswer(): Response {
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const event = EVENTS[next];
      next += 1;
      if (event) controller.enqueue(event);
      else controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}
