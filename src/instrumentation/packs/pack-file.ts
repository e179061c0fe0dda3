import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PackInfo } from '../../contract/pattern.js';
import type { PackHolder } from '../../patterns/pack-holder.js';
import { isBundled } from '../bundled.js';
import { createLoadQueue, type LoadQueue } from './load-queue.js';
import { readSource, type LoadedPack, type LoadProgress } from './read-source.js';
import { shareImage, sharedImage, stampOf } from './thread-images.js';

/** Longer files are read by another thread, in bytes. While an application starts, waiting a moment for its patterns is right. */
const LARGE_AT_START = 262_144;
/** The same once it serves requests: reading, checking and indexing these takes some milliseconds. */
export const LARGE_LATER = 16_384;

/** What is told of a file that is read by another thread. */
export interface FileEvents {
  readonly changed: (pack: PackInfo) => void;
  readonly failed: (error: unknown) => void;
  readonly progress?: (progress: LoadProgress) => void;
}

const queues = new WeakMap<PackHolder, LoadQueue>();

/**
 * Loads one pack file: YAML, JSON, JSON Lines or compiled. A large one is read by another thread; until that is done, and
 * if it fails, what ran before runs on. In a bundle there is no file such a thread could start with, and all are read here.
 * @param isLater - whether the application serves requests already.
 * @returns the pack, or undefined when another thread is at it and `events` will tell.
 * @throws {Error} when the file cannot be read, or is small and malformed; the holder keeps what it had.
 */
export function loadPackFile(
  holder: PackHolder,
  file: string,
  events?: FileEvents,
  isLater = false,
): PackInfo | undefined {
  const path = resolve(file);
  const queue = queueOf(holder);
  queue.drop(path);
  const stats = statSync(path);
  const stamp = stampOf(stats);
  const shared = sharedImage(path, stamp);
  if (shared) return holder.putImage(shared.image, 'file', shared.isChecked);
  if (stats.size < (isLater ? LARGE_LATER : LARGE_AT_START) || isBundled()) {
    const loaded = readSource({ kind: 'file', path }, () => undefined);
    // A change may be for a pack that is still on its way.
    if (loaded.kind === 'image' || queue.isEmpty()) return install(holder, loaded);
  }
  queue.add(path, {
    loaded(loaded) {
      const info = install(holder, loaded);
      if (loaded.kind === 'image') shareImage(path, stamp, loaded.image, loaded.isChecked);
      events?.changed(info);
    },
    failed: (error) => events?.failed(error),
    ...(events?.progress ? { progress: events.progress } : {}),
  });
  return undefined;
}

/** Puts a pack in place, or changes the one that is there. */
function install(holder: PackHolder, loaded: LoadedPack): PackInfo {
  if (loaded.kind === 'image') return holder.putImage(loaded.image, 'file', loaded.isChecked);
  return holder.patch(loaded.delta);
}

function queueOf(holder: PackHolder): LoadQueue {
  const queue = queues.get(holder) ?? createLoadQueue();
  queues.set(holder, queue);
  return queue;
}
