import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { Job } from './job.js';
import { CHUNKS } from './model-answers.js';
import { requestOf } from './model-stub.js';
import { quantile, type Sample } from './paired.js';
import type { Ready } from './ready.js';

/** Calls in one turn of the event loop; batches of spans go out between turns. */
const CALLS_PER_TURN = 16;

/** Makes calls as the job says and measures them, the export of their spans included. */
export async function measure(ready: Ready, job: Job, calls: number): Promise<Sample> {
  const micros: number[] = [];
  const loop = isReal(job) ? monitorEventLoopDelay({ resolution: 1 }) : undefined;
  const besideBefore = await ready.beside?.();
  const before = process.cpuUsage();
  const startedAt = performance.now();
  loop?.enable();
  await makeCalls(job, calls, callOf(ready, job), micros);
  loop?.disable();
  const elapsed = (performance.now() - startedAt) * 1000;
  await ready.flush();
  const { user, system } = process.cpuUsage(before);
  const beside = await ready.beside?.();
  const cpu = user + system + (beside?.cpu ?? 0) - (besideBefore?.cpu ?? 0);
  return {
    p50: quantile(micros, 0.5),
    p99: quantile(micros, 0.99),
    perCall: elapsed / calls,
    cpu: cpu / calls,
    share: (cpu / elapsed) * 100,
    // No collection is forced: applications force none either.
    resident: (process.memoryUsage.rss() + (beside?.resident ?? 0)) / 1e6,
    ...(loop && { loop: loop.percentile(99) / 1000 }),
  };
}

/** Whether there is anything to wait for: otherwise the loop's delay is only that of the benchmark's own turns. */
function isReal({ overHttp, perSecond }: Job): boolean {
  return overHttp === true || perSecond !== undefined;
}

function callOf(ready: Ready, { bytes, temperature, streamed }: Job): () => Promise<void> {
  const request = requestOf(bytes, temperature);
  if (!streamed) return async () => void (await ready.call(request()));
  return async () => checkChunks(await ready.stream(request()));
}

function checkChunks(count: number): void {
  if (count !== CHUNKS) throw new Error(`a stream had ${count} chunks instead of ${CHUNKS}`);
}

type Call = () => Promise<void>;

function makeCalls(job: Job, calls: number, call: Call, micros: number[]): Promise<void> {
  const { perSecond, atOnce = 1 } = job;
  return perSecond === undefined
    ? inWaves({ calls, atOnce }, call, micros)
    : atRate({ calls, perSecond }, call, micros);
}

/** As many at a time as asked for; the next ones start when all have ended. */
async function inWaves(
  { calls, atOnce }: { readonly calls: number; readonly atOnce: number },
  call: Call,
  micros: number[],
): Promise<void> {
  const timed = async (): Promise<void> => {
    const startedAt = performance.now();
    await call();
    micros.push((performance.now() - startedAt) * 1000);
  };
  for (let made = 0; made < calls; made += atOnce) {
    if (atOnce === 1) await timed();
    else await Promise.all(Array.from({ length: Math.min(atOnce, calls - made) }, timed));
    if (made % CALLS_PER_TURN === 0) await nextTurn();
  }
}

/**
 * Calls start when they are due, whether or not earlier ones have ended, and are timed from then on: a stalled process
 * makes every call late that was due meanwhile.
 */
async function atRate(
  { calls, perSecond }: { readonly calls: number; readonly perSecond: number },
  call: Call,
  micros: number[],
): Promise<void> {
  const startedAt = performance.now();
  const underWay: Promise<void>[] = [];
  const timed = async (due: number): Promise<void> => {
    await call();
    micros.push((performance.now() - due) * 1000);
  };
  while (underWay.length < calls) {
    const due = startedAt + (underWay.length * 1000) / perSecond;
    if (performance.now() >= due) underWay.push(timed(due));
    else await delay(1);
  }
  await Promise.all(underWay);
}
