import type { PatternDefinition } from '../../contract/pattern.js';
import type { Json } from '../../contract/request.js';
import { createByteStore, createByteWriter, type ByteStore, type ByteWriter } from './byte-writer.js';
import type { SectionContents } from './layout.js';
import { takeApart, type Value } from './shape.js';
import { CODES, writeKept, writeValue } from './value-code.js';

/** Writes definitions as compact bytes: what repeats is kept once. */
export interface RecordWriter {
  /** Number of definitions so far. */
  readonly count: number;
  add(definition: PatternDefinition): void;
  /** The sections of everything added. */
  contents(): SectionContents;
}

/** Shapes or values that are looked for again; above this, all are forgotten and later ones are written anew. */
const MAX_KNOWN = 65_536;
/** Longer texts are prompts, which do not repeat. */
const MAX_KEPT_TEXT = 256;

/** An empty writer. */
export function createRecordWriter(): RecordWriter {
  const records = createByteStore();
  const shapes = createByteStore();
  const keptShapes = new Map<string, number>();
  const values = createValueKeeper();
  const record = createByteWriter();
  const found: Value[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    add({ id, version, ...rest }) {
      found.length = 0;
      const shape = takeApart(rest as unknown as Json, found); // a checked definition is JSON
      record.reset();
      writeValue(record, id);
      writeValue(record, version);
      record.varint(numberOf(shape, keptShapes, () => shapes.append(Buffer.from(shape)) - 1));
      for (const value of found) values.write(record, value);
      count = records.append(record.written());
    },
    contents: () => ({
      records: records.content(),
      'record.starts': records.starts(),
      values: values.store.content(),
      'value.starts': values.store.starts(),
      shapes: shapes.content(),
      'shape.starts': shapes.starts(),
    }),
  };
}

function numberOf<K>(key: K, known: Map<K, number>, append: () => number): number {
  const number = known.get(key);
  if (number !== undefined) return number;
  if (known.size >= MAX_KNOWN) known.clear();
  const added = append();
  known.set(key, added);
  return added;
}

interface ValueKeeper {
  readonly store: ByteStore;
  write(record: ByteWriter, value: Value): void;
}

/** A value is kept when it is met the second time: most of those met once are never met again. */
function createValueKeeper(): ValueKeeper {
  const store = createByteStore();
  const seen = new Set<Value>();
  const kept = new Map<Value, number>();
  const writer = createByteWriter();
  function keep(value: Value): number {
    if (kept.size >= MAX_KNOWN) kept.clear();
    writer.reset();
    writeValue(writer, value);
    const number = store.append(writer.written()) - 1;
    kept.set(value, number);
    return number;
  }
  return {
    store,
    write(record, value) {
      if (!isWorthKeeping(value)) return writeValue(record, value);
      const number = kept.get(value);
      if (number !== undefined) return writeKept(record, number);
      if (seen.delete(value)) return writeKept(record, keep(value));
      if (seen.size >= MAX_KNOWN) seen.clear();
      seen.add(value);
      writeValue(record, value);
    },
  };
}

/** Small whole numbers and the like are shorter than a reference. */
function isWorthKeeping(value: Value): boolean {
  if (typeof value === 'string') return value.length > 1 && value.length <= MAX_KEPT_TEXT;
  return typeof value === 'number' && !(Number.isInteger(value) && value >= 0 && value < 0x80 / CODES);
}
