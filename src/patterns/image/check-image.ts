import { BLOOM_HEAD } from '../index/bloom-bits.js';
import { RECORD } from '../index/similar-table.js';
import { checkAges } from './age-set.js';
import { checkPhrases } from './check-phrases.js';
import { checkRanges } from './check-ranges.js';
import { checkFilter, checkNumbers, checkSlots, checkTable, isPowerOfTwo } from './check-table.js';
import { numberIn } from './id-table.js';
import { openImage, refused, type SectionName, type SegmentImage } from './layout.js';
import { readMeta } from './pack-meta.js';
import { readPlaces } from './places.js';
import { readPlan } from './read-plan.js';

/** Bits a key sets in a Bloom filter: more than one of any use has. */
const MAX_HASHES = 64;

/**
 * Opens an image from outside and checks everything a look-up relies on, so that none can read out of bounds or run on
 * without end. Takes time in proportion to the index and allocates next to nothing. What the records hold is checked
 * when they are decoded, one by one.
 * @throws {ArcError} `ARC_PACK_INVALID`, naming the section.
 */
export function checkImage(bytes: SharedArrayBuffer): SegmentImage {
  const image = openImage(bytes);
  readMeta(image);
  const plan = readPlan(image);
  checkTable(image, 'keys', image.patterns);
  checkFilter(image, 'signatures');
  checkBloom(image);
  checkSlots(image, 'phrases');
  checkFilter(image, 'phrases.filter', 1);
  checkPhrases(image, (number) => number >= 0 && number < image.patterns);
  checkSimilar(image);
  checkRanges(image, plan.ranges.length);
  checkNumbers('shared', image.words('shared'), image.patterns);
  checkAges(image);
  readPlaces(image);
  checkIds(image);
  checkStarts(image, 'record.starts', 'records');
  checkStarts(image, 'value.starts', 'values');
  checkStarts(image, 'shape.starts', 'shapes');
  if (image.words('record.starts').length !== image.patterns + 1)
    throw refused('record.starts', `must have a place for each of ${image.patterns} patterns`);
  const expires = image.words('expires').length;
  if (expires !== 0 && expires !== image.patterns)
    throw refused('expires', `must have an instant for each of ${image.patterns} patterns, or none at all`);
  return image;
}

function checkSimilar(image: SegmentImage): void {
  const records = image.words('similar.records');
  if (records.length % RECORD !== 0) throw refused('similar.records', 'an item is cut');
  checkTable(image, 'similar', records.length / RECORD);
  for (let at = 0; at < records.length; at += RECORD)
    checkNumbers('similar.records', records.subarray(at, at + 1), image.patterns);
}

function checkBloom(image: SegmentImage): void {
  const words = image.words('signatures.bloom');
  if (words.length === 0) return;
  const [hashes = 0, size = 0] = words;
  const isSound =
    hashes > 0 && hashes <= MAX_HASHES && size > 0 && words.length === BLOOM_HEAD + Math.ceil(size / 32);
  if (!isSound) throw refused('signatures.bloom', `${hashes} bits a key and ${size} in all do not fit it`);
}

function checkIds(image: SegmentImage): void {
  const slots = image.words('ids');
  if (!isPowerOfTwo(slots.length)) throw refused('ids', 'its length is no power of two');
  let used = 0;
  for (const slot of slots) {
    if (slot === 0) continue;
    used += 1;
    if (numberIn(slot) < 0 || numberIn(slot) >= image.patterns)
      throw refused('ids', `there is no pattern ${numberIn(slot)}`);
  }
  if (used !== image.patterns || used === slots.length)
    throw refused('ids', `holds ${used} of ${image.patterns} ids in ${slots.length} slots`);
}

function checkStarts(image: SegmentImage, starts: SectionName, items: SectionName): void {
  const words = image.words(starts);
  if (words[0] !== 0 || words.at(-1) !== image.section(items).byteLength)
    throw refused(starts, `must lead from the beginning to the end of "${items}"`);
  let before = 0;
  for (const start of words) {
    if (start < before) throw refused(starts, 'must not go back');
    before = start;
  }
}
