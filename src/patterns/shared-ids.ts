import { idHash, type IdHash } from './image/id-table.js';
import type { Segment } from './index/segment.js';

/** An id that two segments hold: its number in each, and whether the version of the second is below (-1), equal to (0) or above (1). */
type Visit = (first: number, second: number, comparison: number) => void;

/** Two segments never change, so neither does what they share. Three numbers for each id. */
const known = new WeakMap<Segment, WeakMap<Segment, Int32Array>>();

/**
 * Calls back for every id that both segments hold. What takes long is done once for two segments, in time that grows with
 * the smaller of them.
 */
export function eachSharedId(first: Segment, second: Segment, visit: Visit): void {
  const [small, large] = first.size <= second.size ? [first, second] : [second, first];
  const triples = sharedIds(small, large);
  for (let at = 0; at < triples.length; at += 3) {
    const [inSmall = 0, inLarge = 0, comparison = 0] = triples.subarray(at, at + 3);
    if (small === first) visit(inSmall, inLarge, comparison);
    else visit(inLarge, inSmall, -comparison);
  }
}

function sharedIds(small: Segment, large: Segment): Int32Array {
  let others = known.get(small);
  if (others === undefined) known.set(small, (others = new WeakMap<Segment, Int32Array>()));
  let triples = others.get(large);
  if (triples === undefined) others.set(large, (triples = findSharedIds(small, large)));
  return triples;
}

/** Ids that are read and hashed at a time. Of a segment that has no more, the hashes are kept: each other pack asks. */
const CHUNK = 4_096;

interface HashedId extends IdHash {
  readonly number: number;
}

const hashed = new WeakMap<Segment, readonly HashedId[]>();

/** The numbers of each shared id in both segments, and how their versions compare. */
function findSharedIds(small: Segment, large: Segment): Int32Array {
  const triples: number[] = [];
  for (let from = 0; from < small.size; from += CHUNK) {
    for (const id of hashedIds(small, from)) {
      try {
        const { number } = id;
        const other = large.numberOfHash(id, (candidate) => large.idOf(candidate) === small.idOf(number));
        if (other >= 0)
          triples.push(number, other, Math.sign(large.versionOf(other) - small.versionOf(number)));
      } catch {
        // A damaged record has no id and never matches.
      }
    }
  }
  return Int32Array.from(triples);
}

function hashedIds(segment: Segment, from: number): readonly HashedId[] {
  const known = hashed.get(segment);
  if (known) return known;
  const ids: HashedId[] = [];
  for (let number = from; number < Math.min(from + CHUNK, segment.size); number += 1) {
    try {
      ids.push({ ...idHash(segment.idOf(number)), number });
    } catch {
      // A damaged record has no id.
    }
  }
  if (segment.size <= CHUNK) hashed.set(segment, ids);
  return ids;
}
