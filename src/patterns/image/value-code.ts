import { ArcError } from '../../contract/errors.js';
import type { ByteWriter } from './byte-writer.js';
import type { Value } from './shape.js';

/**
 * How a value is written: a variable-length number whose lowest three bits say what it is and whose others say how long
 * or which, then the bytes.
 */
export const CODE = {
  /** The value of this number among those kept once. */
  kept: 0,
  /** A text of so many bytes of UTF-8. */
  utf8: 1,
  /** A text of so many UTF-16 units, because it has half a character in it. */
  utf16: 2,
  /** This whole number. */
  integer: 3,
  /** One of {@link CONSTANT}. */
  constant: 4,
} as const;
/** Bits of a head that say what it is. */
export const CODES = 8;
export const CONSTANT = { null: 0, false: 1, true: 2, float: 3 } as const;

/** Whole numbers up to this are written as heads. */
const MAX_INTEGER = 0xffff_ffff;
/** Longest text, in bytes. */
const MAX_TEXT = 0x1000_0000;

/** Writes a value in full. */
export function writeValue(writer: ByteWriter, value: Value): void {
  if (typeof value === 'string') writeText(writer, value);
  else if (typeof value === 'number') writeNumber(writer, value);
  else writer.varint(CODE.constant + CODES * CONSTANT[`${value}`]);
}

/** Writes that a value is one of those kept once. */
export function writeKept(writer: ByteWriter, index: number): void {
  writer.varint(CODE.kept + CODES * index);
}

function writeNumber(writer: ByteWriter, value: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= MAX_INTEGER && !Object.is(value, -0))
    return writer.varint(CODE.integer + CODES * value);
  writer.varint(CODE.constant + CODES * CONSTANT.float);
  writer.float(value);
}

function writeText(writer: ByteWriter, text: string): void {
  const isWhole = text.isWellFormed();
  const length = isWhole ? Buffer.byteLength(text) : text.length;
  if (length > MAX_TEXT)
    throw new ArcError('ARC_PACK_INVALID', `a text of ${length} bytes; at most ${MAX_TEXT}`);
  writer.varint((isWhole ? CODE.utf8 : CODE.utf16) + CODES * length);
  if (isWhole) writer.utf8(text, length);
  else writer.utf16(text);
}
