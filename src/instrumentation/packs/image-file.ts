import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { checkImage } from '../../patterns/image/check-image.js';
import { isImage, MAGIC, openImage, type SegmentImage } from '../../patterns/image/layout.js';
import { sealImage, verifySeal } from '../../patterns/image/seal.js';
import { checksum } from './sealed-image.js';

/** Bytes read at once. */
const BLOCK = 4_194_304;

/** Whether a file begins like a compiled pack. */
export function isImageFile(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = new Uint8Array(MAGIC.length);
    readSync(file, start);
    return isImage(start);
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a compiled pack and checks it. Allocates no more than the file is long.
 * @param progress - called with the bytes read so far and in all.
 * @throws {ArcError} `ARC_PACK_INVALID`, naming the section that is damaged.
 */
export function readImageFile(path: string, progress?: (done: number, total: number) => void): SegmentImage {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = new SharedArrayBuffer(size);
    const view = new Uint8Array(bytes);
    for (let at = 0; at < size;) {
      const read = readSync(file, view, at, Math.min(BLOCK, size - at), at);
      if (read === 0) break; // it was cut while it was read, which the checksums show
      at += read;
      progress?.(at, size);
    }
    verifySeal(openImage(bytes), checksum);
    return checkImage(bytes);
  } finally {
    closeSync(file);
  }
}

/** The bytes of an image with their checksums, for a file. */
export function imageBytes(image: SegmentImage): Uint8Array {
  sealImage(image, checksum);
  return new Uint8Array(image.bytes);
}
