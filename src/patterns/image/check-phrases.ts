import { KIND_BIT, PHRASE, SLOT } from '../index/phrase-table.js';
import { COMPARED_BYTES } from '../index/strides.js';
import { refused, type SegmentImage } from './layout.js';

/**
 * Checks what a look-up of phrases relies on. Entries may name phrases that are not there: they are found to be none.
 * @param isPattern - whether there is a pattern of a number.
 * @throws {ArcError} `ARC_PACK_INVALID`, naming the section.
 */
export function checkPhrases(image: SegmentImage, isPattern: (number: number) => boolean): void {
  const slots = image.words('phrases.slots');
  const lists = image.words('phrases.lists');
  const texts = image.words('phrases.texts');
  if (lists.length === 0) throw refused('phrases.lists', 'must begin with the salt');
  let words = 0; // lists that overlap could make a look-up pass the same words over and over
  for (let at = 1; at < slots.length; at += SLOT) {
    const ref = slots[at] ?? 0;
    if (ref >= 0) continue;
    const end = endOf(lists, ref, (1 << KIND_BIT) - 1);
    words += end + ref;
    if (end > lists.length) throw refused('phrases.slots', `slot ${(at - 1) / SLOT} leads nowhere`);
  }
  if (texts.length % PHRASE !== 0) throw refused('phrases.texts', 'an item is cut');
  for (let at = 0; at < texts.length; at += PHRASE) {
    const [size = 0, , ref = 0] = texts.subarray(at, at + PHRASE);
    const end = endOf(lists, ref, -1);
    if (ref < 0) words += end + ref;
    if (
      size < 1 ||
      size > COMPARED_BYTES ||
      (ref < 0 ? !isListOf(lists, ref, isPattern) : !isPattern(ref - 1))
    )
      throw refused('phrases.texts', `phrase ${at / PHRASE} leads nowhere`);
    if (words > lists.length) break;
  }
  if (words > lists.length) throw refused('phrases.lists', 'lists overlap');
}

/** Where a list or a node ends. @param mask - the bits of its first word that say how long it is. */
function endOf(lists: Int32Array, ref: number, mask: number): number {
  return -ref + 1 + ((lists[-ref] ?? 0) & mask);
}

function isListOf(lists: Int32Array, ref: number, isPattern: (number: number) => boolean): boolean {
  const end = endOf(lists, ref, -1);
  return end > -ref && end <= lists.length && lists.subarray(1 - ref, end).every(isPattern);
}
