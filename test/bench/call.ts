import { addedCost, ADDED_COLUMNS } from './added-cost.js';
import { describeRun, type Benchmark, type Effort } from './benchmark.js';
import type { Job } from './job.js';
import type { SetupName } from './launches.js';
import type { Row } from './report.js';

const CALLS = 400;
/** V8 has compiled the hot path by then; later rounds no longer get faster. */
const WARM_UP = 4_000;

/** What Arc adds to one call. */
export const call: Benchmark = {
  name: 'call',
  summary: 'what Arc adds to one call through the real openai client, beside one OpenTelemetry span by hand',
  rounds: 40,
  async run(effort) {
    return {
      ...describeRun('call', effort),
      comparison:
        'cost added to one call of the real openai client that is answered inside the process. Each line has its own process ' +
        'and is compared with the bare client of the same prompt size; the floor is one span written by hand, with the same ' +
        'batch processor and an exporter that throws spans away.',
      columns: ADDED_COLUMNS,
      rows: [
        ...(await smallPrompts(effort)),
        ...(await largerPrompts(effort, 10)),
        ...(await largerPrompts(effort, 100)),
      ],
    };
  },
};

function smallPrompts(effort: Effort): Promise<Row[]> {
  return addedCost({
    ...plan(effort),
    bare: '1 kB: bare client',
    floor: '1 kB: OpenTelemetry span by hand (floor)',
    jobs: {
      '1 kB: bare client': job('bare', 1),
      '1 kB: pass-through patch': job('pass-through', 1),
      '1 kB: OpenTelemetry span by hand (floor)': job('otel-span', 1),
      '1 kB: OpenTelemetry span and metrics by hand': job('otel-span-metrics', 1),
      '1 kB: Arc, no pattern matches': job('arc', 1),
      '1 kB: Arc, request repaired': job('arc', 1, 0.95),
      '1 kB: Arc, mode off': job('arc-off', 1),
      '1 kB: Arc, no pattern matches, no meter provider': job('arc-no-metrics', 1),
      '1 kB: Arc, request repaired, no meter provider': job('arc-no-metrics', 1, 0.95),
    },
  });
}

function largerPrompts(effort: Effort, kilobytes: number): Promise<Row[]> {
  const bare = `${kilobytes} kB: bare client`;
  const floor = `${kilobytes} kB: OpenTelemetry span by hand (floor)`;
  const jobs = {
    [bare]: job('bare', kilobytes),
    [floor]: job('otel-span', kilobytes),
    [`${kilobytes} kB: Arc, no pattern matches`]: job('arc', kilobytes),
  };
  return addedCost({ ...plan(effort), bare, floor, jobs });
}

function plan({ rounds, calls }: Effort) {
  return { rounds, calls: calls ?? CALLS, warmUp: calls ?? WARM_UP };
}

function job(setup: SetupName, kilobytes: number, temperature = 0.2): Job {
  return { setup, streamed: false, bytes: kilobytes * 1000, temperature };
}
