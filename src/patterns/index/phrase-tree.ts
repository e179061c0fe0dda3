import { chooseGrams, type GramCounts } from './gram-choice.js';
import { hashBytes, hashGram } from './gram-hash.js';
import { createIntegers, type Integers } from './integers.js';
import { groupKeys, tableSize } from './key-groups.js';
import type { FiledPhrases } from './filed-phrases.js';
import {
  addToFilter,
  CHECK_SEED,
  KIND_BIT,
  OFFSET_BITS,
  SLOT,
  stepHigh,
  stepLow,
  STEPS,
  type PhraseTable,
} from './phrase-table.js';
import { STRIDES } from './strides.js';

/** Entries that stay together: comparing so many phrases costs less than a further look-up. */
const MOST_TOGETHER = 2;
/** Keys for each word of the filter: one in a hundred that is not there passes. */
const KEYS_PER_WORD = 2;

/** The part of a phrase table that leads from grams to phrases. */
export interface PhraseTree extends Pick<PhraseTable, 'filter' | 'slots'> {
  readonly lists: Integers;
}

interface Target {
  readonly filed: FiledPhrases;
  readonly firsts: Int32Array;
  readonly lists: Integers;
  readonly lows: Integers;
  readonly highs: Integers;
  readonly refs: Integers;
}

/** Entries that share a key. */
interface Bucket {
  readonly low: number;
  readonly high: number;
  readonly entries: readonly number[];
  /** How far their bytes are known to be the same: from `back` before the gram's place to `ahead` behind it. */
  readonly back: number;
  readonly ahead: number;
}

/**
 * Builds a tree.
 * @param firsts - the position of each distinct phrase in `filed`.
 * @param salt - goes into every hash.
 * @returns undefined when two keys look alike, which another salt puts right.
 */
export function buildTree(
  filed: FiledPhrases,
  firsts: Int32Array,
  counts: GramCounts,
  salt: number,
): PhraseTree | undefined {
  const grams = gramsOf(filed, firsts, counts, salt);
  const lists = createIntegers();
  lists.push(salt);
  const keys = { lows: createIntegers(), highs: createIntegers(), refs: createIntegers() };
  const target: Target = { filed, firsts, lists, ...keys };
  const { members, ends } = groupKeys(grams.lows.view(), grams.highs.view());
  for (let group = 0, from = 0; group < ends.length; from = ends[group] ?? 0, group += 1) {
    const first = members[from] ?? 0;
    const entries = Array.from(members.subarray(from, ends[group]), (member) => grams.entries.at(member));
    const ahead = commonWidth(target, entries);
    if (ahead === undefined) return undefined;
    const bucket = { low: grams.lows.at(first), high: grams.highs.at(first), entries, back: 0, ahead };
    if (!place(target, bucket)) return undefined;
  }
  const slots = slotsOf(target);
  return slots && { filter: filterOf(keys.lows), slots, lists };
}

interface Grams {
  readonly lows: Integers;
  readonly highs: Integers;
  readonly entries: Integers;
}

/** Both halves of the hash of every gram that is filed, and whose it is. */
function gramsOf(filed: FiledPhrases, firsts: Int32Array, counts: GramCounts, salt: number): Grams {
  const grams: Grams = { lows: createIntegers(), highs: createIntegers(), entries: createIntegers() };
  firsts.forEach((phrase, id) => {
    const start = filed.starts[phrase] ?? 0;
    const seed = (filed.seeds[phrase] ?? 0) ^ salt;
    const width = widthOf(filed, phrase);
    for (const offset of chooseGrams(filed, phrase, counts)) {
      grams.lows.push(hashGram(filed.view, start + offset, width, seed));
      grams.highs.push(hashBytes(filed.view, start + offset, width, seed ^ CHECK_SEED));
      grams.entries.push((id << OFFSET_BITS) | offset);
    }
  });
  return grams;
}

function widthOf({ strides }: FiledPhrases, phrase: number): number {
  return STRIDES[strides[phrase] ?? 0]?.width ?? 1;
}

function commonWidth({ filed, firsts }: Target, entries: readonly number[]): number | undefined {
  const widths = new Set(entries.map((entry) => widthOf(filed, firsts[entry >>> OFFSET_BITS] ?? 0)));
  const [width] = widths;
  return widths.size === 1 ? width : undefined;
}

