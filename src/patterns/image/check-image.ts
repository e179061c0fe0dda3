import { SLOT } from '../index/phrase-table.js';
import { RECORD } from '../index/similar-table.js';
import { checkPhrases } from './check-phrases.js';
import { numberIn } from './id-table.js';
import { openImage, refused, type SectionName, type SegmentImage, type TableName } from './layout.js';
import { readMeta } from './pack-meta.js';
import { readPlaces } from './places.js';
import { readPlan } from './read-plan.js';

/** Words of a block of a filter; see key-filter.ts. */
const FILTER_BLOCK = 8;

/**
 * Opens an image from outside and checks everything a look-up relies on, so that none can read out of bounds or run on
 * without end. Takes time in proportion to the index and allocates next to nothing. What the records hold is checked
 * when they are decoded, one by one.
 * @throws {ArcError} `ARC_PACK_INVALID`, naming the section.
 */
export function checkImage(bytes: SharedArrayBuffer): SegmentImage {
  const image = openImage(bytes);
  readMeta(image);
  readPlan(image);
  checkTable(image, 'keys', image.patterns);
  checkFilter(image, 'signatures');
  checkSlots(image, 'phrases');
  checkFilter(image, 'phrases.filter', 1);
  checkPhrases(image, (number) => number >= 0 && number < image.patterns);
  checkSimilar(image);
  checkNumbers('shared', image.words('shared'), image.patterns);
  checkNumbers('ttl', image.words('ttl'), image.patterns);
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

/** @param end - the lists hold numbers below this. */
function checkTable(image: SegmentImage, name: 'keys' | 'similar', end: number): void {
  checkFilter(image, `${name}.filter`);
  checkSlots(image, name);
  const slots = image.words(`${name}.slots`);
  const lists = image.words(`${name}.lists`);
  for (let at = 1; at < slots.length; at += SLOT) {
    const ref = slots[at] ?? 0;
    if (ref > 0 ? ref > end : ref < 0 && !isList(lists, -ref))
      throw refused(`${name}.slots`, `slot ${(at - 1) / SLOT} leads nowhere`);
  }
  checkLists(`${name}.lists`, lists, end);
}

/** A search ends at the first empty slot. */
function checkSlots(image: SegmentImage, name: TableName): void {
  const slots = image.words(`${name}.slots`);
  if (!isPowerOfTwo(slots.length / SLOT)) throw refused(`${name}.slots`, 'its length is no power of two');
  for (let at = 1; at < slots.length; at += SLOT) if (slots[at] === 0) return;
  throw refused(`${name}.slots`, 'no slot is empty');
}

function checkSimilar(image: SegmentImage): void {
  const records = image.words('similar.records');
  if (records.length % RECORD !== 0) throw refused('similar.records', 'an item is cut');
  checkTable(image, 'similar', records.length / RECORD);
  for (let at = 0; at < records.length; at += RECORD)
    checkNumbers('similar.records', records.subarray(at, at + 1), image.patterns);
}

function isList(lists: Int32Array, start: number): boolean {
  const length = lists[start - 1] ?? -1;
  return length >= 0 && start + length <= lists.length;
}

/** Lists stand one behind the other, each behind its length. */
function checkLists(section: SectionName, lists: Int32Array, below: number): void {
  for (let at = 0; at < lists.length;) {
    const end = at + 1 + (lists[at] ?? 0);
    if (end <= at || end > lists.length) throw refused(section, `the list at ${at} has no end`);
    checkNumbers(section, lists.subarray(at + 1, end), below);
    at = end;
  }
}

function checkNumbers(section: SectionName, numbers: Int32Array, below: number): void {
  for (const number of numbers)
    if (number < 0 || number >= below) throw refused(section, `there is no item ${number} of ${below}`);
}

function checkFilter(image: SegmentImage, section: SectionName, block = FILTER_BLOCK): void {
  if (!isPowerOfTwo(image.words(section).length / block))
    throw refused(section, 'its length is no power of two of blocks');
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

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(value) && value > 0 && Number.isInteger(Math.log2(value));
}
