// HOT: runs on every LLM call; a request that matches nothing costs one look-up and one small object. Benchmark: npm run bench -- match
import type { BypassReason, Decision, FieldChange } from '../contract/decision.js';
import { ArcError } from '../contract/errors.js';
import type { Mode, PatternDefinition } from '../contract/pattern.js';
import type { Params, RequestView } from '../contract/request.js';
import type { CompiledPattern } from '../patterns/compile.js';
import { type RequestFacts, createFacts, factOf, factsAfter } from '../patterns/facts.js';
import { stableShare } from '../patterns/fingerprint.js';
import type { Matcher } from '../patterns/match.js';
import { applyFix } from './apply.js';
import { diffParams } from './diff.js';
import { guardFix } from './guard.js';

/** What the process has been told. */
export interface DecideSettings {
  readonly mode: Mode;
  /** Lowest confidence that may change a request, from 0 to 1. */
  readonly minConfidence: number;
  /** Whether repairs may act that drop something the caller wrote; they may not when left out. */
  readonly lossy?: boolean;
}

/** What a pattern may do to this request. `none`: its confidence is below the floor, or it is lossy and that is not allowed. */
type Arm = 'fix' | 'shadow' | 'control' | 'none';

interface Call {
  readonly view: RequestView;
  /** Facts of the request as the caller wrote it; the draw of a rollout is made on these. */
  readonly facts: RequestFacts;
  readonly matcher: Matcher;
  readonly settings: DecideSettings;
  readonly now: number;
}

interface Repair {
  readonly params: Params;
  readonly acted: readonly PatternDefinition[];
  readonly changes: readonly FieldChange[];
  readonly refused: boolean;
}

/** A repair may make another pattern fit. Eight rounds are far more than real requests need. */
const MAX_ROUNDS = 8;

const NO_PATTERNS: readonly PatternDefinition[] = Object.freeze([]);
const NO_CHANGES: readonly FieldChange[] = Object.freeze([]);
const ARMS: readonly Exclude<Arm, 'none'>[] = ['fix', 'shadow', 'control'];

/**
 * Decides what happens to a request. Never throws: whatever goes wrong, the decision is `bypass` with the caller's own
 * parameters.
 * @param now - milliseconds since the epoch, on the steady clock.
 */
export function decide(view: RequestView, matcher: Matcher, settings: DecideSettings, now: number): Decision {
  if (settings.mode === 'off') return bypass(view, 'disabled', NO_PATTERNS);
  try {
    const facts = createFacts(view);
    const matched = matcher.match(facts, now);
    if (matched.length === 0) return pass(facts);
    return act({ view, facts, matcher, settings, now }, matched);
  } catch (error) {
    return { ...bypass(view, 'error', NO_PATTERNS), error };
  }
}

function act(call: Call, matched: readonly CompiledPattern[]): Decision {
  const { view, facts } = call;
  const { candidates } = facts;
  const arms = matched.map((pattern) => armOf(pattern, call));
  let refused = false;
  for (const arm of ARMS) {
    if (!arms.includes(arm)) continue;
    const repair = repairAs(arm, call, matched);
    refused ||= repair.refused;
    const { acted: patterns, changes } = repair;
    if (changes.length > 0)
      return {
        kind: arm,
        params: arm === 'fix' ? repair.params : view.params,
        patterns,
        changes,
        candidates,
      };
  }
  const held = matched.filter((_, index) => arms[index] !== 'none');
  const left =
    held.length === 0
      ? bypass(view, reasonOf(call, matched), matched.map(definitionOf))
      : bypass(view, refused ? 'refused' : 'no_change', held.map(definitionOf));
  return { ...left, candidates };
}

/** Why none of the patterns may act. */
function reasonOf({ settings }: Call, matched: readonly CompiledPattern[]): BypassReason {
  const isSure = matched.some(({ definition }) => definition.confidence >= settings.minConfidence);
  return isSure ? 'lossy' : 'low_confidence';
}

function armOf({ definition }: CompiledPattern, { view, facts, settings }: Call): Arm {
  if (definition.confidence < settings.minConfidence) return 'none';
  if (definition.lossy === true && settings.lossy !== true) return 'none';
  if (definition.rollout < 1 && stableShare(drawOf(definition.id, view, facts)) >= definition.rollout)
    return 'control';
  return settings.mode === 'shadow' || definition.mode === 'shadow' ? 'shadow' : 'fix';
}

/** The same prompt to the same model is always on the same side, in every process and after every restart. */
function drawOf(id: string, view: RequestView, facts: RequestFacts): string {
  const text = factOf(facts, 'last_user_text');
  return [id, view.model ?? '', typeof text === 'string' ? text : ''].join('\u0000');
}

/** Applies the patterns of one arm, best first, until none changes anything any more. */
function repairAs(arm: Arm, call: Call, matched: readonly CompiledPattern[]): Repair {
  const acted: PatternDefinition[] = [];
  let params = call.view.params;
  let changes = NO_CHANGES;
  let refused = false;
  let patterns = matched;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const result = applyRound(arm, call, { params, patterns, acted });
    refused ||= result.refused;
    if (result.changes.length === 0) {
      return { params, acted: changes.length > 0 ? acted : NO_PATTERNS, changes, refused };
    }
    params = result.params;
    changes = round === 0 ? result.changes : diffParams(call.view.params, params);
    patterns = call.matcher.match(factsAfter(call.facts, withParams(call.view, params)), call.now);
  }
  const ids = acted.map(({ id }) => id).join(', ');
  throw new ArcError(
    'ARC_FIX_REFUSED',
    `patterns ${ids} still change the request after ${MAX_ROUNDS} rounds`,
  );
}

/** Patterns to apply to the parameters as they are after earlier rounds. */
interface Round {
  readonly params: Params;
  readonly patterns: readonly CompiledPattern[];
  /** Grows by those that act. */
  readonly acted: PatternDefinition[];
}

/** What a round did. */
type RoundResult = Omit<Repair, 'acted'>;

function applyRound(arm: Arm, call: Call, { params, patterns, acted }: Round): RoundResult {
  let current = withParams(call.view, params);
  let changes = NO_CHANGES;
  let refused = false;
  for (const pattern of patterns) {
    if (armOf(pattern, call) !== arm) continue;
    if (current.params !== params && !pattern.test(factsAfter(call.facts, current))) continue;
    const result = applyFix(current, pattern.definition.fix);
    if (result.changes.length === 0) continue;
    if (guardFix(current, result.params, result.changes).allowed) {
      if (!acted.includes(pattern.definition)) acted.push(pattern.definition);
      // What one fix did is known; of several, one may have undone another.
      changes = current.params === params ? result.changes : diffParams(params, result.params);
      current = withParams(current, result.params);
    } else refused = true;
  }
  return { params: current.params, changes, refused };
}

/** The view of a changed request; the model may have changed with it. */
function withParams(view: RequestView, params: Params): RequestView {
  if (params === view.params) return view;
  const model = params['model'];
  return { ...view, params, model: typeof model === 'string' ? model : view.model };
}

function definitionOf({ definition }: CompiledPattern): PatternDefinition {
  return definition;
}

function pass({ view: { params }, candidates }: RequestFacts): Decision {
  return { kind: 'pass', params, patterns: NO_PATTERNS, changes: NO_CHANGES, candidates };
}

function bypass(
  { params }: RequestView,
  reason: BypassReason,
  patterns: readonly PatternDefinition[],
): Decision {
  return { kind: 'bypass', params, patterns, changes: NO_CHANGES, reason };
}
