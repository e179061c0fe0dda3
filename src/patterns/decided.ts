import type { Match } from '../contract/pattern.js';
import type { RequestFacts } from './facts.js';
import { compileMembers, type Member, type MatchTest } from './match-test.js';
import { isRecord } from './own.js';

/** Fields that many calls share. */
export const KEY_FIELDS: readonly KeyField[] = ['api', 'provider', 'model'];

/** A field that many calls share. */
export type KeyField = 'api' | 'provider' | 'model';

/** True for a field that many calls share. */
export function isKeyField(field: string): field is KeyField {
  return KEY_FIELDS.some((name) => name === field);
}

/**
 * What the fields that many calls share say alone about members of a match that must all hold: whether they do; undefined
 * when the rest of the request decides.
 * @param known - those of the fields that are looked at.
 * @throws {Error} when one of them was not checked and cannot be compiled.
 * @example decided(Object.entries({ api: 'ollama.chat', seed: 7 }), facts) // false for a call of another API
 */
export function decided(
  members: readonly Member[],
  facts: RequestFacts,
  known: readonly KeyField[] = KEY_FIELDS,
): boolean | undefined {
  let all: boolean | undefined = true;
  for (const member of members) {
    const holds = decidedMember(member, facts, known);
    if (holds === false) return false;
    if (holds === undefined) all = undefined;
  }
  return all;
}

function decidedMember(
  [key, value]: Member,
  facts: RequestFacts,
  known: readonly KeyField[],
): boolean | undefined {
  if (value === undefined) return true;
  const field = known.find((name) => name === key);
  if (field !== undefined) return isRecord(value) ? testOf(field, value)(facts) : facts.view[field] === value;
  const inner = (match: Match): boolean | undefined => decided(Object.entries(match), facts, known);
  if (key === 'all') return every((value as readonly Match[]).map(inner)); // the three keys fix the type of their value
  if (key === 'any') return not(every((value as readonly Match[]).map((match) => not(inner(match)))));
  return key === 'not' ? not(inner(value as Match)) : undefined;
}

function every(decisions: readonly (boolean | undefined)[]): boolean | undefined {
  if (decisions.includes(false)) return false;
  return decisions.includes(undefined) ? undefined : true;
}

function not(decision: boolean | undefined): boolean | undefined {
  return decision === undefined ? undefined : !decision;
}

/** Compiled tests of conditions with operators. */
const tests = new WeakMap<object, MatchTest>();

function testOf(key: KeyField, condition: Match): MatchTest {
  const known = tests.get(condition) ?? compileMembers([[key, condition]]);
  tests.set(condition, known);
  return known;
}
