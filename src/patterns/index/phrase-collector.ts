import { distinctPhrases, type FiledPhrases } from './filed-phrases.js';
import { countGrams, cutLongPhrases } from './gram-choice.js';
import { hashBytes, SPARE_BYTES } from './gram-hash.js';
import { createIntegers, type Integers } from './integers.js';
import { OFFSET_BITS, PHRASE, PHRASE_SEED, type PhraseTable } from './phrase-table.js';
import { buildTree } from './phrase-tree.js';

/** Collects phrases for a table. */
export interface PhraseCollector {
  /**
   * Files a phrase.
   * @param bytes - its UTF-8, not empty.
   * @param stride - position in `STRIDES`; the phrase is long enough for it.
   * @param seed - of the hashes of the field and the stride.
   */
  add(bytes: Uint8Array, stride: number, seed: number, number: number): void;
  /** Whether there is room for no more than the phrases of one pattern. */
  readonly isFull: boolean;
  build(): PhraseTable;
}

/** A phrase and the place of a gram in it share 31 bits. */
const MAX_PHRASES = 2 ** (31 - OFFSET_BITS) - 1_000;
const FIRST_BYTES = 4_096;

/** An empty collector. */
export function createPhraseCollector(): PhraseCollector {
  let pool = new Uint8Array(FIRST_BYTES);
  let used = 0;
  const [starts, sizes, strides] = [createIntegers(), createIntegers(), createIntegers()];
  const [seeds, numbers] = [createIntegers(), createIntegers()];
  return {
    get isFull() {
      return starts.length >= MAX_PHRASES;
    },
    add(bytes, stride, seed, number) {
      pool = withRoom(pool, used, bytes.length + SPARE_BYTES);
      pool.set(bytes, used);
      starts.push(used);
      sizes.push(bytes.length);
      strides.push(stride);
      seeds.push(seed);
      numbers.push(number);
      used += bytes.length;
    },
    build() {
      const phrases: FiledPhrases = {
        view: new DataView(pool.buffer),
        starts: starts.view().slice(), // cutting long phrases changes them
        sizes: sizes.view().slice(),
        strides: strides.view(),
        seeds: seeds.view(),
        numbers: numbers.view(),
      };
      return buildTable(phrases);
    },
  };
}

function withRoom(pool: Uint8Array<ArrayBuffer>, used: number, more: number): Uint8Array<ArrayBuffer> {
  if (used + more <= pool.length) return pool;
  const next = new Uint8Array(Math.max(pool.length * 2, used + more));
  next.set(pool.subarray(0, used));
  return next;
}

function buildTable(filed: FiledPhrases): PhraseTable {
  const counts = countGrams(filed);
  cutLongPhrases(filed, counts);
  const { firsts, idOf } = distinctPhrases(filed);
  const phrases = new Int32Array(firsts.length * PHRASE);
  firsts.forEach((phrase, id) => {
    const [start, size] = [filed.starts[phrase] ?? 0, filed.sizes[phrase] ?? 0];
    phrases[id * PHRASE] = size;
    phrases[id * PHRASE + 1] = hashBytes(filed.view, start, size, PHRASE_SEED);
  });
  for (let salt = 0; ; salt += 1) {
    const tree = buildTree(filed, firsts, counts, salt);
    if (tree === undefined) continue;
    storeNumbers(filed.numbers, idOf, phrases, tree.lists);
    return { filter: tree.filter, slots: tree.slots, lists: tree.lists.view(), phrases };
  }
}

/** One pattern stands in the phrase itself; several, in a list. */
function storeNumbers(numbers: Int32Array, idOf: Int32Array, phrases: Int32Array, lists: Integers): void {
  const owners = new Int32Array(phrases.length / PHRASE);
  for (const id of idOf) owners[id] = (owners[id] ?? 0) + 1;
  idOf.forEach((id, index) => {
    const at = id * PHRASE + 2;
    const number = numbers[index] ?? 0;
    if (owners[id] === 1) {
      phrases[at] = number + 1;
      return;
    }
    if (phrases[at] === 0) {
      phrases[at] = -lists.length;
      lists.push(0);
      for (let owner = 0; owner < (owners[id] ?? 0); owner += 1) lists.push(0);
    }
    const list = -(phrases[at] ?? 0);
    const length = lists.at(list) + 1;
    lists.set(list, length);
    lists.set(list + length, number);
  });
}
