import { SLOT } from '../index/phrase-table.js';
import { refused, type SectionName, type SegmentImage, type TableName } from './layout.js';

/** Words of a block of a filter; see key-filter.ts. */
const FILTER_BLOCK = 8;

/**
 * Checks a table of keys.
 * @param end - the lists hold numbers below this.
 */
export function checkTable(image: SegmentImage, name: Exclude<TableName, 'phrases'>, end: number): void {
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

/** Checks that a search ends, which it does at the first empty slot. */
export function checkSlots(image: SegmentImage, name: TableName): void {
  const slots = image.words(`${name}.slots`);
  if (!isPowerOfTwo(slots.length / SLOT)) throw refused(`${name}.slots`, 'its length is no power of two');
  for (let at = 1; at < slots.length; at += SLOT) if (slots[at] === 0) return;
  throw refused(`${name}.slots`, 'no slot is empty');
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

/** Checks that numbers of items are of such that are there. */
export function checkNumbers(section: SectionName, numbers: Int32Array, below: number): void {
  for (const number of numbers)
    if (number < 0 || number >= below) throw refused(section, `there is no item ${number} of ${below}`);
}

/** Checks the length of a filter. @param block - words of one of its blocks. */
export function checkFilter(image: SegmentImage, section: SectionName, block = FILTER_BLOCK): void {
  if (!isPowerOfTwo(image.words(section).length / block))
    throw refused(section, 'its length is no power of two of blocks');
}

/** Whether a number is 1, 2, 4, 8 and so on. */
export function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(value) && value > 0 && Number.isInteger(Math.log2(value));
}
