import { crc32 } from 'node:zlib';
import { openImage, type SegmentImage } from '../../patterns/image/layout.js';
import { verifySeal } from '../../patterns/image/seal.js';

/** The checksum of sealed images. */
export function checksum(bytes: Uint8Array): number {
  return crc32(bytes);
}

/**
 * Opens an image of our own making. Its checksums tell damage; what they vouch for is not checked again.
 * @param bytes - copied, since an image stands in memory that threads share.
 * @throws {ArcError} `ARC_PACK_INVALID`, naming the section that is damaged.
 */
export function openSealed(bytes: Uint8Array): SegmentImage {
  const shared = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(shared).set(bytes);
  const image = openImage(shared);
  verifySeal(image, checksum);
  return image;
}