/** Gives a bucket a key, a node when it needs one, and places what is below. @returns false when two keys look alike. */
function place(target: Target, bucket: Bucket): boolean {
  const { lows, highs, refs, lists } = target;
  const [only] = bucket.entries;
  lows.push(bucket.low);
  highs.push(bucket.high);
  if (bucket.entries.length === 1 && only !== undefined) {
    refs.push(only + 1);
    return true;
  }
  refs.push(-lists.length);
  if (bucket.entries.length <= MOST_TOGETHER) {
    addNode(lists, bucket.entries, 0);
    return true;
  }
  const { ends, below, kinds } = divide(target, bucket);
  addNode(lists, ends, kinds);
  return below !== undefined && below.every((next) => place(target, next));
}

function addNode(lists: Integers, entries: readonly number[], kinds: number): void {
  lists.push((kinds << KIND_BIT) | entries.length);
  for (const entry of entries) lists.push(entry);
}

interface Division {
  /** Entries of phrases that end here, on both sides. */
  readonly ends: readonly number[];
  /** The others by what they have next; undefined when two of these look alike. */
  readonly below: readonly Bucket[] | undefined;
  readonly kinds: number;
}

function divide(target: Target, bucket: Bucket): Division {
  const ends: number[] = [];
  const below = new Map<number, Bucket & { readonly entries: number[] }>();
  let kinds = 0;
  let isClear = true;
  for (const entry of bucket.entries) {
    const next = stepOf(target, bucket, entry);
    if (next === undefined) {
      ends.push(entry);
      continue;
    }
    kinds |= 1 << next.kind;
    const key = next.high * 2 ** 21 + (next.low >>> 11); // 53 bits of the 64
    const known = below.get(key);
    if (known === undefined) below.set(key, { ...next, entries: [entry] });
    else known.entries.push(entry);
    isClear &&=
      known === undefined || (known.low === next.low && known.ahead - known.back === next.ahead - next.back);
  }
  return { ends, below: isClear ? [...below.values()] : undefined, kinds };
}

type Step = Omit<Bucket, 'entries'> & { readonly kind: number };

/** The largest step that stays inside a phrase, forwards as long as there is something; undefined at its ends. */
function stepOf(
  { filed, firsts }: Target,
  { low, high, back, ahead }: Bucket,
  entry: number,
): Step | undefined {
  const phrase = firsts[entry >>> OFFSET_BITS] ?? 0;
  const offset = entry & ((1 << OFFSET_BITS) - 1);
  const restAhead = (filed.sizes[phrase] ?? 0) - offset - ahead;
  const kind = STEPS.findIndex((step) =>
    step > 0 ? step <= restAhead : restAhead === 0 && -step <= offset - back,
  );
  const step = STEPS[kind];
  if (step === undefined) return undefined;
  const gram = (filed.starts[phrase] ?? 0) + offset;
  const at = step > 0 ? gram + ahead : gram - back + step;
  const [nextBack, nextAhead] = step > 0 ? [back, ahead + step] : [back - step, ahead];
  return {
    kind,
    low: stepLow(filed.view, at, step, low),
    high: stepHigh(filed.view, at, step, high),
    back: nextBack,
    ahead: nextAhead,
  };
}

function filterOf(lows: Integers): Int32Array {
  const filter = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(1, lows.length / KEYS_PER_WORD))));
  for (let key = 0; key < lows.length; key += 1) addToFilter(filter, lows.at(key));
  return filter;
}

/** An open table; undefined when a key would be found in place of another. */
function slotsOf({ lows, highs, refs }: Target): Int32Array | undefined {
  const mask = tableSize(lows.length) - 1;
  const slots = new Int32Array((mask + 1) * SLOT);
  for (let key = 0; key < lows.length; key += 1) {
    let slot = lows.at(key) & mask;
    for (; slots[slot * SLOT + 1] !== 0; slot = (slot + 1) & mask) {
      if (slots[slot * SLOT] === highs.at(key)) return undefined;
    }
    slots[slot * SLOT] = highs.at(key);
    slots[slot * SLOT + 1] = refs.at(key);
  }
  return slots;
}
