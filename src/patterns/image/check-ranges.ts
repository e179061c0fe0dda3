import { NODE, TREE } from '../index/range-table.js';
import { checkNumbers, checkTable } from './check-table.js';
import { refused, type SegmentImage } from './layout.js';

/**
 * Checks what a look-up of ranges relies on: where trees begin and whose their nodes are. The ends of ranges may be any
 * numbers: a tree out of order only finds less.
 * @param measured - how many measured fields the plan has.
 * @throws {ArcError} `ARC_PACK_INVALID`, naming the section.
 */
export function checkRanges(image: SegmentImage, measured: number): void {
  const trees = image.words('ranges.trees');
  const numbers = image.words('ranges.numbers');
  if (trees.length % TREE !== 0) throw refused('ranges.trees', 'an item is cut');
  checkTable(image, 'ranges', trees.length / TREE);
  checkNumbers('ranges.numbers', numbers, image.patterns);
  if (image.floats('ranges.bounds').length !== numbers.length * NODE)
    throw refused('ranges.bounds', `must have ${NODE} numbers for each of ${numbers.length} ranges`);
  let before = 0;
  for (let at = 0; at < trees.length; at += TREE) {
    const [of = -1, first = -1] = [trees[at], trees[at + 1]];
    if (of < 0 || of >= measured || first < before || first > numbers.length)
      throw refused('ranges.trees', `tree ${at / TREE} leads nowhere`);
    before = first;
  }
}
