import { BLOOM_HEAD, bloomBit, type BloomBits } from './bloom-bits.js';
import type { KeyCollector } from './key-table.js';

/** Share of keys that were not added and pass. */
const FALSE_POSITIVES = 0.001;
/** Bytes of a key: both halves of its hash. */
const KEY_BYTES = 8;

/**
 * Has `bloom-filters` size and fill a filter. Its own hash takes 33 µs for a kilobyte and its look-ups make a list of
 * positions each, so it is given positions through the hashing it lets one replace, and its bits are looked up by
 * {@link mayHoldBits}. Loaded only here, when a large pack is compiled, and never in a process that only uses one.
 * @param keys - every key, as the two halves of its hash.
 */
export function buildBloom(keys: Pick<KeyCollector, 'count' | 'eachKey'>): BloomBits {
  const { BloomFilter, Hashing } = require('bloom-filters') as typeof import('bloom-filters');
  class StoredHashes extends Hashing {
    override getIndexes(key: Buffer, size: number, hashes: number): number[] {
      const [low, high] = [key.readInt32LE(0), key.readInt32LE(4)];
      return Array.from({ length: hashes }, (_, nth) => bloomBit(nth, low, high, size));
    }
  }
  const filter = BloomFilter.create(Math.max(1, keys.count), FALSE_POSITIVES);
  filter._hashing = new StoredHashes();
  const key = Buffer.alloc(KEY_BYTES);
  keys.eachKey((low, high) => {
    key.writeInt32LE(low, 0);
    key.writeInt32LE(high, 4);
    filter.add(key);
  });
  return toWords(filter._nbHashes, filter.size, filter._filter.array);
}

/** Eight bits a byte, the lowest first, are the same bits in words of four bytes. */
function toWords(hashes: number, size: number, bytes: Uint8Array): BloomBits {
  const words = new Int32Array(BLOOM_HEAD + Math.ceil(size / 32));
  words[0] = hashes;
  words[1] = size;
  for (let at = 0; at < bytes.length; at += 1) {
    const word = BLOOM_HEAD + (at >> 2);
    words[word] = (words[word] ?? 0) | ((bytes[at] ?? 0) << ((at & 3) * 8));
  }
  return words;
}
