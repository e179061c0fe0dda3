import type { Match } from '../../contract/pattern.js';

/** What a provider says of the shape of a request, and the repairs that give it that shape. */
export interface Structure {
  readonly when: RegExp;
  /**
   * Repairs as `operation.name`: alternatives, best first; several joined by blanks are one. Those that change nothing in
   * a request are passed over.
   */
  readonly repairs: readonly string[];
  /** The only APIs meant, by how their names begin. */
  readonly api?: string;
  /** What the request must have; read off the repair where it is left out. */
  readonly match?: Match;
}
