/** A process of its own for one contestant: what one setup allocates, compiles or patches must not touch another. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CHUNKS, requestOf } from './model-stub.js';
import { quantile, type Sample } from './paired.js';
import { SETUPS, type Ready, type SetupName } from './setups.js';

/** What a contestant does. */
export interface Job {
  readonly setup: SetupName;
  readonly streamed: boolean;
  /** Length of the prompt, in bytes. */
  readonly bytes: number;
  /** 0.95 is what a built-in pattern repairs for the model asked. */
  readonly temperature: number;
}

/** What a contestant has to show at the end, so that a run that measured something else is noticed. */
export interface Outcome {
  /** Calls made since the start. */
  readonly calls: number;
  readonly spans: number;
  /** Temperature of the request sent last. */
  readonly temperatureSent: number;
}

/** What is asked of a worker: a number of calls, or the end. */
export type Order = { readonly calls: number } | 'end';

/** Calls in one turn of the event loop; batches of spans go out between turns. */
const CALLS_PER_TURN = 16;

let made = 0;

async function measure(ready: Ready, job: Job, calls: number): Promise<Sample> {
  const request = requestOf(job.bytes, job.temperature);
  const micros: number[] = [];
  const before = process.cpuUsage();
  for (let index = 0; index < calls; index += 1) {
    const params = request();
    const startedAt = performance.now();
    if (job.streamed) checkChunks(await ready.stream(params));
    else await ready.call(params);
    micros.push((performance.now() - startedAt) * 1000);
    if (index % CALLS_PER_TURN === 0) await nextTurn();
  }
  const { user, system } = process.cpuUsage(before);
  made += calls;
  return {
    p50: quantile(micros, 0.5),
    p99: quantile(micros, 0.99),
    cpu: (user + system) / calls,
    resident: process.memoryUsage.rss() / 1e6, // no collection is forced: applications force none either
  };
}

function checkChunks(count: number): void {
  if (count !== CHUNKS) throw new Error(`the stream had ${count} chunks instead of ${CHUNKS}`);
}

async function finish(ready: Ready): Promise<Outcome> {
  const spans = await ready.spans();
  const temperatureSent = Number(ready.model.lastBody()['temperature']);
  return { calls: made, spans, temperatureSent };
}

function start(job: Job): void {
  const ready = SETUPS[job.setup]();
  process.on('message', (order: Order) => {
    const answer = order === 'end' ? finish(ready) : measure(ready, job, order.calls);
    answer.then(
      (result) => process.send?.(result),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  });
}

if (process.send) start(JSON.parse(process.argv[2] ?? '{}') as Job);
