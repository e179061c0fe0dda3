// HOT: runs on every LLM call that a pack has texts for. Benchmark: npm run bench -- match
import { exactKeyOf, type RequestFacts } from '../facts.js';
import { isJoinedText, JOINED_TEXTS } from '../joined-texts.js';
import type { FieldTable } from './field-table.js';
import { mayHoldBits, type BloomBits } from './bloom-bits.js';
import { createGramScan } from './gram-scan.js';
import { seedOf, type IndexPlan } from './index-plan.js';
import { mayHold, type KeyFilter } from './key-filter.js';
import { findInTable, type KeyTable } from './key-table.js';
import { createPhraseFinder } from './phrase-finder.js';
import type { PhraseTable } from './phrase-table.js';
import { createSimilarLookUp, type SimilarTable } from './similar-table.js';
import { COMPARED_BYTES, STRIDES } from './strides.js';
import { createTextParts, wholeText, type TextParts } from './text-parts.js';
import { fingerprintText, signText } from './text-signature.js';
import { eachWindow } from './text-window.js';
import { hash } from './value-hash.js';

/** The tables texts are looked up in. */
export interface TextTables {
  readonly keys: KeyTable;
  readonly signatures: KeyFilter;
  /** Where it is not empty, it stands for `signatures`. */
  readonly bloom: BloomBits;
  readonly phrases: PhraseTable;
  readonly similar: SimilarTable;
}

/** Adds the numbers of patterns that may fit a request. */
type Step = (facts: RequestFacts, found: number[]) => void;
type LookUp = (parts: TextParts, facts: RequestFacts, found: number[]) => void;

/** Everything a field's text is looked up for, so that the text is read once; undefined when it is nothing. */
export function textStep(
  table: FieldTable,
  plan: IndexPlan,
  tables: TextTables,
  field: number,
): Step | undefined {
  const lookUps: LookUp[] = [];
  if (plan.exact.includes(field)) lookUps.push(exactLookUp(tables, field));
  const strides = plan.phrases.flatMap(([of, stride]) => (of === field ? [stride] : []));
  if (strides.length > 0) lookUps.push(phraseLookUp(tables.phrases, field, strides));
  const kinds = plan.similar.find(([of]) => of === field)?.[1] ?? 0;
  if (kinds > 0) lookUps.push(similarLookUp(tables.similar, field, kinds));
  if (lookUps.length === 0) return undefined;
  const read = readerOf(table, plan.fields[field] ?? '', field);
  const parts = createTextParts();
  return (facts, found) => {
    if (read(facts, parts)) for (const lookUp of lookUps) lookUp(parts, facts, found);
    parts.clear();
  };
}

/** Puts a field's text into empty parts. A joined fact that is absent is read as empty. @returns false when it is no text. */
type Read = (facts: RequestFacts, into: TextParts) => boolean;

function readerOf(table: FieldTable, name: string, field: number): Read {
  const fact = name.startsWith('facts.') ? name.slice('facts.'.length) : '';
  if (isJoinedText(fact)) {
    const each = JOINED_TEXTS[fact];
    return ({ view }, into) => {
      each(view, into.add);
      return true;
    };
  }
  return (_facts, into) => {
    const text = table.value(field);
    if (typeof text !== 'string') return false;
    into.add(text);
    return true;
  };
}

/** Most texts end at the signature, which does not read them whole. */
function exactLookUp({ keys, signatures, bloom }: TextTables, field: number): LookUp {
  const [seed, signatureSeed] = [seedOf('exact', field), seedOf('signature', field)];
  return (parts, facts, found) => {
    if (signText(parts, signatureSeed)) {
      const { low, high } = hash;
      if (!(bloom.length > 0 ? mayHoldBits(bloom, low, high) : mayHold(signatures, low, high))) return;
    }
    fingerprintText(exactKeyOf(facts, wholeText(parts)).text, seed);
    findInTable(keys, hash.low, hash.high, found);
  };
}

/** All strides of one field, so that its text is encoded once. */
function phraseLookUp(table: PhraseTable, field: number, strides: readonly number[]): LookUp {
  const finder = createPhraseFinder(table);
  const scans = strides.map((stride) => createGramScan({ table, finder }, field, stride));
  const isStartOnly = strides.every((stride) => STRIDES[stride]?.step === 0);
  const units = isStartOnly ? COMPARED_BYTES + 1 : Infinity; // one more, lest a surrogate pair at the end be cut
  const look = (length: number, isFirst: boolean): void => {
    finder.enter(length);
    for (const scan of scans) scan(length, isFirst);
  };
  return (parts, _facts, found) => {
    finder.begin(found);
    eachWindow(parts, units, look);
  };
}

function similarLookUp(table: SimilarTable, field: number, kinds: number): LookUp {
  const lookUp = createSimilarLookUp(table, kinds, seedOf('similar', field));
  return (parts, _facts, found) => lookUp(parts, found);
}
