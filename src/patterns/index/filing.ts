import { SHARED_FIELDS, type AccessPath, type Equality, type Scalar } from './access.js';
import { seedOf, type IndexPlan } from './index-plan.js';
import { createKeyCollector } from './key-table.js';
import { createPhraseCollector } from './phrase-collector.js';
import { createSimilarCollector } from './similar-table.js';
import {
  canFilePhrase,
  fileExact,
  filePhrase,
  fileSimilar,
  type FiledText,
  type TextTarget,
} from './text-filing.js';
import { addScalar, addWord, begin, finish, hash } from './value-hash.js';

/** Most sets of fields in one index: each costs a look-up on every call. */
const MAX_SETS = 64;
/**
 * Patterns that tell models apart by a part of the name. So many are cheaper when the ones that fit a model are remembered
 * than when every call looks its model up.
 */
const FEW_MODEL_TEXTS = 256;
/** Phrases of fewer characters make every byte of a text be looked at; so few are cheaper to look for in turn. */
const SHORT_PHRASE = 4;
const FEW_SHORT_PHRASES = 64;

/** What an index is built from. */
export interface Filing extends TextTarget {
  readonly plan: IndexPlan;
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
  phrase(field: number, stride: number): void;
  similar(field: number, bands: number): void;
  /** The set of all these fields, or of the most of them that is among the sets; undefined when none is. */
  set(fields: readonly number[]): number | undefined;
}

/** An empty filing. */
export function createFiling(): Filing {
  const planner = createPlanner();
  const [keys, signatures] = [createKeyCollector(), createKeyCollector()];
  const [phrases, similar] = [createPhraseCollector(), createSimilarCollector()];
  const shared: number[] = [];
  const target: Target = { planner, keys, signatures, phrases, similar, modelTexts: 0, shortPhrases: 0 };
  return {
    plan: planner.plan,
    keys,
    signatures,
    phrases,
    similar,
    shared,
    file(paths, number) {
      const filings = paths.flatMap((path) => prepare(target, path, number) ?? []);
      if (filings.length < paths.length) shared.push(number);
      else for (const file of filings) file();
    },
  };
}

interface Target extends TextTarget {
  readonly planner: Planner;
  modelTexts: number;
  shortPhrases: number;
}

/** Files a pattern under one path. */
type File = () => void;

/** @returns undefined for what has no key of its own: then the pattern is filed nowhere else either. */
function prepare(target: Target, path: AccessPath, number: number): File | undefined {
  switch (path.kind) {
    case 'key':
      return prepareKey(target, path.equalities, number);
    case 'item':
      return prepareItem(target, path.field, path.value, number);
    case 'exact':
    case 'prefix':
    case 'phrase':
    case 'similar':
      return prepareText(target, path, number);
    case 'scan':
      return undefined;
  }
}

function prepareKey(
  { planner, keys }: Target,
  equalities: readonly Equality[],
  number: number,
): File | undefined {
  if (equalities.every(({ field }) => SHARED_FIELDS.includes(field))) return undefined;
  const values = new Map(equalities.map(({ field, value }) => [planner.field(field), value]));
  const set = planner.set([...values.keys()]);
  if (set === undefined) return undefined;
  const parts = (planner.plan.sets[set] ?? []).map((field) => hashOf(values.get(field) ?? null));
  return () => {
    begin(seedOf('key', set));
    for (const [low, high] of parts) {
      addWord(low);
      addWord(high);
    }
    finish();
    keys.add(hash.low, hash.high, number);
  };
}

function hashOf(value: Scalar): readonly [low: number, high: number] {
  begin(0);
  addScalar(value);
  finish();
  return [hash.low, hash.high];
}

function prepareItem({ planner, keys }: Target, name: string, value: Scalar, number: number): File {
  const field = planner.field(name);
  return () => {
    planner.item(field);
    begin(seedOf('item', field));
    addScalar(value);
    finish();
    keys.add(hash.low, hash.high, number);
  };
}

type TextPath = Extract<AccessPath, { readonly text: string }>;

function prepareText(target: Target, path: TextPath, number: number): File | undefined {
  if (isOneOfFew(target, path)) return undefined;
  const { planner } = target;
  const filed: FiledText = { field: planner.field(path.field), text: path.text };
  if (path.kind === 'exact') {
    return () => {
      fileExact(target, filed, number);
      planner.exact(filed.field);
    };
  }
  if (path.kind === 'similar') {
    return () => planner.similar(filed.field, fileSimilar(target, filed, path.threshold, number));
  }
  if (!canFilePhrase(target, path.text)) return undefined;
  return () => planner.phrase(filed.field, filePhrase(target, filed, path.kind === 'prefix', number));
}

function isOneOfFew(target: Target, { kind, field, text }: TextPath): boolean {
  if (SHARED_FIELDS.includes(field)) {
    target.modelTexts += 1;
    return target.modelTexts <= FEW_MODEL_TEXTS;
  }
  if (kind !== 'phrase' || text.length >= SHORT_PHRASE) return false;
  target.shortPhrases += 1;
  return target.shortPhrases <= FEW_SHORT_PHRASES;
}

function createPlanner(): Planner {
  const fields: string[] = [];
  const sets: (readonly number[])[] = [];
  const items: number[] = [];
  const exact: number[] = [];
  const phrases: (readonly [number, number])[] = [];
  const similar: (readonly [number, number])[] = [];
  const numbers = new Map<string, number>();
  const known = new Map<string, number>();
  return {
    plan: { fields, sets, items, exact, phrases, similar },
    field(name) {
      const number = numbers.get(name) ?? fields.push(name) - 1;
      numbers.set(name, number);
      return number;
    },
    item: (field) => addOnce(items, field),
    exact: (field) => addOnce(exact, field),
    phrase: (field, stride) => addPair(phrases, field, stride),
    similar: (field, bands) => addMost(similar, field, bands),
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

function addMost(list: (readonly [number, number])[], first: number, second: number): void {
  const at = list.findIndex(([known]) => known === first);
  if (at < 0) list.push([first, second]);
  else list[at] = [first, Math.max(second, list[at]?.[1] ?? 0)];
}

function largestWithin(sets: readonly (readonly number[])[], fields: readonly number[]): number | undefined {
  let best: number | undefined;
  sets.forEach((set, index) => {
    if (!set.every((field) => fields.includes(field))) return;
    if (best === undefined || set.length > (sets[best]?.length ?? 0)) best = index;
  });
  return best;
}
