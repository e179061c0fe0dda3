import { addedCost, ADDED_COLUMNS } from './added-cost.js';
import { describeRun, type Effort, type Part, type Suite } from './benchmark.js';
import { shortField, wholeField, type Field } from './field.js';
import { CHUNKS } from './model-answers.js';
import { overheadPage } from './overhead-page.js';
import type { Column, Report } from './report.js';
import { startup } from './startup.js';

/** Calls of a round and before the first one. */
interface Amount {
  readonly calls: number;
  readonly warmUp: number;
}

/** What one part measures. */
interface Plan {
  readonly name: string;
  readonly summary: string;
  readonly comparison: string;
  readonly columns: readonly Column[];
  readonly rounds: number;
  readonly amount: Amount;
  readonly field: () => Field;
  readonly main?: string;
  readonly onDemand?: true;
}

const RATIOS: readonly Column[] = ADDED_COLUMNS.slice(0, 2);

const WAVE_COLUMNS: readonly Column[] = [
  ...RATIOS,
  { key: 'perCall', title: 'µs a call added', digits: 1 },
  ...ADDED_COLUMNS.slice(3),
];

const HTTP_COLUMNS: readonly Column[] = [
  ...ADDED_COLUMNS.slice(0, 5),
  { key: 'p99Spread', title: '±', digits: 1 },
  { key: 'loop', title: 'loop delay p99 µs added', digits: 0 },
  ...ADDED_COLUMNS.slice(5),
];

const RATE_COLUMNS: readonly Column[] = [
  ...RATIOS,
  { key: 'share', title: '% of a core added', digits: 1 },
  { key: 'spread', title: '±', digits: 1 },
  { key: 'p50', title: 'p50 µs added', digits: 0 },
  { key: 'p99', title: 'p99 µs added', digits: 0 },
  { key: 'p99Spread', title: '±', digits: 0 },
  { key: 'loop', title: 'loop delay p99 µs added', digits: 0 },
  { key: 'resident', title: 'resident MB added', digits: 0 },
  { key: 'lost', title: '% of spans lost', digits: 1 },
];

const SIZES = [1, 10, 100] as const;
const AT_ONCE = [1, 64] as const;

const PER_SECOND = 1_000;
const SECONDS = 60;
/** A minute in turns of five seconds. */
const RATE_ROUNDS = 12;

/** What instrumentation costs an application, in every way it can be felt. */
export const overhead: Suite = {
  name: 'overhead',
  summary:
    'what Arc adds to an application, beside one OpenTelemetry span by hand and other instrumentations',
  file: 'docs/OVERHEAD.md',
  page: (reports) => overheadPage(reports),
  parts: [
    ...SIZES.flatMap((kilobytes) =>
      [false, true].flatMap((streamed) =>
        AT_ONCE.map((atOnce) => toPart(inProcess(kilobytes, streamed, atOnce))),
      ),
    ),
    toPart(exported()),
    ...[false, true].map((streamed) => toPart(overHttp(streamed))),
    atRate('rate', 'Arc', shortField),
    { ...atRate('peer-load', 'the peers', wholeField), onDemand: true },
    startup,
  ],
};

function inProcess(kilobytes: number, streamed: boolean, atOnce: number): Plan {
  const kind = streamed ? `streamed call of ${CHUNKS} chunks` : 'call';
  const many = atOnce > 1 ? `, ${atOnce} at a time` : '';
  const job = { bytes: kilobytes * 1000, streamed, atOnce };
  return {
    name: `${kilobytes}kB-${streamed ? 'stream' : 'plain'}-${atOnce}`,
    summary: `a ${kind}, ${kilobytes} kB of prompt${many}, model inside the process`,
    comparison: `${kind}, ${kilobytes} kB of prompt${many}, answered inside the process, spans thrown away.`,
    columns: atOnce > 1 ? WAVE_COLUMNS : ADDED_COLUMNS,
    rounds: 12,
    amount: streamed ? { calls: 128, warmUp: 512 } : { calls: kilobytes === 100 ? 192 : 384, warmUp: 1_536 },
    field: () => wholeField(job),
    ...(atOnce > 1 && { main: 'perCall' }),
  };
}

function exported(): Plan {
  return {
    name: 'export',
    summary: 'a call, 1 kB of prompt, spans exported over OTLP gRPC to another process',
    comparison:
      'call, 1 kB of prompt, answered inside the process; Arc is preloaded, and all spans are sent to another process, over ' +
      'OTLP gRPC where the contestant can. Processor time includes the export.',
    columns: ADDED_COLUMNS,
    rounds: 15,
    amount: { calls: 400, warmUp: 1_600 },
    field: () => wholeField({ bytes: 1000, streamed: false, exported: true }),
  };
}

function overHttp(streamed: boolean): Plan {
  const kind = streamed ? `streamed call of ${CHUNKS} chunks` : 'call';
  return {
    name: `http-${streamed ? 'stream' : 'plain'}`,
    summary: `a ${kind}, 1 kB of prompt, against a server on the loopback interface, spans exported`,
    comparison: `${kind}, 1 kB of prompt, one after another, against a server on the loopback interface; spans are sent to another process.`,
    columns: HTTP_COLUMNS,
    rounds: 12,
    amount: { calls: streamed ? 100 : 200, warmUp: streamed ? 300 : 600 },
    field: () => wholeField({ bytes: 1000, streamed, overHttp: true, exported: true }),
  };
}

function toPart(plan: Plan): Part {
  const { name, summary, rounds } = plan;
  return { name, summary, rounds, run: (effort) => run(plan, effort) };
}

/** Its number of calls follows from the time it is given. */
function atRate(name: string, who: string, field: typeof wholeField): Part {
  const job = { bytes: 1000, streamed: false, overHttp: true, exported: true, perSecond: PER_SECOND };
  const plan = {
    name,
    summary: `${PER_SECOND} calls a second against a server on the loopback interface, spans exported: ${who}`,
    comparison:
      `${PER_SECOND} calls a second, 1 kB of prompt, whether or not earlier ones have ended, against a server on the loopback ` +
      'interface, spans sent to another process. A call is timed from the moment it was due.',
    columns: RATE_COLUMNS,
    field: () => field(job),
    main: 'share',
  };
  return {
    name,
    summary: plan.summary,
    rounds: RATE_ROUNDS,
    run: (effort) => {
      const calls = Math.ceil(((effort.seconds ?? SECONDS) * PER_SECOND) / effort.rounds);
      const amount = { calls, warmUp: Math.min(calls, 2 * PER_SECOND) };
      return run({ ...plan, rounds: effort.rounds, amount }, effort);
    },
  };
}

async function run(plan: Plan, effort: Effort): Promise<Report> {
  const { absent, ...field } = plan.field();
  const rows = await addedCost({
    ...field,
    rounds: effort.rounds,
    calls: effort.calls ?? plan.amount.calls,
    warmUp: effort.calls ?? plan.amount.warmUp,
    ...(plan.main !== undefined && { main: plan.main }),
  });
  return {
    ...describeRun(plan.name, effort, `overhead --only ${plan.name}`),
    comparison: plan.comparison,
    columns: plan.columns,
    rows: [...rows, ...absent],
  };
}
