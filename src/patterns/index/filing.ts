import { exactText } from '../fingerprint.js';
import { SHARED_FIELDS, type AccessPath, type Equality, type Scalar } from './access.js';
import { encodeText, hashGram, STRIDES, strideOf } from './gram-scan.js';
import { prefixLength, seedOf, type IndexPlan } from './index-plan.js';
import { createKeyCollector, type KeyCollector } from './key-table.js';
import { fingerprintText, signText } from './text-signature.js';
import { addScalar, addUnits, addWord, begin, finish, hash } from './value-hash.js';

/** Most sets of fields in one index: each costs a look-up on every call. */
const MAX_SETS = 64;

/** What an index is built from. */
export interface Filing {
  readonly plan: IndexPlan;
  readonly keys: KeyCollector;
  readonly grams: KeyCollector;
  /** Signatures of exact texts; whose they are does not matter. */
  readonly signatures: KeyCollector;
  /** Patterns that only api, provider, operation and model speak for, or nothing at all. */
  readonly shared: readonly number[];
  /** Files a pattern under its paths. */
  file(paths: readonly AccessPath[], number: number): void;
}

/** Collects what a request has to be looked up for. */
interface Planner {
  readonly plan: IndexPlan;
  field(name: string): number;
  item(field: number): void;
  exact(field: number): void;
  prefix(field: number, length: number): void;
  phrase(field: number, stride: number): void;
  /** The set of all these fields, or of the most of them that is among the sets; undefined when none is. */
  set(fields: readonly number[]): number | undefined;
}

/** An empty filing. */
export function createFiling(): Filing {
  const planner = createPlanner();
  const [keys, grams, signatures] = [createKeyCollector(), createKeyCollector(), createKeyCollector()];
  const shared: number[] = [];
  const target: Target = { planner, keys, grams, signatures };
  return {
    plan: planner.plan,
    keys,
    grams,
    signatures,
    shared,
    file(paths, number) {
      const filed = paths.map((path) => fileUnder(target, path, number));
      if (filed.includes(false)) shared.push(number);
    },
  };
}

interface Target extends Pick<Filing, 'keys' | 'grams' | 'signatures'> {
  readonly planner: Planner;
}

/** @returns false for what has no key of its own. */
function fileUnder(target: Target, path: AccessPath, number: number): boolean {
  switch (path.kind) {
    case 'key':
      return fileKey(target, path.equalities, number);
    case 'item':
      return fileItem(target, path.field, path.value, number);
    case 'exact':
      return fileExact(target, path.field, path.text, number);
    case 'prefix':
      return filePrefix(target, path.field, path.text, number);
    case 'phrase':
      return filePhrase(target, path.field, path.text, number);
    case 'scan':
      return false;
  }
}

function fileKey({ planner, keys }: Target, equalities: readonly Equality[], number: number): boolean {
  if (equalities.every(({ field }) => SHARED_FIELDS.includes(field))) return false;
  const values = new Map(equalities.map(({ field, value }) => [planner.field(field), value]));
  const set = planner.set([...values.keys()]);
  if (set === undefined) return false;
  const parts = (planner.plan.sets[set] ?? []).map((field) => hashOf(values.get(field) ?? null));
  begin(seedOf('key', set));
  for (const [low, high] of parts) {
    addWord(low);
    addWord(high);
  }
  finish();
  keys.add(hash.low, hash.high, number);
  return true;
}

function hashOf(value: Scalar): readonly [low: number, high: number] {
  begin(0);
  addScalar(value);
  finish();
  return [hash.low, hash.high];
}

function fileItem({ planner, keys }: Target, name: string, value: Scalar, number: number): boolean {
  const field = planner.field(name);
  planner.item(field);
  begin(seedOf('item', field));
  addScalar(value);
  finish();
  keys.add(hash.low, hash.high, number);
  return true;
}

function fileExact(
  { planner, keys, signatures }: Target,
  name: string,
  text: string,
  number: number,
): boolean {
  const field = planner.field(name);
  const normal = exactText(text);
  planner.exact(field);
  if (signText(normal, seedOf('signature', field))) signatures.add(hash.low, hash.high, number);
  fingerprintText(normal, seedOf('exact', field));
  keys.add(hash.low, hash.high, number);
  return true;
}

function filePrefix({ planner, keys }: Target, name: string, text: string, number: number): boolean {
  const length = prefixLength(text);
  if (length === undefined) return false;
  const field = planner.field(name);
  planner.prefix(field, length);
  begin(seedOf('prefix', field, length));
  addUnits(text, 0, length);
  finish();
  keys.add(hash.low, hash.high, number);
  return true;
}

function filePhrase({ planner, grams }: Target, name: string, text: string, number: number): boolean {
  if (!text.isWellFormed()) return false; // half a character has no bytes of its own
  const encoded = encodeText(text);
  const stride = strideOf(encoded.length);
  if (stride === undefined) return false;
  const field = planner.field(name);
  const position = STRIDES.indexOf(stride);
  planner.phrase(field, position);
  for (let at = 0; at < stride.step; at += 1) {
    hashGram(encoded, at, stride.width, seedOf('gram', field, position));
    grams.add(hash.low, hash.high, number);
  }
  return true;
}

function createPlanner(): Planner {
  const fields: string[] = [];
  const sets: (readonly number[])[] = [];
  const items: number[] = [];
  const exact: number[] = [];
  const prefixes: (readonly [number, number])[] = [];
  const phrases: (readonly [number, number])[] = [];
  const numbers = new Map<string, number>();
  const known = new Map<string, number>();
  return {
    plan: { fields, sets, items, exact, prefixes, phrases },
    field(name) {
      const number = numbers.get(name) ?? fields.push(name) - 1;
      numbers.set(name, number);
      return number;
    },
    item: (field) => addOnce(items, field),
    exact: (field) => addOnce(exact, field),
    prefix: (field, length) => addPair(prefixes, field, length),
    phrase: (field, stride) => addPair(phrases, field, stride),
    set(of) {
      const ordered = of.toSorted((a, b) => a - b);
      const name = ordered.join();
      const set = known.get(name);
      if (set !== undefined) return set;
      if (sets.length >= MAX_SETS) return largestWithin(sets, ordered);
      known.set(name, sets.length);
      return sets.push(ordered) - 1;
    },
  };
}

function addOnce(list: number[], value: number): void {
  if (!list.includes(value)) list.push(value);
}

function addPair(list: (readonly [number, number])[], first: number, second: number): void {
  if (!list.some(([a, b]) => a === first && b === second)) list.push([first, second]);
}

function largestWithin(sets: readonly (readonly number[])[], fields: readonly number[]): number | undefined {
  let best: number | undefined;
  sets.forEach((set, index) => {
    if (!set.every((field) => fields.includes(field))) return;
    if (best === undefined || set.length > (sets[best]?.length ?? 0)) best = index;
  });
  return best;
}
