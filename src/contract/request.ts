/** JSON as it appears in packs and on the wire. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The parameters of a request, by the provider's own names. Belongs to the caller: read it, never write to it. */
export type Params = Readonly<Record<string, unknown>>;

/** What the application said of the work a request is part of (`withArcContext`), as far as patterns may see it. */
export interface RequestContext {
  /** The agent at work: `gen_ai.agent.name`. */
  readonly agent?: string | undefined;
  /** The pipeline, workflow or feature it works in: `arc.pipeline`. */
  readonly pipeline?: string | undefined;
  /** Words of the application's own: `arc.tags`. */
  readonly tags?: readonly string[] | undefined;
}

/**
 * What a pattern may see of an outgoing request. Never credentials, headers, URLs or client options.
 */
export interface RequestView {
  /** `gen_ai.provider.name`, e.g. `openai`, `azure.ai.openai`, `anthropic`. */
  readonly provider: string;
  /** `gen_ai.operation.name`, e.g. `chat`. */
  readonly operation: string;
  /** The provider's API, e.g. `openai.chat.completions`, `anthropic.messages`. */
  readonly api: string;
  /** The model asked for, or undefined when the request names none. */
  readonly model: string | undefined;
  /** Every request parameter by its own name. */
  readonly params: Params;
  /** Absent where the application said nothing. */
  readonly context?: RequestContext;
}
