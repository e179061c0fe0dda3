import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ArcError, PackError, type ArcErrorCode, type PackProblem } from '../../contract/errors.js';
import { openImage } from '../../patterns/image/layout.js';
import type { CompiledDelta } from '../../patterns/pack-delta.js';
import type { LoadedPack, LoadProgress, PackSource } from './read-source.js';

/** What the worker says. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: LoadProgress }
  | { readonly kind: 'image'; readonly bytes: SharedArrayBuffer; readonly isChecked: boolean }
  | {
      readonly kind: 'delta';
      readonly delta: Omit<CompiledDelta, 'added'>;
      readonly bytes: SharedArrayBuffer;
    }
  | { readonly kind: 'invalid'; readonly problems: readonly PackProblem[] }
  | { readonly kind: 'failed'; readonly code: ArcErrorCode; readonly message: string };

/** What becomes of a load: one of `loaded` and `failed`, once, unless it is cancelled. */
export interface LoadEvents {
  readonly loaded: (pack: LoadedPack) => void;
  readonly failed: (error: unknown) => void;
  readonly progress?: (progress: LoadProgress) => void;
}

/** A load under way. */
export interface Load {
  /** Ends it; nothing more is told. */
  cancel(): void;
}

/** The thread's program. Its folder is asked for only here: in a bundle of ES modules there is none. */
function workerFile(): string {
  return join(__dirname, 'pack-worker.js');
}

/**
 * Loads a pack in a thread of its own, which never keeps the process alive. That thread gets none of the application's
 * flags and environment: what is preloaded into the application is not loaded again.
 */
export function loadInWorker(source: PackSource, events: LoadEvents): Load {
  const worker = new Worker(workerFile(), { workerData: source, execArgv: [], env: {}, name: 'arc-packs' });
  let isOver = false;
  const end = (tell: () => void): void => {
    if (isOver) return;
    isOver = true;
    void worker.terminate();
    tell();
  };
  worker.unref();
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind !== 'progress') return end(() => receive(message, events));
    if (!isOver) events.progress?.(message.progress);
  });
  worker.on('error', (error) => end(() => events.failed(error)));
  worker.on('exit', () => end(() => events.failed(new Error('the thread that loads packs ended early'))));
  return { cancel: () => end(() => undefined) };
}

/** What is thrown while a pack is put in place is a failed load too: nothing may reach the application from here. */
function receive(message: Exclude<WorkerMessage, { kind: 'progress' }>, events: LoadEvents): void {
  try {
    deliver(message, events);
  } catch (error) {
    events.failed(error);
  }
}

function deliver(message: Exclude<WorkerMessage, { kind: 'progress' }>, events: LoadEvents): void {
  switch (message.kind) {
    case 'image':
      return events.loaded({
        kind: 'image',
        image: openImage(message.bytes),
        isChecked: message.isChecked,
      });
    case 'delta':
      return events.loaded({ kind: 'delta', delta: { ...message.delta, added: openImage(message.bytes) } });
    case 'invalid':
      return events.failed(new PackError(message.problems));
    case 'failed':
      return events.failed(new ArcError(message.code, message.message));
  }
}
