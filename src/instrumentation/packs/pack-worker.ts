/** The thread that reads, checks and indexes one pack, so that the application's does not have to. */
import { parentPort, workerData } from 'node:worker_threads';
import { ArcError, PackError } from '../../contract/errors.js';
import type { WorkerMessage } from './pack-loader.js';
import { readSource, type LoadedPack, type PackSource } from './read-source.js';

/** Milliseconds between two reports. */
const REPORT_EVERY_MS = 50;

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

function run(source: PackSource): void {
  let reportedAt = 0;
  const loaded = readSource(source, (progress) => {
    if (performance.now() - reportedAt < REPORT_EVERY_MS) return;
    reportedAt = performance.now();
    send({ kind: 'progress', progress });
  });
  send(messageOf(loaded));
}

/** Buffers are shared, not copied. */
function messageOf(loaded: LoadedPack): WorkerMessage {
  if (loaded.kind === 'image')
    return { kind: 'image', bytes: loaded.image.bytes, isChecked: loaded.isChecked };
  const { added, ...delta } = loaded.delta;
  return { kind: 'delta', delta, bytes: added.bytes };
}

try {
  run(workerData as PackSource); // what pack-loader.ts hands over
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof PackError) send({ kind: 'invalid', problems: error.problems });
  else send({ kind: 'failed', code: ArcError.is(error) ? error.code : 'ARC_PACK_INVALID', message });
}
