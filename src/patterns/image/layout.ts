import { ArcError } from '../../contract/errors.js';

/** Parts of an image, by name, and how many bytes an item of each has. */
const WIDTHS = {
  /** JSON: name, version and hash of the pack. */
  meta: 1,
  /** JSON: what is looked up for each request. */
  plan: 1,
  'keys.filter': 4,
  'keys.slots': 4,
  'keys.lists': 4,
  signatures: 4,
  /** Instead of `signatures`, in packs of many whole texts. */
  'signatures.bloom': 4,
  'phrases.filter': 4,
  'phrases.slots': 4,
  'phrases.lists': 4,
  /** Length and hash of each phrase, and whose it is. */
  'phrases.texts': 4,
  'similar.filter': 4,
  'similar.slots': 4,
  'similar.lists': 4,
  /** Sketches of known texts, and whose they are. */
  'similar.records': 4,
  'ranges.filter': 4,
  'ranges.slots': 4,
  'ranges.lists': 4,
  /** Which measured field each tree of ranges is of, and where it begins. */
  'ranges.trees': 4,
  /** Ends of ranges. */
  'ranges.bounds': 8,
  /** Whose each range is. */
  'ranges.numbers': 4,
  /** Numbers of patterns no index tells apart. */
  shared: 4,
  /** Hash of the id to number. */
  ids: 4,
  /** Seconds since the epoch from which each pattern is dead; empty when none expires. */
  expires: 4,
  /** Keys of versions with a `ttl`, whose time runs from when the image is opened. */
  ttl: 8,
  /** JSON: the different services and environments that scopes name. */
  places: 1,
  /** Two numbers for each pattern that is for some of them only: its own, and which of `places`. */
  placed: 4,
  /** What all patterns are, one behind the other, and where each begins. */
  records: 1,
  'record.starts': 4,
  /** Values that repeat, kept once. */
  values: 1,
  'value.starts': 4,
  /** JSON of definitions without their values, kept once. */
  shapes: 1,
  'shape.starts': 4,
} as const;

/** Name of a part of an image. */
export type SectionName = keyof typeof WIDTHS;

/** Name of a table: its filter, slots and lists are a section each. */
export type TableName = 'keys' | 'phrases' | 'similar' | 'ranges';

/** Every section, in the order they are written. */
export const SECTIONS = Object.keys(WIDTHS) as readonly SectionName[]; // the keys of the table above

/** What a section will hold. */
export interface SectionContent {
  readonly byteLength: number;
  copyTo(target: Uint8Array): void;
}

/** The content of every section; one that is left out is empty. */
export type SectionContents = { readonly [Name in SectionName]?: SectionContent };

/**
 * A segment as bytes: named sections in one buffer that threads share and files hold as it is. Never changes once
 * it is written.
 */
export interface SegmentImage {
  readonly bytes: SharedArrayBuffer;
  /** Number of patterns. */
  readonly patterns: number;
  section(name: SectionName): Uint8Array;
  /** A section of 32-bit numbers. */
  words(name: SectionName): Int32Array;
  /** A section of 64-bit numbers. */
  floats(name: SectionName): Float64Array;
}

/**
 * First bytes of every image. The first is no text in any encoding and the line ends do not survive a transfer as text,
 * as in PNG.
 */
export const MAGIC = Uint8Array.of(0x89, 0x41, 0x52, 0x43, 0x50, 0x0d, 0x0a, 0x1a);
/** Counts up with each change that an older reader would misread. */
const FORMAT = 3;
/** Read back as another number on a machine of the other byte order. */
const BYTE_ORDER = 0x01020304;

/** 32-bit words of the header: where each is. */
export const HEADER = {
  format: 2,
  order: 3,
  sections: 4,
  patterns: 5,
  length: 6,
  checksum: 7,
  words: 8,
} as const;
/** 32-bit words of a row of the section table: 16 bytes of name, then these. */
export const ROW = { offset: 4, length: 5, width: 6, checksum: 7, words: 8 } as const;
const NAME_BYTES = 16;
/** Every section begins at a multiple of this. */
const ALIGNMENT = 8;
/** Offsets are signed 32-bit numbers, which V8 does not box. */
const MAX_BYTES = 0x7fff_ffff;
/** Far more sections than any version of the format will have. */
const MAX_SECTIONS = 256;

/**
 * Writes sections into a new buffer. Checksums are left at 0; see `sealImage`.
 * @throws {ArcError} `ARC_PACK_INVALID` when the sections are too large for one image.
 */
