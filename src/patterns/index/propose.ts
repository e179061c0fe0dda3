// HOT: runs on every LLM call. Benchmark: npm run bench -- match
import { exactKeyOf, type RequestFacts } from '../facts.js';
import { listOf } from '../own.js';
import { createFieldTable, type FieldTable } from './field-table.js';
import { encodeText, STRIDES, type Stride, type TextBytes } from './gram-scan.js';
import { seedOf, type IndexPlan } from './index-plan.js';
import { mayHold, type KeyFilter } from './key-filter.js';
import { findInTable, type KeyTable } from './key-table.js';
import { fingerprintText, signText } from './text-signature.js';
import { addScalar, addUnits, addWord, begin, finish, hash } from './value-hash.js';

/** The tables of an index. */
export interface IndexTables {
  readonly keys: KeyTable;
  readonly grams: KeyTable;
  readonly signatures: KeyFilter;
}

/** Adds to `found` the numbers of all patterns that may fit a request; some more than once, and some that do not. */
export type Propose = (facts: RequestFacts, found: number[]) => void;

/** Makes the look-ups of a plan. */
export function createPropose(plan: IndexPlan, tables: IndexTables): Propose {
  const table = createFieldTable();
  for (const field of plan.fields) table.numberOf(field);
  const steps = [
    ...plan.sets.map((set, index) => setStep(table, tables.keys, set, seedOf('key', index))),
    ...plan.items.map((field) => itemStep(table, tables.keys, field)),
    ...plan.exact.map((field) => exactStep(table, tables, field)),
    ...plan.prefixes.map(([field, length]) => prefixStep(table, tables.keys, field, length)),
    ...plan.fields.flatMap((_, field) => phraseStep(table, tables.grams, field, plan.phrases)),
  ];
  return (facts, found) => {
    table.begin(facts);
    for (const step of steps) step(facts, found);
  };
}

function setStep(table: FieldTable, keys: KeyTable, set: readonly number[], seed: number): Propose {
  return (_facts, found) => {
    for (const field of set) if (!table.isScalar(field)) return;
    begin(seed);
    for (const field of set) {
      addWord(table.lows[field] ?? 0);
      addWord(table.highs[field] ?? 0);
    }
    finish();
    findInTable(keys, hash.low, hash.high, found);
  };
}

function itemStep(table: FieldTable, keys: KeyTable, field: number): Propose {
  const seed = seedOf('item', field);
  return (_facts, found) => {
    for (const item of listOf(table.value(field))) {
      begin(seed);
      if (!addScalar(item)) continue;
      finish();
      findInTable(keys, hash.low, hash.high, found);
    }
  };
}

/** Most texts end at the signature, which does not read them whole. */
function exactStep(table: FieldTable, { keys, signatures }: IndexTables, field: number): Propose {
  const [seed, signatureSeed] = [seedOf('exact', field), seedOf('signature', field)];
  return (facts, found) => {
    const text = table.value(field);
    if (typeof text !== 'string') return;
    if (signText(text, signatureSeed) && !mayHold(signatures, hash.low, hash.high)) return;
    fingerprintText(exactKeyOf(facts, text).text, seed);
    findInTable(keys, hash.low, hash.high, found);
  };
}

function prefixStep(table: FieldTable, keys: KeyTable, field: number, length: number): Propose {
  const seed = seedOf('prefix', field, length);
  return (_facts, found) => {
    const text = table.value(field);
    if (typeof text !== 'string' || text.length < length) return;
    begin(seed);
    addUnits(text, 0, length);
    finish();
    findInTable(keys, hash.low, hash.high, found);
  };
}

/** All strides of one field, so that its text is encoded once. */
function phraseStep(
  table: FieldTable,
  grams: KeyTable,
  field: number,
  phrases: IndexPlan['phrases'],
): readonly Propose[] {
  const strides = phrases
    .filter(([of]) => of === field)
    .flatMap(([, position]) => {
      const stride = STRIDES[position];
      return stride ? [{ ...stride, seed: seedOf('gram', field, position) }] : [];
    });
  if (strides.length === 0) return [];
  const step: Propose = (_facts, found) => {
    const text = table.value(field);
    if (typeof text !== 'string') return;
    const encoded = encodeText(text);
    for (const stride of strides) scanGrams(encoded, stride, grams, found);
  };
  return [step];
}

function scanGrams(
  text: TextBytes,
  { step, width, seed }: Stride & { readonly seed: number },
  grams: KeyTable,
  found: number[],
): void {
  const { words } = text;
  const last = text.length - width;
  if (step === 1) return scanUnaligned(text, seed, grams, found);
  for (let at = 0; at <= last; at += step) {
    const word = at >> 2; // steps above one are multiples of a word
    begin(seed);
    addWord(words[word] ?? 0);
    if (width === 8) addWord(words[word + 1] ?? 0);
    finish();
    findInTable(grams, hash.low, hash.high, found);
  }
}

function scanUnaligned({ bytes, length }: TextBytes, seed: number, grams: KeyTable, found: number[]): void {
  let word = ((bytes[0] ?? 0) << 8) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 24);
  for (let at = 3; at < length; at += 1) {
    word = (word >>> 8) | ((bytes[at] ?? 0) << 24);
    begin(seed);
    addWord(word);
    finish();
    findInTable(grams, hash.low, hash.high, found);
  }
}
