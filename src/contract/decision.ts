import type { PatternDefinition } from './pattern.js';
import type { Params } from './request.js';

/**
 * What Arc decided about a request.
 * - `pass`: nothing matched. - `fix`: repaired. - `shadow`: would have been repaired; the original went out.
 * - `control`: matched, but drawn into the untreated share of a rollout. - `bypass`: not looked at, or not acted on.
 */
export type DecisionKind = 'pass' | 'fix' | 'shadow' | 'control' | 'bypass';

/**
 * Why a request was bypassed. `disabled`: mode is off. `low_confidence`: every match is below the floor. `lossy`: every
 * match would lose something, which is not allowed here.
 * `error`: something inside Arc threw. `unreadable`: the parameters are not a plain object Arc can read.
 * `refused`: the guard refused the fix. `no_change`: the fix changed nothing.
 */
export type BypassReason =
  'disabled' | 'low_confidence' | 'lossy' | 'error' | 'unreadable' | 'refused' | 'no_change';

/** One field before and after, as a dotted path. `undefined` stands for an absent field. */
export interface FieldChange {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The outcome for one request. `params` is the caller's own object unless `kind` is `fix`. */
export interface Decision {
  readonly kind: DecisionKind;
  /** What to send: by reference the caller's object, or a copy that shares every untouched sub-object. */
  readonly params: Params;
  /** The patterns that acted (fix), would have acted (shadow, control) or were held back (bypass), best first. */
  readonly patterns: readonly PatternDefinition[];
  /** What changed (fix) or would have changed (shadow, control). */
  readonly changes: readonly FieldChange[];
  /** Patterns that were tested on the request as it came; what an index proposed in vain is among them. */
  readonly candidates?: number;
  readonly reason?: BypassReason;
  /** Set when something inside Arc threw; the original goes out. */
  readonly error?: unknown;
}