export function writeImage(contents: SectionContents, patterns: number): SegmentImage {
  const tableEnd = (HEADER.words + SECTIONS.length * ROW.words) * 4;
  const offsets: number[] = [];
  let end = tableEnd;
  for (const name of SECTIONS) {
    offsets.push(end);
    end = align(end + (contents[name]?.byteLength ?? 0));
  }
  if (end > MAX_BYTES)
    throw new ArcError('ARC_PACK_INVALID', `an image of ${end} bytes; at most ${MAX_BYTES}`);
  const bytes = new SharedArrayBuffer(end);
  const view = new Uint8Array(bytes);
  const words = new Uint32Array(bytes, 0, tableEnd / 4);
  view.set(MAGIC);
  words.set([FORMAT, BYTE_ORDER, SECTIONS.length, patterns, end], HEADER.format);
  SECTIONS.forEach((name, index) => {
    const row = HEADER.words + index * ROW.words;
    const offset = offsets[index] ?? 0;
    const length = contents[name]?.byteLength ?? 0;
    view.set(Buffer.from(name, 'latin1'), row * 4);
    words.set([offset, length, WIDTHS[name]], row + ROW.offset);
    contents[name]?.copyTo(view.subarray(offset, offset + length));
  });
  return openImage(bytes);
}

/** Numbers or bytes as the content of a section. */
export function contentOf(array: Uint8Array | Int32Array | Float64Array): SectionContent {
  const { byteLength } = array;
  const bytes = new Uint8Array(array.buffer, array.byteOffset, byteLength);
  return { byteLength, copyTo: (target) => target.set(bytes) };
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

/** Whether bytes begin like an image. */
export function isImage(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, index) => bytes[index] === byte);
}

/**
 * Reads the header and the table of the sections, whose offsets and lengths are then within the buffer. What the sections
 * hold is not looked at; see `checkImage`.
 * @throws {ArcError} `ARC_PACK_INVALID`, naming the part that is wrong.
 */
export function openImage(bytes: SharedArrayBuffer): SegmentImage {
  const header = readHeader(bytes);
  const table = readTable(bytes, header.sections);
  return {
    bytes,
    patterns: header.patterns,
    section(name) {
      const [offset, length] = table[name];
      return new Uint8Array(bytes, offset, length);
    },
    words(name) {
      const [offset, length] = table[name];
      return new Int32Array(bytes, offset, length / 4);
    },
    floats(name) {
      const [offset, length] = table[name];
      return new Float64Array(bytes, offset, length / 8);
    },
  };
}

interface Header {
  readonly sections: number;
  readonly patterns: number;
}

function readHeader(bytes: SharedArrayBuffer): Header {
  if (bytes.byteLength < HEADER.words * 4 || !isImage(new Uint8Array(bytes, 0, MAGIC.length)))
    throw refused('header', 'this is no compiled pack, or only the beginning of one');
  const words = new Uint32Array(bytes, 0, HEADER.words);
  const [format, order, sections, patterns, length] = words.subarray(HEADER.format);
  if (order !== BYTE_ORDER)
    throw refused('header', 'it was built on a machine of another byte order; build it again on this one');
  if (format !== FORMAT)
    throw refused('header', `format ${format} is not known to this version of Arc, which reads ${FORMAT}`);
  if (length !== bytes.byteLength)
    throw refused(
      'header',
      `it says ${length} bytes, there are ${bytes.byteLength}; the file is cut or was added to`,
    );
  const tableEnd = (HEADER.words + Number(sections) * ROW.words) * 4;
  if (sections === undefined || sections > MAX_SECTIONS || tableEnd > bytes.byteLength)
    throw refused('header', `it says ${sections} sections, which is more than there can be`);
  return { sections, patterns: patterns ?? 0 };
}

type Extent = readonly [offset: number, length: number];

/** Sections this version does not know are passed over. */
function readTable(bytes: SharedArrayBuffer, sections: number): Readonly<Record<SectionName, Extent>> {
  const tableEnd = (HEADER.words + sections * ROW.words) * 4;
  const table: Partial<Record<SectionName, Extent>> = {};
  for (let index = 0; index < sections; index += 1) {
    const start = (HEADER.words + index * ROW.words) * 4;
    const name = Buffer.from(bytes, start, NAME_BYTES).toString('latin1').replace(/\0+$/, '');
    const row = new Uint32Array(bytes, start, ROW.words);
    const [offset = 0, length = 0, width = 0] = row.subarray(ROW.offset);
    if (offset < tableEnd || offset % ALIGNMENT !== 0 || offset + length > bytes.byteLength)
      throw refused(name, `it lies outside the file: ${length} bytes at ${offset} of ${bytes.byteLength}`);
    if (!isSectionName(name)) continue;
    if (width !== WIDTHS[name] || length % width !== 0)
      throw refused(name, `${length} bytes are no list of items of ${WIDTHS[name]}`);
    if (table[name]) throw refused(name, 'it is there twice');
    table[name] = [offset, length];
  }
  const missing = SECTIONS.find((name) => table[name] === undefined);
  if (missing !== undefined) throw refused(missing, 'it is missing');
  return table as Record<SectionName, Extent>; // none is missing
}

function isSectionName(name: string): name is SectionName {
  return Object.hasOwn(WIDTHS, name);
}

/** The error for an image that cannot be used. */
export function refused(section: string, reason: string): ArcError {
  return new ArcError('ARC_PACK_INVALID', `compiled pack, section ${JSON.stringify(section)}: ${reason}`);
}
