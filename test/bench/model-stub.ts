import { createRequire } from 'node:module';
import type { default as OpenAI } from 'openai';
import { ANSWER, asksForStream, EVENTS } from './model-answers.js';

/** The real `openai` client and what is known of the model behind it. */
export interface ModelStub {
  readonly client: OpenAI;
  /** Body of the request sent last; empty when the model is not in this process. */
  lastBody(): Readonly<Record<string, unknown>>;
}

/** Which client, and which model. */
export interface ModelOptions {
  /** Loads `openai`; the project's own when left out. */
  readonly load?: NodeJS.Require | undefined;
  /** Base URL of a model behind HTTP; a model inside the process answers when left out. */
  readonly url?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
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
export function createModelStub({ load, url, headers = {} }: ModelOptions = {}): ModelStub {
  // Other majors of the client have the methods that are called here as well.
  const { OpenAI: Client } = (load ?? createRequire(__filename))('openai') as { OpenAI: typeof OpenAI };
  const options = { apiKey: 'none', maxRetries: 0, defaultHeaders: { ...headers } };
  if (url !== undefined) return { client: new Client({ ...options, baseURL: url }), lastBody: () => ({}) };
  let body = '{}';
  const client = new Client({
    ...options,
    baseURL: 'http://model.invalid/v1',
    fetch: (_url, init) => {
      body = typeof init?.body === 'string' ? init.body : '{}';
      return Promise.resolve(asksForStream(body) ? streamedAnswer() : answer());
    },
  });
  return { client, lastBody: () => JSON.parse(body) as Record<string, unknown> };
}

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
