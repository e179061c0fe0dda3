import type { PatternDefinition } from '../../contract/pattern.js';
import { refused, type SectionName, type SegmentImage } from './layout.js';
import { parseShape, putTogether, type Value } from './shape.js';
import { CODE, CODES, CONSTANT } from './value-code.js';

/** Reads the definitions of an image, each when it is asked for. Trusts nothing but the bounds of the sections. */
export interface RecordReader {
  /** @throws {ArcError} `ARC_PACK_INVALID` when the record is damaged. What it holds was not checked as a pattern. */
  definition(number: number): PatternDefinition;
  /** @throws {ArcError} `ARC_PACK_INVALID` when the record is damaged. */
  id(number: number): string;
  /** @throws {ArcError} `ARC_PACK_INVALID` when the record is damaged. */
  version(number: number): number;
}

/** Shapes and values that are kept decoded. */
const MAX_DECODED = 8_192;
/** Varints of more bytes are above 2^53. */
const MAX_VARINT = 8;

/** One byte string of a section, and how far it was read. */
interface Cursor {
  readonly section: SectionName;
  readonly bytes: Buffer;
  at: number;
  end: number;
}

/** Opens the records of an image. */
export function createRecordReader(image: SegmentImage): RecordReader {
  const records = createCursor(image, 'records');
  const starts = image.words('record.starts');
  const shapes = createPool(image, 'shapes', (cursor) =>
    parseShape(textOf(cursor, 'utf8', cursor.end - cursor.at)),
  );
  const values = createPool(image, 'values', (cursor) => readValue(cursor, noneKept));
  const next = (): Value => readValue(records, values);
  return {
    id(number) {
      place(records, starts, number);
      return readId(records);
    },
    version(number) {
      place(records, starts, number);
      readId(records);
      return readVersion(records);
    },
    definition(number) {
      place(records, starts, number);
      const id = readId(records);
      const version = readVersion(records);
      const shape = shapes(readVarint(records));
      if (shape.kind !== 'record' || shape.keys.some((key) => key === 'id' || key === 'version'))
        throw refused('shapes', 'that of a pattern is none of a pattern');
      const rest = putTogether(shape, next);
      if (records.at !== records.end) throw refused('records', `record ${number} is longer than its pattern`);
      return { id, version, ...(rest as object) } as PatternDefinition; // callers that do not trust the image check it
    },
  };
}

function noneKept(): Value {
  throw refused('values', 'one refers to another');
}

function readId(cursor: Cursor): string {
  const id = readValue(cursor, noneKept);
  if (typeof id !== 'string') throw refused('records', 'a pattern has no id');
  return id;
}

function readVersion(cursor: Cursor): number {
  const version = readValue(cursor, noneKept);
  if (typeof version !== 'number') throw refused('records', 'a pattern has no version');
  return version;
}

function createPool<T>(
  image: SegmentImage,
  section: 'shapes' | 'values',
  decode: (cursor: Cursor) => T,
): (index: number) => T {
  const cursor = createCursor(image, section);
  const starts = image.words(section === 'shapes' ? 'shape.starts' : 'value.starts');
  const known = new Map<number, T>();
  return (index) => {
    const present = known.get(index);
    if (present !== undefined) return present;
    place(cursor, starts, index);
    const decoded = decode(cursor);
    if (known.size >= MAX_DECODED) known.clear();
    known.set(index, decoded);
    return decoded;
  };
}

function createCursor(image: SegmentImage, section: SectionName): Cursor {
  const { buffer, byteOffset, byteLength } = image.section(section);
  return { section, bytes: Buffer.from(buffer, byteOffset, byteLength), at: 0, end: 0 };
}

function place(cursor: Cursor, starts: Int32Array, index: number): void {
  const [from, to] = [starts[index] ?? -1, starts[index + 1] ?? -1];
  if (from < 0 || to < from || to > cursor.bytes.length)
    throw refused(cursor.section, `item ${index} lies outside of it`);
  cursor.at = from;
  cursor.end = to;
}

function readVarint(cursor: Cursor): number {
  let value = 0;
  for (let scale = 1, count = 0; count < MAX_VARINT && cursor.at < cursor.end; scale *= 0x80, count += 1) {
    const byte = cursor.bytes[cursor.at] ?? 0;
    cursor.at += 1;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
  throw refused(cursor.section, 'an item ends within a number');
}

function readValue(cursor: Cursor, kept: (index: number) => Value): Value {
  const head = readVarint(cursor);
  const rest = Math.floor(head / CODES);
  switch (head % CODES) {
    case CODE.kept:
      return kept(rest);
    case CODE.utf8:
      return textOf(cursor, 'utf8', rest);
    case CODE.utf16:
      return textOf(cursor, 'utf16le', rest * 2);
    case CODE.integer:
      return rest;
    case CODE.constant:
      return readConstant(cursor, rest);
    default:
      throw refused(cursor.section, 'an item holds a value of an unknown kind');
  }
}

function readConstant(cursor: Cursor, constant: number): Value {
  if (constant === CONSTANT.null) return null;
  if (constant === CONSTANT.false || constant === CONSTANT.true) return constant === CONSTANT.true;
  if (constant !== CONSTANT.float || cursor.at + 8 > cursor.end)
    throw refused(cursor.section, 'an item holds a value of an unknown kind');
  const value = cursor.bytes.readDoubleLE(cursor.at);
  cursor.at += 8;
  return value;
}

function textOf(cursor: Cursor, encoding: 'utf8' | 'utf16le', bytes: number): string {
  const end = cursor.at + bytes;
  if (end > cursor.end) throw refused(cursor.section, 'an item ends within a text');
  const text = cursor.bytes.toString(encoding, cursor.at, end);
  cursor.at = end;
  return text;
}
