// HOT: runs on every LLM call that a pack has patterns for. Benchmark: npm run bench -- match
import type { PatternDefinition } from '../../contract/pattern.js';
import type { CompiledPattern } from '../compile.js';
import type { Lives } from '../deadline.js';
import type { RequestFacts } from '../facts.js';
import { isExpired } from '../image/expiry-column.js';
import { findId, findIdHash, type IdHash } from '../image/id-table.js';
import type { SegmentImage, TableName } from '../image/layout.js';
import { createPatternReader, type PatternReader, type Trust } from '../image/pattern-reader.js';
import { readPlan } from '../image/read-plan.js';
import type { IndexPlan } from './index-plan.js';
import type { KeyTable } from './key-table.js';
import { hasNumber, type NumberSet } from './number-set.js';
import { createPatternCache } from './pattern-cache.js';
import { createPropose, type IndexTables } from './propose.js';
import { createSharedCandidates, type Numbered } from './shared-candidates.js';
import { matchShared } from './shared-match.js';

/** Patterns with their index. Never changes; a pattern is decoded and compiled when it becomes a candidate. */
export interface Segment {
  readonly image: SegmentImage;
  readonly size: number;
  /** The apis its patterns are for; undefined when some are for any. */
  readonly apis: readonly string[] | undefined;
  /** When its patterns die. */
  readonly lives: Lives;
  /**
   * Adds the living patterns that fit a request, in no order.
   * @param now - milliseconds since the epoch on the steady clock.
   * @param hidden - numbers that do not count.
   */
  match(facts: RequestFacts, now: number, found: CompiledPattern[], hidden?: NumberSet): void;
  /** Number of an id, or -1. */
  numberOf(id: string): number;
  /** The same by the hash of the id. @param isIt - whether it is the id of a number. */
  numberOfHash(hash: IdHash, isIt: (number: number) => boolean): number;
  /** @throws {ArcError} `ARC_PACK_INVALID` when what stands there is damaged. */
  idOf(number: number): string;
  /** @throws {ArcError} `ARC_PACK_INVALID` when what stands there is damaged. */
  versionOf(number: number): number;
  /** @throws {ArcError} `ARC_PACK_INVALID` when what stands there is damaged. */
  definition(number: number): PatternDefinition;
}

/** More candidates than this are sorted to find those that are there twice. */
const FEW = 16;

/**
 * Opens an image; nothing is built or copied.
 * @throws {ArcError} `ARC_PACK_INVALID` when the plan of its look-ups is damaged.
 */
export function openSegment(image: SegmentImage, trust: Trust): Segment {
  const reader = createPatternReader(image, trust);
  const patternOf = createPatternCache(image.patterns, reader.compiled);
  const plan = readPlan(image);
  const propose = createPropose(plan, tablesOf(image));
  const [ids, expires] = [image.words('ids'), image.words('expires')];
  const { ahead } = reader.lives;
  const shared = createSharedCandidates(sharedPatterns(image, plan, reader));
  // Ages run from now on, and not from when a pattern is first decoded; compiled patterns know when they die.
  if (trust.compiled === undefined) reader.lives.see(image.floats('ttl'));
  let free: number[] | undefined = [];
  return {
    image,
    size: image.patterns,
    apis: plan.apis ?? undefined,
    lives: reader.lives,
    numberOf: (id) => findId(ids, id, reader.idOf),
    numberOfHash: (hash, isIt) => findIdHash(ids, hash, isIt),
    idOf: reader.idOf,
    versionOf: reader.versionOf,
    definition: reader.definition,
    match(facts, now, found, hidden) {
      matchShared(shared(facts), { facts, now, found, hidden, patternOf });
      if (propose === undefined) return;
      const candidates = free ?? []; // a getter of the caller's may send a request of its own meanwhile
      free = undefined;
      propose(facts, candidates);
      dropRepeated(candidates);
      facts.candidates += candidates.length;
      for (const number of candidates) {
        if (hasNumber(hidden, number) || isExpired(expires, number, now - ahead)) continue;
        const pattern = patternOf(number);
        if (pattern && pattern.expiresAt > now && pattern.test(facts)) found.push(pattern);
      }
      candidates.length = 0;
      free = candidates;
    },
  };
}

/** What no index tells apart of an api. Decoded with the first call of it, and compiled when it is first tested. */
function sharedPatterns(
  image: SegmentImage,
  plan: IndexPlan,
  { readable }: PatternReader,
): (api: string) => readonly Numbered[] {
  const numbers = image.words('shared');
  const known: (readonly Numbered[])[] = [];
  return (api) => {
    let end = 0;
    return plan.shared.flatMap(([of, count], index) => {
      end += count;
      if (of !== null && of !== api) return [];
      return (known[index] ??= Array.from(numbers.subarray(end - count, end)).flatMap((number) => {
        const definition = readable(number);
        return definition ? [{ number, definition }] : [];
      }));
    });
  };
}

function dropRepeated(numbers: number[]): void {
  if (numbers.length < 2) return;
  if (numbers.length > FEW) numbers.sort(ascending);
  let kept = 0;
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index] ?? 0;
    if (numbers.length > FEW ? numbers[kept - 1] === number : isAmong(numbers, kept, number)) continue;
    numbers[kept] = number;
    kept += 1;
  }
  numbers.length = kept;
}

function isAmong(numbers: readonly number[], first: number, number: number): boolean {
  for (let index = 0; index < first; index += 1) if (numbers[index] === number) return true;
  return false;
}

function ascending(a: number, b: number): number {
  return a - b;
}

function tablesOf(image: SegmentImage): IndexTables {
  const table = (name: TableName): KeyTable => ({
    filter: image.words(`${name}.filter`),
    slots: image.words(`${name}.slots`),
    lists: image.words(`${name}.lists`),
  });
  return {
    keys: table('keys'),
    signatures: image.words('signatures'),
    bloom: image.words('signatures.bloom'),
    phrases: { ...table('phrases'), phrases: image.words('phrases.texts') },
    similar: { bands: table('similar'), records: image.words('similar.records') },
    ranges: {
      keys: table('ranges'),
      trees: image.words('ranges.trees'),
      bounds: image.floats('ranges.bounds'),
      numbers: image.words('ranges.numbers'),
    },
  };
}
