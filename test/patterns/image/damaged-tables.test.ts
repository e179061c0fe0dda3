import test from 'ava';
import { checkImage } from '../../../src/patterns/image/check-image.js';
import { openImage } from '../../../src/patterns/image/layout.js';
import { COUNT, shared, SOUND, survives, use } from './damaged.js';

test('damaged image: a phrase table in which all leads to all is followed no further than a phrase is long', (t) => {
  const buffer = shared(SOUND);
  const image = openImage(buffer);
  image.words('phrases.filter').fill(-1);
  const lists = image.words('phrases.lists');
  const slots = image.words('phrases.slots');
  for (let at = 1; at < lists.length; at += 1) lists[at] = 0xff << 24; // a node without entries and every kind of step
  for (let at = 1; at < slots.length; at += 2)
    if (slots[at] !== 0) slots[at] = -1 - (at % (lists.length - 1));
  survives(t, () => use(buffer));
});

test('damaged image: a table without an empty slot, in which a search would not end, is refused', (t) => {
  for (const name of ['keys.slots', 'phrases.slots', 'similar.slots', 'ranges.slots', 'ids'] as const) {
    const buffer = shared(SOUND);
    openImage(buffer).words(name).fill(1);
    t.throws(() => checkImage(buffer), { code: 'ARC_PACK_INVALID', message: new RegExp(`"${name}"`) });
  }
});

test('damaged image: ranges that begin nowhere, go back or are of no field are refused', (t) => {
  const lies: readonly (readonly [at: number, value: number])[] = [
    [0, -1],
    [0, 2],
    [1, -1],
    [1, 1_000],
    [5, 0],
  ];
  for (const [at, value] of lies) {
    const buffer = shared(SOUND);
    openImage(buffer).words('ranges.trees')[at] = value;
    t.throws(() => checkImage(buffer), { message: /"ranges\.trees"/ }, `${at} ${value}`);
  }
  const buffer = shared(SOUND);
  openImage(buffer).words('ranges.numbers')[0] = COUNT;
  t.throws(() => checkImage(buffer), { message: /"ranges\.numbers"/ });
});

test('damaged image: a list of ranges that holds all trees again and again passes each once, whatever their ends', (t) => {
  const buffer = shared(SOUND);
  const image = openImage(buffer);
  const trees = image.words('ranges.trees').length / 2;
  image.words('ranges.filter').fill(-1);
  const lists = image.words('ranges.lists');
  t.true(trees > 2 && lists.length > 2);
  const slots = image.words('ranges.slots');
  for (const end of [NaN, 0, Infinity, -Infinity]) {
    image.floats('ranges.bounds').fill(end);
    for (let at = 1; at < lists.length; at += 1) lists[at] = at % trees;
    lists[0] = lists.length - 1;
    for (let at = 1; at < slots.length; at += 2) if (slots[at] !== 0) slots[at] = -1;
    survives(t, () => use(buffer));
  }
});
