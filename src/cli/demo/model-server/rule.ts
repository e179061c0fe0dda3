/** A JSON object as it came over the wire. */
export type Body = Readonly<Record<string, unknown>>;

/** What a provider answers to a request it will not serve. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** The provider's wording. */
  readonly message: string;
  /** The provider's error type, e.g. `invalid_request_error`. */
  readonly type: string;
  /** OpenAI only: the parameter at fault. */
  readonly param?: string | null;
  /** OpenAI only: the machine-readable reason. */
  readonly code?: string | null;
}

/** One thing a provider insists on. Rules are tried in order; the first refusal is the answer. */
export interface Rule {
  /** Short name, for tests and for readers. */
  readonly id: string;
  /** Returns the refusal, or undefined when the request is fine as far as this rule goes. */
  readonly check: (body: Body) => Refusal | undefined;
}

/** The first refusal of a table of rules, or undefined when every rule is content. */
export function firstRefusal(rules: readonly Rule[], body: Body): Refusal | undefined {
  for (const rule of rules) {
    const refusal = rule.check(body);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Whether a value is a JSON object (not null, not a list). */
export function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; an absent or malformed list counts as empty, since a type rule reports that. */
export function objects(value: unknown): readonly Body[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The object, or an empty one. */
export function objectOr(value: unknown): Body {
  return isObject(value) ? value : {};
}

/** The text, or an empty one. */
export function textOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Whether a parameter was really given: SDKs drop `undefined`, and both providers read null as absent. */
export function given(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A rough token count: about four characters each, at least one. */
export function estimateTokens(value: unknown): number {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return Math.max(1, Math.ceil(text.length / 4));
}

/** Whether no text of a value, names included, has half of a surrogate pair in it. */
export function wellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, item]) => name.isWellFormed() && wellFormed(item));
}
