import type { BypassReason, DecisionKind, FieldChange } from '../contract/decision.js';
import type { Params } from '../contract/request.js';
import type { Matcher } from '../patterns/match.js';
import { type LoggedRequest, viewOfLogged } from '../patterns/request-names.js';
import { type DecideSettings, decide } from './decide.js';

/** What one pattern did to a request, or would have done. */
export interface PatternDecision {
  /** Id of the pattern. */
  readonly pattern: string;
  readonly version: number;
  /** `fix`: it acted. `shadow`, `control`: it would have. `bypass`: it was held back. */
  readonly decision: Exclude<DecisionKind, 'pass'>;
  /** Why it was held back. */
  readonly reason?: BypassReason;
  /** From 0 to 1. */
  readonly confidence: number;
  /** What goes wrong without it. */
  readonly description?: string;
  /** Where that is documented. */
  readonly source?: string;
}

/** A request after Arc looked at it. */
export interface RepairedRequest {
  /** What would be sent: the same object when nothing was repaired. */
  readonly body: Params;
  /** One for each pattern that matched, best first; empty when none did. */
  readonly decisions: readonly PatternDecision[];
  /** What changed (`fix`), or would have (`shadow`, `control`), field by field. */
  readonly changes: readonly FieldChange[];
}

/**
 * Decides on a logged request the way a process does on a call.
 * @param now - milliseconds since the epoch.
 * @throws whatever goes wrong inside: here nobody's call depends on it.
 */
export function repairLogged(
  request: LoggedRequest,
  matcher: Matcher,
  settings: DecideSettings,
  now: number,
): RepairedRequest {
  const decision = decide(viewOfLogged(request), matcher, settings, now);
  if (decision.error !== undefined) throw decision.error;
  const { kind, reason, patterns, changes } = decision;
  const decisions = patterns.map(({ id, version, confidence, description, source }): PatternDecision => ({
    pattern: id,
    version,
    decision: kind === 'pass' ? 'bypass' : kind,
    ...(reason && { reason }),
    confidence,
    ...(description !== undefined && { description }),
    ...(source !== undefined && { source }),
  }));
  return { body: decision.params, decisions, changes };
}
