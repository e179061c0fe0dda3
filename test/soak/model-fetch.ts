/** Models that answer inside the process, through the `fetch` the SDKs are given: no network, nothing but the SDK and Arc. */

/** What the models are asked to do with one request, as its `x-soak` header. */
export type Behaviour = 'answer' | 'refuse' | 'fail' | 'hang' | 'break' | 'endless';

const JSON_TYPE = { 'content-type': 'application/json' };
const EVENT_TYPE = { 'content-type': 'text/event-stream' };
const WORDS = ['The ', 'Rhine ', 'flows ', 'north.'];

/** Stands in for the global `fetch`. */
export async function modelFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const { signal } = init;
  signal?.throwIfAborted();
  const behaviour = (new Headers(init.headers).get('x-soak') ?? 'answer') as Behaviour; // set by the styles only
  const text = typeof init.body === 'string' ? init.body : '{}';
  const streams = text.includes('"stream":true');
  const provider = providerAt(String(input instanceof Request ? input.url : input));
  if (behaviour === 'fail') throw new TypeError('fetch failed');
  if (behaviour === 'hang') return aborted(signal);
  await Promise.resolve();
  if (behaviour === 'refuse') return new Response(provider.refusal, { status: 400, headers: JSON_TYPE });
  if (!streams) return new Response(provider.answer, { headers: JSON_TYPE });
  const events = provider.events(text.includes('"include_usage":true'));
  return new Response(body(events, behaviour, signal), { headers: EVENT_TYPE });
}

function providerAt(url: string): Provider {
  if (url.includes('/messages')) return anthropic;
  return url.includes('/api/chat') ? ollama : openai;
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** Sends one event for each pull; an endless answer repeats its second event until it is cancelled or aborted. */
function body(
  events: readonly string[],
  behaviour: Behaviour,
  signal: AbortSignal | null | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (signal?.aborted) return controller.error(signal.reason);
      if (behaviour === 'break' && next === 2) return controller.error(new TypeError('terminated'));
      const event = events[behaviour === 'endless' ? Math.min(next, 1) : next];
      next += 1;
      if (event === undefined) controller.close();
      else controller.enqueue(encoder.encode(event));
    },
  });
}

interface Provider {
  readonly answer: string;
  readonly refusal: string;
  events(withUsage: boolean): readonly string[];
}

const OLLAMA = { model: 'llama3.2', created_at: '2026-11-20T10:00:00.000000Z' };
const OLLAMA_END = { done: true, done_reason: 'stop', prompt_eval_count: 12, eval_count: 4 };

const ollama: Provider = {
  answer: JSON.stringify({
    ...OLLAMA,
    message: { role: 'assistant', content: WORDS.join('') },
    ...OLLAMA_END,
  }),
  refusal: JSON.stringify({ error: 'no' }),
  events() {
    const line = (content: string, end: object): string =>
      `${JSON.stringify({ ...OLLAMA, message: { role: 'assistant', content }, ...end })}\n`;
    return [...WORDS.map((word) => line(word, { done: false })), line('', OLLAMA_END)];
  },
};

const USAGE = { prompt_tokens: 12, completion_tokens: 4, total_tokens: 16 };
const HEAD = { id: 'chatcmpl-1', created: 1_790_000_000, model: 'gpt-4-0613' };

const openai: Provider = {
  answer: JSON.stringify({
    ...HEAD,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: WORDS.join(''), refusal: null },
        finish_reason: 'stop',
      },
    ],
    usage: USAGE,
  }),
  refusal: JSON.stringify({
    error: { message: 'Invalid value.', type: 'invalid_request_error', param: 'n', code: null },
  }),
  events(withUsage) {
    const chunk = (choices: readonly unknown[], usage: unknown = null): string =>
      `data: ${JSON.stringify({ ...HEAD, object: 'chat.completion.chunk', choices, ...(withUsage && { usage }) })}\n\n`;
    return [
      chunk([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]),
      ...WORDS.map((content) => chunk([{ index: 0, delta: { content }, finish_reason: null }])),
      chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]),
      ...(withUsage ? [chunk([], USAGE)] : []),
      'data: [DONE]\n\n',
    ];
  },
};

const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-6',
  content: [{ type: 'text', text: WORDS.join('') }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 12, output_tokens: 4 },
};

const anthropic: Provider = {
  answer: JSON.stringify(MESSAGE),
  refusal: JSON.stringify({
    type: 'error',
    error: { type: 'invalid_request_error', message: 'Invalid value.' },
  }),
  events() {
    const event = (data: { readonly type: string }): string =>
      `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
    const delta = (text: string) => ({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text },
    });
    return [
      event({ type: 'message_start', message: { ...MESSAGE, content: [], stop_reason: null } } as {
        type: string;
      }),
      event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as {
        type: string;
      }),
      ...WORDS.map((text) => event(delta(text))),
      event({ type: 'content_block_stop', index: 0 } as { type: string }),
      event({
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: { output_tokens: 4 },
      } as { type: string }),
      event({ type: 'message_stop' }),
    ];
  },
};
