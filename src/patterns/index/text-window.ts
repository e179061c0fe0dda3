// HOT: runs on every LLM call that a pack has phrases for. Benchmark: npm run bench -- match
import { SPARE_BYTES } from './gram-hash.js';
import { COMPARED_BYTES } from './strides.js';
import type { TextParts } from './text-parts.js';

/** UTF-8 takes at most three bytes for each UTF-16 unit. */
const BYTES_PER_UNIT = 3;
/** Bytes looked at together: few enough to stay in a processor's second cache. */
const WINDOW_BYTES = 65_536;
/** Room below which a window is looked at before more is written. */
const LEAST_ROOM = 4_096;
const LINE_FEED = 10;

const BUFFER = Buffer.alloc(WINDOW_BYTES + SPARE_BYTES);

/** The bytes of the window being looked at, in UTF-8. */
export const WINDOW = new DataView(BUFFER.buffer, BUFFER.byteOffset, BUFFER.byteLength);

/** Looks at the first bytes of {@link WINDOW}. @param isFirst - whether the text begins there. */
export type LookAt = (length: number, isFirst: boolean) => void;

/**
 * Shows a text, its parts joined by line feeds, as UTF-8 in windows that overlap so far that what is compared of any phrase
 * lies in one of them. Half surrogate pairs become U+FFFD.
 * @param units - UTF-16 units to read at most.
 */
export function eachWindow(parts: TextParts, units: number, look: LookAt): void {
  let length = 0;
  let isFirst = true;
  let left = units;
  const { texts, count } = parts;
  for (let index = 0; index < count && left > 0; index += 1) {
    if (index > 0) {
      BUFFER[length] = LINE_FEED;
      length += 1;
    }
    const text = texts[index] ?? '';
    const end = Math.min(text.length, left);
    left -= end;
    for (let from = 0; from < end;) {
      if (WINDOW_BYTES - length < LEAST_ROOM) {
        look(length, isFirst);
        isFirst = false;
        length = keepEnd(length);
      }
      const to = pieceEnd(text, from, end, WINDOW_BYTES - length);
      length += BUFFER.write(from === 0 && to === text.length ? text : text.slice(from, to), length);
      from = to;
    }
  }
  look(length, isFirst);
}

function keepEnd(length: number): number {
  BUFFER.copyWithin(0, length - COMPARED_BYTES, length);
  return COMPARED_BYTES;
}

/** Where a piece ends that surely fits and breaks no surrogate pair. */
function pieceEnd(text: string, from: number, end: number, room: number): number {
  const most = from + Math.floor((room - 1) / BYTES_PER_UNIT);
  if (most >= end) return end;
  const unit = text.charCodeAt(most - 1);
  return unit >= 0xd800 && unit < 0xdc00 ? most - 1 : most;
}
