import { loadInWorker, type Load, type LoadEvents } from './pack-loader.js';

/** Loads files in other threads, one after the other: a change of a pack must come after the pack. */
export interface LoadQueue {
  /** Nothing is under way or waiting. */
  isEmpty(): boolean;
  /** Loads a file; an earlier load of it that is not done is dropped. */
  add(path: string, events: LoadEvents): void;
  /** Drops the load of a file, if there is one. */
  drop(path: string): void;
}

interface Entry {
  readonly path: string;
  readonly events: LoadEvents;
  load: Load | undefined;
}

/** An empty queue. */
export function createLoadQueue(): LoadQueue {
  const entries: Entry[] = [];
  function start(): void {
    const [entry] = entries;
    if (entry && !entry.load) entry.load = loadInWorker({ kind: 'file', path: entry.path }, eventsOf(entry));
  }
  function eventsOf(entry: Entry): LoadEvents {
    return {
      ...entry.events,
      loaded: (pack) => finish(entry, () => entry.events.loaded(pack)),
      failed: (error) => finish(entry, () => entry.events.failed(error)),
    };
  }
  function finish(entry: Entry, tell: () => void): void {
    const index = entries.indexOf(entry);
    if (index >= 0) entries.splice(index, 1);
    try {
      tell();
    } finally {
      start();
    }
  }
  function drop(path: string): void {
    const entry = entries.find((each) => each.path === path);
    if (!entry) return;
    entry.load?.cancel();
    finish(entry, () => undefined);
  }
  return {
    isEmpty: () => entries.length === 0,
    drop,
    add(path, events) {
      drop(path);
      entries.push({ path, events, load: undefined });
      start();
    },
  };
}
