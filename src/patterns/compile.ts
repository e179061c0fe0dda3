import { ArcError } from '../contract/errors.js';
import type { PatternDefinition } from '../contract/pattern.js';
import { isKeyField } from './decided.js';
import { durationProblem } from './duration.js';
import type { RequestFacts } from './facts.js';
import { compileMembers } from './match-test.js';
import { scopeTests } from './scope.js';

/** A pattern ready to run. */
export interface CompiledPattern {
  readonly definition: PatternDefinition;
  /** Milliseconds since the epoch, on the steady clock, from which on the pattern is dead; `Infinity` when it never is. */
  readonly expiresAt: number;
  /**
   * Whether a request has the pattern's shape, when its api, provider and model are known to be right. Throws whatever
   * reading the caller's objects throws.
   */
  fits(facts: RequestFacts): boolean;
  /** The same for any request. */
  test(facts: RequestFacts): boolean;
}

/**
 * Compiles a pattern. Everything that can be done once is done here. The service and the environment of its scope are not
 * looked at: whoever knows the process leaves out what is not for it, see `isInPlace`.
 * @param expiresAt - the pattern's deadline; left out, the instant `expires` names, and `ttl` does not count.
 * @throws {ArcError} `ARC_PACK_INVALID` when the pattern was not checked and cannot be compiled.
 */
export function compilePattern(
  definition: PatternDefinition,
  expiresAt: number = definition.expires === undefined ? Infinity : Date.parse(definition.expires),
): CompiledPattern {
  checkLife(definition);
  try {
    const members = Object.entries(definition.match);
    const scope = scopeTests(definition.scope);
    const applies = compileMembers([...scope.shared, ...members.filter(([key]) => isKeyField(key))]);
    const fits = compileMembers([...scope.rest, ...members.filter(([key]) => !isKeyField(key))]);
    return { definition, expiresAt, fits, test: (facts) => applies(facts) && fits(facts) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ArcError('ARC_PACK_INVALID', `${definition.id} match: ${reason}`, { cause });
  }
}

function checkLife({ id, expires, ttl }: PatternDefinition): void {
  if (expires !== undefined && Number.isNaN(Date.parse(expires)))
    throw new ArcError('ARC_PACK_INVALID', `${id} expires: must be an RFC 3339 instant`);
  const problem = ttl === undefined ? undefined : durationProblem(ttl);
  if (problem !== undefined) throw new ArcError('ARC_PACK_INVALID', `${id} ttl: ${problem}`);
}
