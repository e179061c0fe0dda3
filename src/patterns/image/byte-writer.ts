import { contentOf, type SectionContent } from './layout.js';

/** Bytes of the first block of {@link createByteStore}; each is twice as long as the one before, up to the last number. */
const FIRST_BLOCK = 256;
const LARGEST_BLOCK = 1_048_576;
/** Places that a list has room for at first. */
const FIRST = 16;
/** Most bytes one variable-length number takes. */
const MAX_VARINT = 8;

/** Writes one thing at a time into a buffer that grows with the longest of them. */
export interface ByteWriter {
  /** Begins anew. */
  reset(): void;
  /** A whole number from 0 to 2^53 - 1, seven bits a byte, the lowest first. */
  varint(value: number): void;
  /** 64 bits, little-endian. */
  float(value: number): void;
  utf8(text: string, bytes: number): void;
  utf16(text: string): void;
  /** What was written since the last reset; the next write may overwrite it. */
  written(): Uint8Array;
}

/** An empty writer. */
export function createByteWriter(): ByteWriter {
  let buffer = Buffer.allocUnsafe(FIRST_BLOCK);
  let length = 0;
  function need(bytes: number): void {
    if (length + bytes <= buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + bytes));
    buffer.copy(grown, 0, 0, length);
    buffer = grown;
  }
  return {
    reset() {
      length = 0;
    },
    varint(value) {
      need(MAX_VARINT);
      let rest = value;
      for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) {
        buffer[length] = (rest % 0x80) | 0x80;
        length += 1;
      }
      buffer[length] = rest;
      length += 1;
    },
    float(value) {
      need(8);
      length = buffer.writeDoubleLE(value, length);
    },
    utf8(text, bytes) {
      need(bytes);
      length += buffer.write(text, length, 'utf8');
    },
    utf16(text) {
      need(text.length * 2);
      length += buffer.write(text, length, 'utf16le');
    },
    written: () => buffer.subarray(0, length),
  };
}

/** Byte strings one behind the other; never copied as they grow. */
export interface ByteStore {
  /** @returns the number of byte strings there are now. */
  append(bytes: Uint8Array): number;
  /** All bytes. */
  content(): SectionContent;
  /** Where each string begins, and where the last ends. */
  starts(): SectionContent;
}

/** An empty store. */
export function createByteStore(): ByteStore {
  const full: Uint8Array[] = [];
  let block = new Uint8Array(FIRST_BLOCK);
  let used = 0;
  let starts = new Int32Array(FIRST);
  let count = 0;
  let length = 0;
  function push(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      if (used === block.length) {
        full.push(block);
        block = new Uint8Array(Math.min(block.length * 2, LARGEST_BLOCK));
        used = 0;
      }
      const part = bytes.subarray(from, from + block.length - used);
      block.set(part, used);
      from += part.length;
      used += part.length;
    }
    length += bytes.length;
  }
  return {
    append(bytes) {
      push(bytes);
      count += 1;
      if (count === starts.length) starts = grown(starts);
      starts[count] = length;
      return count;
    },
    content: () => ({
      byteLength: length,
      copyTo: (target) => copyBlocks([...full, block.subarray(0, used)], target),
    }),
    starts: () => contentOf(starts.subarray(0, count + 1)),
  };
}

function copyBlocks(blocks: readonly Uint8Array[], target: Uint8Array): void {
  let at = 0;
  for (const block of blocks) {
    target.set(block, at);
    at += block.length;
  }
}

/** Twice the room for a list of numbers that grows. */
export function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(array.length * 2);
  next.set(array);
  return next;
}
