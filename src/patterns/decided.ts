import type { Match } from '../contract/pattern.js';
import type { RequestFacts } from './facts.js';
import { compileMembers, type Member, type MatchTest } from './match-test.js';
import { isRecord } from './own.js';

/** Fields that many calls share. */
export const KEY_FIELDS: readonly string[] = ['api', 'provider', 'model'];

/**
 * What api, provider and model alone say about members of a match that must all hold: whether they do; undefined when the
 * rest of the request decides.
 * @throws {Error} when one of them was not checked and cannot be compiled.
 * @example decided(Object.entries({ api: 'ollama.chat', seed: 7 }), facts) // false for a call of another API
 */
export function decided(members: readonly Member[], facts: RequestFacts): boolean | undefined {
  let all: boolean | undefined = true;
  for (const [key, value] of members) {
    const holds = decidedMember(key, value, facts);
    if (holds === false) return false;
    if (holds === undefined) all = undefined;
  }
  return all;
}

function decidedMember(key: string, value: Match[string], facts: RequestFacts): boolean | undefined {
  if (value === undefined) return true;
  const inner = (match: Match): boolean | undefined => decided(Object.entries(match), facts);
  if (key === 'all') return every((value as readonly Match[]).map(inner)); // the three keys fix the type of their value
  if (key === 'any') return not(every((value as readonly Match[]).map((match) => not(inner(match)))));
  if (key === 'not') return not(inner(value as Match));
  return KEY_FIELDS.includes(key) ? testOf(key, value)(facts) : undefined;
}

function every(decisions: readonly (boolean | undefined)[]): boolean | undefined {
  if (decisions.includes(false)) return false;
  return decisions.includes(undefined) ? undefined : true;
}

function not(decision: boolean | undefined): boolean | undefined {
  return decision === undefined ? undefined : !decision;
}

/** Compiled tests of conditions that are objects. */
const tests = new WeakMap<object, MatchTest>();

function testOf(key: string, value: Match[string]): MatchTest {
  if (!isRecord(value)) return compileMembers([[key, value]]);
  const known = tests.get(value) ?? compileMembers([[key, value]]);
  tests.set(value, known);
  return known;
}
