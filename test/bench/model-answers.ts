/** Chunks of a streamed answer. */
export const CHUNKS = 50;

const ENVELOPE = { id: 'chatcmpl-1', created: 1_790_000_000, model: 'gpt-4-0613', service_tier: 'default' };

/** The body of an answer that is not streamed. */
export const ANSWER: string = JSON.stringify({
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

/** The server-sent events of a streamed answer. */
export const EVENTS: readonly Uint8Array[] = Array.from({ length: CHUNKS }, (_, index) => {
  const last = index === CHUNKS - 1;
  const chunk = {
    ...ENVELOPE,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: last ? {} : { content: 'word ' }, finish_reason: last ? 'stop' : null }],
  };
  const end = last ? 'data: [DONE]\n\n' : '';
  return new TextEncoder().encode(`data: ${JSON.stringify(chunk)}\n\n${end}`);
});

/** Whether a request's body asks for a streamed answer. */
export function asksForStream(body: string): boolean {
  return body.includes('"stream":true');
}
