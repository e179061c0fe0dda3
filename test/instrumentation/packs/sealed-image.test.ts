import test from 'ava';
import { imageBytes } from '../../../src/instrumentation/packs/image-file.js';
import { openSealed } from '../../../src/instrumentation/packs/sealed-image.js';
import { buildImage } from '../../../src/patterns/image/build-image.js';
import { SECTIONS } from '../../../src/patterns/image/layout.js';
import { definePattern } from '../../../src/patterns/shorthand.js';

const PATTERNS = [definePattern({ pattern: { model: 'gpt-4' }, fix: { n: 1 } })];
const SEALED = imageBytes(buildImage(PATTERNS, { name: 'fleet', version: '7', hash: '' }));

/** Bytes between two sections, which nothing reads. */
const PADDING = new Set(
  SECTIONS.map((name) => openSealed(SEALED).section(name)).flatMap(({ byteOffset, byteLength }) => {
    const end = byteOffset + byteLength;
    return Array.from({ length: (8 - (end % 8)) % 8 }, (_, index) => end + index);
  }),
);

test('openSealed: copies what it is given', (t) => {
  const bytes = Uint8Array.from(SEALED);
  const image = openSealed(bytes);
  bytes.fill(0);
  t.is(image.patterns, 1);
  t.deepEqual(new Uint8Array(image.bytes), Uint8Array.from(SEALED));
});

test('openSealed: any changed byte is an error, and so is a cut or longer image', (t) => {
  for (let at = 0; at < SEALED.length; at += 1) {
    const bytes = Uint8Array.from(SEALED);
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    if (PADDING.has(at)) continue;
    t.throws(() => openSealed(bytes), { code: 'ARC_PACK_INVALID' }, `byte ${at}`);
  }
  t.throws(() => openSealed(SEALED.slice(0, -8)), { code: 'ARC_PACK_INVALID' });
  t.throws(() => openSealed(Uint8Array.from([...SEALED, 0])), { code: 'ARC_PACK_INVALID' });
});
