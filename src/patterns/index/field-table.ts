// HOT: runs on every LLM call. Benchmark: npm run bench -- match
import { compileField, type FieldReader } from '../field-reader.js';
import type { RequestFacts } from '../facts.js';
import { addScalar, begin, finish, hash } from './value-hash.js';

/** The fields patterns are filed under, and what a request has in them, read at most once for a request. */
export interface FieldTable {
  /** The number of a field; the same for the same name. */
  numberOf(field: string): number;
  /** Begins a request; what was read of the one before is forgotten. */
  begin(facts: RequestFacts): void;
  /** What the request has in a field. May throw what the caller's own objects throw. */
  value(field: number): unknown;
  /** Whether the request has a scalar there, whose hash is then `lows[field]` and `highs[field]`. */
  isScalar(field: number): boolean;
  readonly lows: number[];
  readonly highs: number[];
}

const UNREAD = Symbol('unread');

/** What is known of each field, by its number. */
interface Columns {
  readonly values: unknown[];
  /** 0: not hashed yet; 1: a scalar; 2: none. */
  readonly states: number[];
  readonly lows: number[];
  readonly highs: number[];
}

/** A table without fields. */
export function createFieldTable(): FieldTable {
  const numbers = new Map<string, number>();
  const readers: FieldReader[] = [];
  const columns: Columns = { values: [], states: [], lows: [], highs: [] };
  const { values, states, lows, highs } = columns;
  let facts: RequestFacts | undefined;

  function value(field: number): unknown {
    const known = values[field];
    if (known !== UNREAD || facts === undefined) return known;
    return (values[field] = readers[field]?.(facts));
  }

  return {
    lows,
    highs,
    value,
    numberOf(name) {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, readers.length);
      addField(columns);
      return readers.push(compileField(name)) - 1;
    },
    begin(next) {
      facts = next;
      for (let field = 0; field < values.length; field += 1) {
        values[field] = UNREAD;
        states[field] = 0;
      }
    },
    isScalar(field) {
      if (states[field] === 0) states[field] = hashValue(columns, field, value(field)) ? 1 : 2;
      return states[field] === 1;
    },
  };
}

function addField({ values, states, lows, highs }: Columns): void {
  values.push(UNREAD);
  states.push(0);
  lows.push(0);
  highs.push(0);
}

function hashValue({ lows, highs }: Columns, field: number, found: unknown): boolean {
  begin(0);
  if (found === undefined || !addScalar(found)) return false;
  finish();
  lows[field] = hash.low;
  highs[field] = hash.high;
  return true;
}
