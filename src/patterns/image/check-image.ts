import type { KeyTable } from '../index/key-table.js';
import { numberIn } from './id-table.js';
import { openImage, refused, type SectionName, type SegmentImage } from './layout.js';
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
  checkTable(image, 'keys');
  checkTable(image, 'grams');
  checkFilter(image, 'signatures');
  checkNumbers(image, 'shared', image.words('shared'));
  checkNumbers(image, 'ttl', image.words('ttl'));
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

function checkTable(image: SegmentImage, name: 'keys' | 'grams'): void {
  checkFilter(image, `${name}.filter`);
  const table: Omit<KeyTable, 'filter'> = {
    slots: image.words(`${name}.slots`),
    lists: image.words(`${name}.lists`),
  };
  const { slots, lists } = table;
  if (!isPowerOfTwo(slots.length / 2)) throw refused(`${name}.slots`, 'its length is no power of two');
  let empty = 0;
  for (let at = 1; at < slots.length; at += 2) {
    const ref = slots[at] ?? 0;
    if (ref === 0) empty += 1;
    else if (ref > 0 ? ref > image.patterns : !isList(lists, -ref))
      throw refused(`${name}.slots`, `slot ${(at - 1) / 2} leads nowhere`);
  }
  if (empty === 0) throw refused(`${name}.slots`, 'no slot is empty');
  checkLists(image, name, lists);
}

function isList(lists: Int32Array, start: number): boolean {
  const length = lists[start - 1] ?? -1;
  return length >= 0 && start + length <= lists.length;
}

/** Lists stand one behind the other, each behind its length. */
function checkLists(image: SegmentImage, name: 'keys' | 'grams', lists: Int32Array): void {
  for (let at = 0; at < lists.length;) {
    const end = at + 1 + (lists[at] ?? 0);
    if (end <= at || end > lists.length) throw refused(`${name}.lists`, `the list at ${at} has no end`);
    checkNumbers(image, `${name}.lists`, lists.subarray(at + 1, end));
    at = end;
  }
}

function checkNumbers(image: SegmentImage, section: SectionName, numbers: Int32Array): void {
  for (const number of numbers)
    if (number < 0 || number >= image.patterns) throw refused(section, `there is no pattern ${number}`);
}

function checkFilter(image: SegmentImage, section: SectionName): void {
  if (!isPowerOfTwo(image.words(section).length / FILTER_BLOCK))
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
