import type { Condition, Match, Operators } from '../../contract/pattern.js';
import type { Member } from '../match-test.js';
import { isRecord } from '../own.js';

/** One test of one field. */
export interface Conjunct {
  readonly field: string;
  readonly condition: Operators;
}

/** The tests of a match that must all hold, those in nested `all` included. */
export function conjunctsOf(match: Match): readonly Conjunct[] {
  return Object.entries(match).flatMap(([key, value]) => {
    if (key === 'any' || key === 'not' || value === undefined) return [];
    if (key === 'all') return (value as readonly Match[]).flatMap(conjunctsOf); // the key fixes the type of its value
    return conjunctOf([key, value]);
  });
}

/** The test that one member of a match is, when its key is a field. */
export function conjunctOf([field, value]: Member): readonly Conjunct[] {
  const condition = value as Condition; // a field's value is nothing else
  return [{ field, condition: isRecord(condition) ? condition : { '=': condition } }];
}
