/** The body of every error of the JSON API. */
export interface ApiProblem {
  readonly error: {
    /** What went wrong, one word in lower case with underscores. */
    readonly code: string;
    /** The parameter, header or path at fault. */
    readonly field: string;
    /** What is accepted. */
    readonly rule: string;
    /** What came; null when nothing did. */
    readonly received: string | null;
  };
}

/** Longest received value that is repeated, in UTF-16 units. */
const MAX_RECEIVED_LENGTH = 200;

/** Builds the body of an error. */
export function problem(code: string, field: string, rule: string, received: string | undefined): ApiProblem {
  return { error: { code, field, rule, received: received?.slice(0, MAX_RECEIVED_LENGTH) ?? null } };
}
