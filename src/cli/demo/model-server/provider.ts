import type { Reply } from './reply.js';
import type { Body, Refusal, Rule } from './rule.js';

/** An answer as a stream of server-sent events, each already in wire form. */
export interface EventStream {
  readonly before: readonly string[];
  /** The text or the tool arguments; repeated for an endless stream. */
  readonly deltas: readonly string[];
  readonly after: readonly string[];
}

/** One provider as the server plays it. */
export interface ModelProvider {
  /** Path of its one endpoint. */
  readonly path: string;
  /** The request in the form of a chat, where it has another. */
  readonly asChat?: (body: Body) => Body;
  /** What it insists on. */
  readonly rules: readonly Rule[];
  /** Whether the request carries a key. The key itself is neither checked nor kept. */
  readonly hasKey: (headers: Readonly<Record<string, string | string[] | undefined>>) => boolean;
  /** The refusal of a request without a key. */
  readonly noKey: Refusal;
  /** The refusal of a body that is not JSON. */
  readonly badJson: (reason: string) => Refusal;
  /** The body of an error answer. */
  readonly errorBody: (refusal: Refusal, requestId: string) => unknown;
  /** Error type of a status asked for by a directive, with the provider's wording. */
  readonly fault: (status: number) => Refusal;
  /** Headers of every answer. */
  readonly headers: (requestId: string) => Readonly<Record<string, string>>;
  /** A plain JSON answer. */
  readonly json: (body: Body, reply: Reply) => unknown;
  /** A streamed answer. */
  readonly events: (body: Body, reply: Reply) => EventStream;
  /** The event a provider sends when it fails in the middle of a stream. */
  readonly errorEvent: string;
}
