import { ArcError } from '../../contract/errors.js';
import { seedOf } from '../index/index-plan.js';
import { addUnits, begin, finish, hash } from '../index/value-hash.js';
import { grown } from './byte-writer.js';

/**
 * Finds patterns by id: an open-addressing table of numbers, each with eight bits of the id's hash, so that few records
 * are read in vain. At least one slot is empty, so that every search ends.
 */
export type IdTable = Int32Array;

/** Most patterns of one image: what 24 bits hold beside 0. */
export const MAX_PATTERNS = 0xff_ffff;
/** Share of the slots in use at most. */
const LOAD = 0.7;
/** Room for hashes at first, in words. */
const FIRST = 16;
const NUMBER_BITS = 24;
const SEED = seedOf('id', 0);

/** Collects ids for a table. */
export interface IdCollector {
  /** Adds the id of the next number. */
  add(id: string): void;
  /** @throws {ArcError} `ARC_PACK_INVALID` when two are the same. */
  build(): IdTable;
}

/** An empty collector. */
export function createIdCollector(): IdCollector {
  let hashes = new Int32Array(FIRST);
  let count = 0;
  return {
    add(id) {
      if (count * 2 === hashes.length) hashes = grown(hashes);
      hashId(id);
      hashes[count * 2] = hash.low;
      hashes[count * 2 + 1] = hash.high;
      count += 1;
    },
    build() {
      const table = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, count / LOAD))));
      for (let number = 0; number < count; number += 1) insert(table, hashes, number);
      return table;
    },
  };
}

/** Two ids of one 64-bit hash are taken for the same: among a million that happens once in 40 million packs. */
function insert(table: IdTable, hashes: Int32Array, number: number): void {
  const [low, high] = [hashes[number * 2] ?? 0, hashes[number * 2 + 1] ?? 0];
  const mask = table.length - 1;
  let slot = low & mask;
  for (; table[slot] !== 0; slot = (slot + 1) & mask) {
    const other = numberIn(table[slot] ?? 0);
    if (hashes[other * 2] !== low || hashes[other * 2 + 1] !== high) continue;
    const message = `pattern ${number + 1} has the id of pattern ${other + 1}; ids are unique in a pack`;
    throw new ArcError('ARC_PACK_INVALID', message);
  }
  table[slot] = (high << NUMBER_BITS) | (number + 1);
}

/**
 * The number of an id, or -1.
 * @param idOf - reads the id of a number.
 */
export function findId(table: IdTable, id: string, idOf: (number: number) => string): number {
  hashId(id);
  return findIdHash(table, hash, (number) => idOf(number) === id);
}

/** Both halves of the hash of an id. */
export interface IdHash {
  readonly low: number;
  readonly high: number;
}

/** The hash of an id. */
export function idHash(id: string): IdHash {
  hashId(id);
  return { low: hash.low, high: hash.high };
}

/**
 * The number of an id that has this hash, or -1.
 * @param isIt - whether it is the id of a number. Hardly ever called in vain.
 */
export function findIdHash(table: IdTable, { low, high }: IdHash, isIt: (number: number) => boolean): number {
  const mask = table.length - 1;
  for (let slot = low & mask; ; slot = (slot + 1) & mask) {
    const entry = table[slot] ?? 0;
    if (entry === 0) return -1;
    const number = numberIn(entry);
    if (entry >> NUMBER_BITS === (high << NUMBER_BITS) >> NUMBER_BITS && isIt(number)) return number;
  }
}

/** The number a slot in use holds. */
export function numberIn(entry: number): number {
  return (entry & MAX_PATTERNS) - 1;
}

function hashId(id: string): void {
  begin(SEED);
  addUnits(id, 0, id.length);
  finish();
}
