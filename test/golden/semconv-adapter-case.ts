/** One request through an SDK, and everything its span must say. */
export interface AdapterCase {
  readonly title: string;
  /** Which method of which SDK, see `startAsks`. */
  readonly ask: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly streams?: true;
  readonly type?: 'embeddings';
  /**
   * Every attribute by its value, or {@link ANY}, but `server.*`, `arc.decision` and durations, which are the same for all.
   * Written from what the stand-ins answer and from the conventions, not from what Arc emits.
   */
  readonly says: Readonly<Record<string, unknown>>;
}

/** What begins every span of a model call. */
export const call = (api: string, provider: string, operation: string, model: string) => ({
  'arc.api': api,
  'gen_ai.provider.name': provider,
  'gen_ai.operation.name': operation,
  'gen_ai.request.model': model,
});
/** A conversation as OpenAI writes it. */
export const messages = [{ role: 'user', content: 'Name a river.' }];
/** What only streams say. */
export const streamed = { 'gen_ai.request.stream': true };

/** Sampling, as every provider knows it. */
export const sampled = {
  'gen_ai.request.temperature': 0.5,
  'gen_ai.request.top_p': 0.9,
  'gen_ai.request.max_tokens': 64,
  'gen_ai.request.stop_sequences': ['END'],
};
/** Penalties. */
export const penalised = {
  'gen_ai.request.frequency_penalty': 0.25,
  'gen_ai.request.presence_penalty': 0.75,
};
/** A seed. */
export const seeded = { 'gen_ai.request.seed': 7 };

/** Stands for a value that differs from answer to answer. */
export const ANY = 'any value';
