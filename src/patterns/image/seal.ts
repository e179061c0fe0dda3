import { HEADER, refused, ROW, type SegmentImage } from './layout.js';

/** CRC-32 as `node:zlib` computes it; handed in, since this layer reaches for nothing outside itself. */
export type Checksum = (bytes: Uint8Array) => number;

/** Writes the checksums of all sections and of the header with the table. An image that stays in memory needs none. */
export function sealImage({ bytes }: SegmentImage, checksum: Checksum): void {
  const header = new Uint32Array(bytes, 0, HEADER.words);
  const rows = header[HEADER.sections] ?? 0;
  for (const row of rowsOf(bytes, rows)) row[ROW.checksum] = checksum(sectionOf(bytes, row));
  header[HEADER.checksum] = checksum(tableOf(bytes, rows));
}

/**
 * Compares the checksums of an image that `openImage` accepted.
 * @throws {ArcError} `ARC_PACK_INVALID`, naming the section that is damaged.
 */
export function verifySeal({ bytes }: SegmentImage, checksum: Checksum): void {
  const header = new Uint32Array(bytes, 0, HEADER.words);
  const rows = header[HEADER.sections] ?? 0;
  if (header[HEADER.checksum] !== checksum(tableOf(bytes, rows)))
    throw refused('header', 'its checksum is wrong; the file is damaged');
  for (const row of rowsOf(bytes, rows)) {
    if (row[ROW.checksum] === checksum(sectionOf(bytes, row))) continue;
    const name = Buffer.from(bytes, row.byteOffset, ROW.offset * 4)
      .toString('latin1')
      .replace(/\0+$/, '');
    throw refused(name, 'its checksum is wrong; the file is damaged');
  }
}

function rowsOf(bytes: SharedArrayBuffer, count: number): readonly Uint32Array[] {
  return Array.from(
    { length: count },
    (_, index) => new Uint32Array(bytes, (HEADER.words + index * ROW.words) * 4, ROW.words),
  );
}

function sectionOf(bytes: SharedArrayBuffer, row: Uint32Array): Uint8Array {
  return new Uint8Array(bytes, row[ROW.offset], row[ROW.length]);
}

/** Header and table with the header's own checksum at 0: a copy of a few hundred bytes. */
function tableOf(bytes: SharedArrayBuffer, rows: number): Uint8Array {
  const copy = Uint8Array.from(new Uint8Array(bytes, 0, (HEADER.words + rows * ROW.words) * 4));
  copy.fill(0, HEADER.checksum * 4, HEADER.checksum * 4 + 4);
  return copy;
}
