import type { Stats } from 'node:fs';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { openImage, type SegmentImage } from '../../patterns/image/layout.js';

/** Images by path that threads started from here find: `worker_threads` hands its environment data on to each. */
const KEY = 'arc.images';

interface Entry {
  readonly stamp: string;
  readonly bytes: SharedArrayBuffer;
  readonly isChecked: boolean;
}

type Entries = ReadonlyMap<string, Entry>;

/** Says which content of a file was seen: changes with each write and each replacement. */
export function stampOf({ ino, size, mtimeMs }: Pick<Stats, 'ino' | 'size' | 'mtimeMs'>): string {
  return `${ino}:${size}:${mtimeMs}`;
}

/** Lets threads that are started later share an image instead of reading the file again. */
export function shareImage(path: string, stamp: string, image: SegmentImage, isChecked: boolean): void {
  setEnvironmentData(KEY, new Map(entries()).set(path, { stamp, bytes: image.bytes, isChecked }));
}

/** The image that the thread which started this one, or this one itself, has of the file as it is now. */
export function sharedImage(
  path: string,
  stamp: string,
): { readonly image: SegmentImage; readonly isChecked: boolean } | undefined {
  const entry = entries().get(path);
  return entry?.stamp === stamp ? { image: openImage(entry.bytes), isChecked: entry.isChecked } : undefined;
}

function entries(): Entries {
  const found: unknown = getEnvironmentData(KEY);
  return found instanceof Map ? (found as Entries) : new Map<string, Entry>(); // set above, or by the parent's copy of this
}
