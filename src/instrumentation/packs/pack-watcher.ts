import { statSync, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { PackHolder } from '../../patterns/pack-holder.js';
import { loadPackFile, type FileEvents } from './pack-file.js';
import { stampOf } from './thread-images.js';

/** A file is read when it looked the same twice, this many milliseconds apart: one that is being written changes. */
const SETTLE_MS = 30;
/** A file that cannot be loaded may be written slowly: it is read once more after this long, in milliseconds. */
const RETRY_MS = 500;

interface Watch {
  readonly path: string;
  readonly load: (events: FileEvents) => void;
  timer: NodeJS.Timeout | undefined;
  /** What the file looked like last time. */
  stamp: string | undefined;
}

/**
 * Loads a pack file again whenever it changes. Its folder is watched, since editors replace files. Never keeps the
 * process alive; a file that cannot be read or parsed leaves the running patterns as they are.
 */
export function watchPackFile(holder: PackHolder, file: string, events: FileEvents): { close(): void } {
  const path = resolve(file);
  const state: Watch = { path, load: (told) => load(holder, path, told), timer: undefined, stamp: undefined };
  const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
    if (name !== null && name !== basename(path)) return;
    state.stamp = undefined;
    later(state, SETTLE_MS, () => look(state, events));
  });
  watcher.on('error', events.failed);
  return {
    close() {
      clearTimeout(state.timer);
      watcher.close();
    },
  };
}

function later(state: Watch, milliseconds: number, run: () => void): void {
  clearTimeout(state.timer);
  state.timer = setTimeout(run, milliseconds).unref();
}

function look(state: Watch, events: FileEvents): void {
  const stamp = stampAt(state.path);
  if (stamp === undefined) return; // being replaced: the next event comes with the new file
  if (stamp !== state.stamp) {
    state.stamp = stamp;
    return later(state, SETTLE_MS, () => look(state, events));
  }
  const retry = (): void => {
    // Where it changed meanwhile, an event of its own comes.
    if (stampAt(state.path) === stamp) later(state, RETRY_MS, () => state.load(events));
  };
  state.load({ ...events, failed: retry });
}

function load(holder: PackHolder, path: string, events: FileEvents): void {
  try {
    const pack = loadPackFile(holder, path, events, true);
    if (pack) events.changed(pack);
  } catch (error) {
    events.failed(error);
  }
}

function stampAt(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && stampOf(stats);
}
