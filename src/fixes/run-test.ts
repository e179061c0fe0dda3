import type { Decision, FieldChange } from '../contract/decision.js';
import type { PatternDefinition } from '../contract/pattern.js';
import type { PatternTest } from '../contract/pattern-test.js';
import { compilePattern, type CompiledPattern } from '../patterns/compile.js';
import { equalsJson } from '../patterns/json-equal.js';
import type { Matcher } from '../patterns/match.js';
import { viewOf } from '../patterns/pattern-tests.js';
import { decide } from './decide.js';
import { diffParams } from './diff.js';

/** How a test went. */
export type TestOutcome =
  | { readonly passed: true }
  | {
      readonly passed: false;
      /** What was expected and what happened, one sentence. */
      readonly message: string;
      /** From what was expected to what came out, or from the request to what came out. */
      readonly differences: readonly FieldChange[];
    };

const PASSED: TestOutcome = Object.freeze({ passed: true });

/**
 * Runs one test of a pattern through the same decision calls go through. Only the pattern itself runs, and it acts
 * whatever its confidence, rollout, mode and age: a test is about its match and its fix.
 */
export function runTest(pattern: PatternDefinition, { request, expect }: PatternTest): TestOutcome {
  const view = viewOf(request, pattern);
  const { expires: _, ttl: __, mode: ___, ...rest } = pattern;
  const compiled = compilePattern({ ...rest, confidence: 1, rollout: 1 });
  const decision = decide(view, only(compiled), { mode: 'apply', minConfidence: 0, lossy: true }, 0);
  if (decision.error instanceof Error) return failed(`Arc failed on it: ${decision.error.message}`);
  if (expect === 'pass')
    return decision.kind === 'fix' ? failed('expected pass, was repaired', decision.changes) : PASSED;
  if (expect === 'fix')
    return decision.kind === 'fix' ? PASSED : failed(`expected fix, ${happened(decision)}`);
  if (equalsJson(decision.params, expect.params)) return PASSED;
  const how = decision.kind === 'fix' ? 'was repaired to others' : happened(decision);
  return failed(`expected these parameters, ${how}`, diffParams(expect.params, decision.params));
}

function only(pattern: CompiledPattern): Matcher {
  return { size: 1, match: (facts) => (pattern.test(facts) ? [pattern] : []) };
}

function happened({ kind, reason }: Decision): string {
  if (kind === 'pass') return 'did not match';
  if (reason === 'refused') return 'matched, but no fix may do that';
  return reason === 'no_change' ? 'matched, but the fix changed nothing' : `was ${reason ?? kind}`;
}

function failed(message: string, differences: readonly FieldChange[] = []): TestOutcome {
  return { passed: false, message, differences };
}
