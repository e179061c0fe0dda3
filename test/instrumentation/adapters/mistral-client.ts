import type { Variation } from './own-protocol-suite.js';

/** The part of `Mistral` the tests call. */
export interface MistralClient {
  readonly chat: {
    complete(params: object, options?: object): Promise<unknown>;
    stream(params: object, options?: object): Promise<ReadableStream<Event>>;
    parse(
      params: object,
    ): Promise<{ readonly choices: readonly { readonly message: { readonly parsed: unknown } }[] }>;
    parseStream(params: object): Promise<ReadableStream<Event>>;
  };
  readonly agents: {
    complete(params: object): Promise<unknown>;
    stream(params: object): Promise<ReadableStream<Event>>;
  };
  readonly fim: {
    complete(params: object): Promise<unknown>;
    stream(params: object): Promise<ReadableStream<Event>>;
  };
  readonly embeddings: { create(params: object): Promise<unknown> };
}

/** An event of a stream. */
export interface Event {
  readonly data: { readonly choices: readonly { readonly delta: { readonly content: unknown } }[] };
}

/** Parameters of `chat.complete()`. */
export const mistralParams = ({
  model = 'mistral-small-latest',
  temperature,
  text = 'Hello',
}: Variation = {}) => ({
  model,
  messages: [{ role: 'user', content: text }],
  temperature,
});

/** The texts of a stream's events. */
export const texts = (events: readonly unknown[]) =>
  events.map((event) => (event as Event).data.choices[0]?.delta.content);
