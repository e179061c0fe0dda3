import { existsSync, readFileSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { PackDefinition, PackInfo } from '../contract/pattern.js';
import type { PackHolder } from '../patterns/pack-holder.js';
import { parsePack } from '../patterns/parse-pack.js';

/** How long a burst of file events is gathered before the file is read again, in milliseconds. */
const SETTLE_MS = 30;

/** A pack as the build writes it; what packs call `pack` in files is the name. */
interface WrittenPack extends Omit<PackDefinition, 'name'> {
  readonly pack: string;
}

/**
 * Loads the patterns that ship with Arc: `packs/*.yaml`, checked and written as JSON by the build. Required by a name that
 * is written out and not read from the folder, so that a bundler takes them along.
 */
export function loadBuiltinPacks(holder: PackHolder): readonly PackInfo[] {
  const packs = require('../../packs/index.js') as readonly WrittenPack[]; // written by our own build
  return packs.map(({ pack, ...rest }) => holder.put({ name: pack, ...rest }, 'builtin'));
}

/**
 * Loads one pack file.
 * @throws {PackError} when it is malformed; the holder keeps what it had.
 */
export function loadPackFile(holder: PackHolder, file: string): PackInfo {
  return holder.put(readPack(resolve(file)), 'file');
}

/** What a watcher reports. */
export interface WatchEvents {
  readonly changed: (pack: PackInfo) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Loads a pack file again whenever it changes. Its folder is watched, since editors replace files. Never keeps the
 * process alive; a file that cannot be read or parsed leaves the running patterns as they are.
 */
export function watchPackFile(holder: PackHolder, file: string, events: WatchEvents): { close(): void } {
  const path = resolve(file);
  let timer: NodeJS.Timeout | undefined;
  const reload = (): void => {
    if (!existsSync(path)) return;
    try {
      events.changed(loadPackFile(holder, path));
    } catch (error) {
      events.failed(error);
    }
  };
  const watcher: FSWatcher = watch(dirname(path), { persistent: false }, (_event, name) => {
    if (name !== null && name !== basename(path)) return;
    clearTimeout(timer);
    timer = setTimeout(reload, SETTLE_MS).unref();
  });
  watcher.on('error', events.failed);
  return {
    close() {
      clearTimeout(timer);
      watcher.close();
    },
  };
}

function readPack(path: string) {
  return parsePack(readFileSync(path, 'utf8'), path);
}
