import { addedCost, ADDED_COLUMNS } from './added-cost.js';
import { describeRun, type Benchmark } from './benchmark.js';
import type { Job } from './job.js';
import type { SetupName } from './launches.js';
import { CHUNKS } from './model-answers.js';

const CALLS = 100;
const WARM_UP = 1_000;

/** What Arc adds to a streamed call. */
export const stream: Benchmark = {
  name: 'stream',
  summary: `what Arc adds to a streamed call of ${CHUNKS} chunks, beside one OpenTelemetry span by hand`,
  rounds: 30,
  async run(effort) {
    return {
      ...describeRun('stream', effort),
      comparison:
        `cost added to a streamed call of ${CHUNKS} chunks and a 1 kB prompt, read to its end through the real openai client; ` +
        'each line has its own process and is compared with the bare client, the floor is one span written by hand.',
      columns: ADDED_COLUMNS,
      rows: await addedCost({
        rounds: effort.rounds,
        calls: effort.calls ?? CALLS,
        warmUp: effort.calls ?? WARM_UP,
        bare: 'bare client',
        floor: 'OpenTelemetry span by hand (floor)',
        jobs: {
          'bare client': job('bare'),
          'OpenTelemetry span by hand (floor)': job('otel-span'),
          'Arc, no pattern matches': job('arc'),
          'Arc, no pattern matches, no meter provider': job('arc-no-metrics'),
        },
      }),
    };
  },
};

function job(setup: SetupName): Job {
  return { setup, streamed: true, bytes: 1000, temperature: 0.2 };
}
