import type { FieldChange } from '../../contract/decision.js';
import type { Match, PatternDefinition } from '../../contract/pattern.js';
import type { Params, RequestView } from '../../contract/request.js';
import { type CompiledPattern, compilePattern } from '../../patterns/compile.js';
import { createFacts } from '../../patterns/facts.js';
import { shortFingerprint } from '../../patterns/fingerprint.js';
import type { Matcher } from '../../patterns/match.js';
import { decide } from '../decide.js';
import { LEARNED_ID, checked } from './check-lesson.js';
import type { Remedy } from './refused.js';

/** What was learned from a refusal. */
export interface Lesson {
  /** Repairs the next request of this kind before it leaves. */
  readonly pattern: PatternDefinition;
  /** The refused request, repaired. */
  readonly body: Params;
  /** What differs between the two. */
  readonly changes: readonly FieldChange[];
}

/** How sure Arc is of what a provider itself said. */
const CONFIDENCE = 0.9;
/** Providers change their minds: what was learned is learned anew after this long. */
const LIFE = '30d';

/** Providers whose rules do not depend on which model is served: they run their own. */
const OF_ONE_HOUSE: readonly string[] = [
  'openai',
  'anthropic',
  'mistral_ai',
  'deepseek',
  'gcp.gemini',
  'cohere',
  'perplexity',
];

/**
 * Makes a pattern of a remedy and tries it: it must be valid, fit the refused request, change it in an allowed way, and
 * no longer fit what comes out.
 */
export function buildPattern(view: RequestView, remedy: Remedy, lossy: boolean): Lesson | undefined {
  if (remedy.lossy === true && !lossy) return undefined;
  const pattern = checked(definitionOf(view, remedy));
  if (pattern === undefined) return undefined;
  const compiled = compilePattern(pattern);
  const decision = decide(view, only(compiled), { mode: 'apply', minConfidence: 0, lossy }, 0);
  if (decision.kind !== 'fix') return undefined;
  const model = decision.params['model'];
  const after = { ...view, params: decision.params, model: typeof model === 'string' ? model : view.model };
  if (compiled.test(createFacts(after))) return undefined;
  return { pattern, body: decision.params, changes: decision.changes };
}

function definitionOf(
  view: RequestView,
  { rule, description, match, fix, lossy, everyModel }: Remedy,
): unknown {
  const isWide = everyModel === true && OF_ONE_HOUSE.includes(view.provider);
  const model: Match = isWide ? {} : { model: view.model ?? { exists: false } };
  const whole: Match = { provider: view.provider, api: view.api, ...model, ...match };
  const provider = view.provider
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/\.{2,}|^[.-]+|[.-]+$/g, '')
    .slice(0, 32);
  return {
    id: `${LEARNED_ID}${provider || 'unknown'}.${rule}.x${shortFingerprint(JSON.stringify([whole, fix]))}`,
    description,
    match: whole,
    fix,
    confidence: CONFIDENCE,
    ttl: LIFE,
    ...(lossy === true && { lossy: true }),
  };
}

function only(pattern: CompiledPattern): Matcher {
  return { size: 1, match: (facts) => (pattern.test(facts) ? [pattern] : []) };
}
