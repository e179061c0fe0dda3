import { utimesSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { loadPackFile } from '../../../src/instrumentation/packs/pack-file.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { createPackHolder, type PackHolder } from '../../../src/patterns/pack-holder.js';
import { patternsOf } from './corpus.js';
import { createRequests } from './requests.js';
import type { Works } from './task.js';

/** Patterns that run while others are loaded. */
const RUNNING = 1_000;
const REQUESTS = 1_000;
const BYTES = 1_000;
const WARM_UP_MS = 300;
/** Milliseconds between two decisions. */
const INTERVAL = 1;

/** Makes a decision every millisecond while a pack is loaded, and tells how late each was. */
export async function load(): Promise<(order: Works['load']['order']) => Promise<Works['load']['answer']>> {
  const holder = createPackHolder();
  const patterns = [...patternsOf('exact', RUNNING)];
  holder.put({ name: 'running', version: '1', patterns }, 'code');
  const requests = createRequests(RUNNING, (number) => patterns[number] ?? fail());
  const views = requests.make('miss', REQUESTS, BYTES);
  let made = 0;
  const decide = (): void => {
    const view = views[made++ % REQUESTS];
    if (view) holder.matcher().match(createFacts(view), Date.now());
  };
  await keepDeciding(decide, after(WARM_UP_MS));
  return async ({ path, milliseconds }) => {
    global.gc?.();
    const startedAt = performance.now();
    const state: { ready: number | undefined; failed?: unknown } = { ready: undefined };
    if (path === undefined) state.ready = 0;
    else
      start(holder, path, (failed) => {
        state.ready = performance.now() - startedAt;
        state.failed = failed;
      });
    let isOver: (() => boolean) | undefined;
    // On for a while with the new patterns.
    const late = await keepDeciding(decide, () => {
      if (state.ready !== undefined) isOver ??= after(milliseconds);
      return isOver?.() ?? false;
    });
    if (state.failed !== undefined) throw state.failed;
    return { ready: state.ready ?? 0, late };
  };
}

/** A file that was seen before is new again when its time is. */
function start(holder: PackHolder, path: string, done: (failed?: unknown) => void): void {
  utimesSync(path, new Date(), new Date());
  const pack = loadPackFile(holder, path, { changed: () => done(), failed: done });
  if (pack) done();
}

function after(milliseconds: number): () => boolean {
  const end = performance.now() + milliseconds;
  return () => performance.now() >= end;
}

/** The loop never sleeps: a decision is late only when something else holds the thread. In milliseconds. */
async function keepDeciding(decide: () => void, isOver: () => boolean): Promise<number[]> {
  const late: number[] = [];
  let due = performance.now();
  while (!isOver()) {
    await nextTurn();
    for (let now = performance.now(); now >= due; due += INTERVAL) {
      late.push(now - due);
      decide();
    }
  }
  return late;
}

function fail(): never {
  throw new Error('there is no such pattern');
}
