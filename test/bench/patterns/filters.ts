import { addToFilter, filterWords, mayHold } from '../../../src/patterns/index/key-filter.js';
import { addUnits, begin, finish, hash } from '../../../src/patterns/index/value-hash.js';
import { pick, createRandom, TEMPLATES } from '../million.js';
import type { Sample } from '../paired.js';
import { loadFrom } from '../peers.js';
import { createWriter } from './corpus.js';
import type { Works } from './task.js';
import { timeEach } from './timing.js';

/** A filter over texts. */
interface TextFilter {
  add(text: string): void;
  has(text: string): boolean;
}

/** Every filter that is measured. */
export const FILTERS = {
  "Arc's filter, Arc's hash": arcFilter,
  'bloom-filters, its own hash': (count) => bloomFilters(count),
  'bloom-filters, hashing with xxhash-wasm': async (count) => bloomFilters(count, await xxhash()),
} as const satisfies Readonly<Record<string, (count: number) => TextFilter | Promise<TextFilter>>>;

/** Name of one. */
export type FilterName = keyof typeof FILTERS;

/** Share of false positives asked for. */
const ERROR_RATE = 0.001;
const WORDS = 40;
/** Keys made at once while a filter is filled; only adding them is timed. */
const BLOCK = 1_000;

/** Fills a filter with prompts of about 250 characters and looks others up in it. */
export async function filter({
  filter: name,
  count,
}: Works['filter']['given']): Promise<(order: Works['filter']['order']) => Sample> {
  const made = await FILTERS[name](count);
  const [known, other] = [keyMaker(21), keyMaker(22)];
  const some: string[] = [];
  let seconds = 0;
  for (let done = 0; done < count; done += BLOCK) {
    const keys = Array.from({ length: Math.min(BLOCK, count - done) }, known);
    const startedAt = performance.now();
    for (const key of keys) made.add(key);
    seconds += (performance.now() - startedAt) / 1000;
    if (some.length < BLOCK) some.push(...keys);
  }
  return (order) => {
    if (order === 'build') return { seconds };
    const hits = Array.from({ length: order.calls }, (_, index) => copied(some[index % some.length] ?? ''));
    const misses = Array.from({ length: order.calls }, () => copied(other()));
    let [found, wrong] = [0, 0];
    const miss = timeEach(misses, (key) => void (wrong += Number(made.has(key))));
    const hit = timeEach(hits, (key) => void (found += Number(made.has(key))));
    if (found !== order.calls) throw new Error(`${name} has lost ${order.calls - found} keys`);
    return { hit: hit.p50, miss: miss.p50, p99: miss.p99, wrong: wrong / order.calls };
  };
}

function keyMaker(seed: number): () => string {
  const [random, writer] = [createRandom(seed), createWriter(seed)];
  return () => `${pick(TEMPLATES, random)} ${writer.words(WORDS)}`;
}

/** A string of its own, as a request brings it. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}

function arcFilter(count: number): TextFilter {
  const bits = new Int32Array(filterWords(count));
  const hashOf = (text: string): void => {
    begin(1);
    addUnits(text, 0, text.length);
    finish();
  };
  return {
    add(text) {
      hashOf(text);
      addToFilter(bits, hash.low, hash.high);
    },
    has(text) {
      hashOf(text);
      return mayHold(bits, hash.low, hash.high);
    },
  };
}

/** What is used of bloom-filters: `_hashing` is where its documentation says to put a hash of one's own. */
interface Bloom {
  readonly BloomFilter: { create(count: number, errorRate: number): TextFilter & { _hashing: object } };
  readonly Hashing: new () => { serialize(text: string, seed?: number): number };
}

type Hash32 = (text: string, seed: number) => number;

function bloomFilters(count: number, hash32?: Hash32): TextFilter {
  const { BloomFilter, Hashing } = loadFrom('rules')('bloom-filters') as Bloom;
  const made = BloomFilter.create(count, ERROR_RATE);
  if (hash32) {
    const hashing = new Hashing();
    hashing.serialize = (text, seed = 0) => hash32(text, seed % 2 ** 31);
    made._hashing = hashing;
  }
  return made;
}

async function xxhash(): Promise<Hash32> {
  const load = loadFrom('rules')('xxhash-wasm') as () => Promise<{ readonly h32: Hash32 }>;
  return (await load()).h32;
}
