import type { AccessPath, Equality, Scalar } from './access.js';
import { isShared } from './field-kinds.js';
import { seedOf } from './index-plan.js';
import { createKeyCollector } from './key-table.js';
import { createPhraseCollector } from './phrase-collector.js';
import { createPlanner, type Planner } from './planner.js';
import { createRangeCollector, type RangeCollector } from './range-collector.js';
import type { SharedPattern } from './shared-groups.js';
import { createSimilarCollector } from './similar-collector.js';
import {
  canFilePhrase,
  fileExact,
  filePhrase,
  fileSimilar,
  type FiledText,
  type TextTarget,
} from './text-filing.js';
import { addScalar, addWord, begin, finish, hash } from './value-hash.js';
import { createWaiting, type Draft } from './waiting.js';

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
  readonly plan: Planner['plan'];
  /** Patterns that only api, provider, operation and model speak for, or nothing at all. */
  readonly shared: readonly SharedPattern[];
  readonly ranges: RangeCollector;
  /** Files a pattern under its paths. */
  file(draft: Draft): void;
}

/** An empty filing. @param few - most patterns alike that are not filed. */
export function createFiling(few?: number): Filing {
  const planner = createPlanner();
  const [keys, signatures] = [createKeyCollector(), createKeyCollector()];
  const [phrases, similar] = [createPhraseCollector(), createSimilarCollector()];
  const ranges = createRangeCollector();
  const waiting = createWaiting(few);
  const shared: SharedPattern[] = [];
  const tables = { keys, signatures, phrases, similar, ranges };
  const target: Target = { ...tables, planner, modelTexts: 0, shortPhrases: 0 };
  return {
    ...tables,
    plan: planner.plan,
    get shared() {
      return [...shared, ...waiting.all()];
    },
    file(draft) {
      for (const { paths, number, api } of waiting.admit(draft)) {
        const filings = paths.flatMap((path) => prepare(target, path, number) ?? []);
        if (filings.length < paths.length) shared.push({ number, api });
        else for (const file of filings) file();
      }
    },
  };
}

interface Target extends TextTarget {
  readonly planner: Planner;
  readonly ranges: RangeCollector;
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
    case 'range':
      return prepareRange(target, path, number);
    case 'scan':
      return undefined;
  }
}

function prepareKey(
  { planner, keys }: Target,
  equalities: readonly Equality[],
  number: number,
): File | undefined {
  if (equalities.every(({ field }) => isShared(field))) return undefined;
  const values = new Map(equalities.map(({ field, value }) => [planner.field(field), value]));
  const set = planner.set([...values.keys()]);
  if (set === undefined) return undefined;
  const hashKey = keyHasher(seedOf('key', set), planner.plan.sets[set] ?? [], values);
  return () => {
    hashKey();
    keys.add(hash.low, hash.high, number);
  };
}

type RangePath = Extract<AccessPath, { readonly kind: 'range' }>;

function prepareRange(
  { planner, ranges }: Target,
  { equalities, range }: RangePath,
  number: number,
): File | undefined {
  const { least, most } = range;
  const values = new Map(equalities.map(({ field, value }) => [planner.field(field), value]));
  const measured = planner.range(range.field, range.measure);
  const set = measured === undefined ? undefined : planner.rangeKey([...values.keys()]);
  if (measured === undefined || set === undefined) return undefined;
  const hashKey = keyHasher(seedOf('range', set), planner.plan.rangeKeys[set] ?? [], values);
  return () => {
    hashKey();
    ranges.add(hash.low, hash.high, { measured, least, most, number });
  };
}

/** Computes the hash that a request has whose fields of a set have these values. */
function keyHasher(seed: number, set: readonly number[], values: ReadonlyMap<number, Scalar>): () => void {
  const parts = set.map((field) => hashOf(values.get(field) ?? null));
  return () => {
    begin(seed);
    for (const [low, high] of parts) {
      addWord(low);
      addWord(high);
    }
    finish();
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
  if (isShared(field)) {
    target.modelTexts += 1;
    return target.modelTexts <= FEW_MODEL_TEXTS;
  }
  if (kind !== 'phrase' || text.length >= SHORT_PHRASE) return false;
  target.shortPhrases += 1;
  return target.shortPhrases <= FEW_SHORT_PHRASES;
}
