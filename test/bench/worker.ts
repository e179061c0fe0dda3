/** A process of its own for one contestant: what one setup allocates, compiles or patches must not touch another. */
import type { Assignment, Order, Outcome } from './job.js';
import { keepOnLoopback } from './loopback-guard.js';
import { measure } from './measure.js';
import type { Sample } from './paired.js';
import { SETUPS } from './setups.js';
import { answerOrders } from './side-process.js';

const strayed: string[] = [];
keepOnLoopback((host) => strayed.push(host));

const assignment = JSON.parse(process.argv[2] ?? '{}') as Assignment; // from the benchmark that started this process
const ready = Promise.resolve().then(() => SETUPS[assignment.setup](assignment));
ready.catch(() => undefined); // told when the first order comes

let made = 0;

async function round(calls: number): Promise<Sample> {
  const sample = await measure(await ready, assignment, calls);
  made += calls;
  return sample;
}

async function finish(): Promise<Outcome> {
  const { flush, spans, model } = await ready;
  await flush();
  if (strayed.length > 0) throw new Error(`tried to connect to ${[...new Set(strayed)].join(', ')}`);
  return { calls: made, spans: spans(), temperatureSent: Number(model.lastBody()['temperature']) };
}

answerOrders((order: Order) => (order === 'end' ? finish() : round(order.calls)));
