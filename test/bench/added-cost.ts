import { startContestant, type ContestantProcess } from './contestant-process.js';
import { medianOf, runPaired, spreadOf, type Rounds } from './paired.js';
import type { Column, Row } from './report.js';
import type { Job } from './worker.js';

/** Figures of {@link addedCost}; all but the first two are differences to the bare client of the same rounds. */
export const ADDED_COLUMNS: readonly Column[] = [
  { key: 'ratio', title: 'added ÷ floor', digits: 2 },
  { key: 'relative', title: 'call ÷ bare', digits: 2 },
  { key: 'p50', title: 'p50 µs added', digits: 1 },
  { key: 'spread', title: '±', digits: 1 },
  { key: 'p99', title: 'p99 µs added', digits: 1 },
  { key: 'cpu', title: 'processor µs added', digits: 1 },
  { key: 'resident', title: 'resident MB added', digits: 0 },
];

/** Which contestants are compared, and how much is measured. */
export interface AddedCost<Name extends string> {
  readonly jobs: Readonly<Record<Name, Job>>;
  /** The contestant whose figures are taken off those of the others. */
  readonly bare: NoInfer<Name>;
  /** The contestant whose added cost counts as 1. */
  readonly floor: NoInfer<Name>;
  readonly rounds: number;
  /** Calls of each contestant in a round. */
  readonly calls: number;
  /** Calls of each contestant before the first round. */
  readonly warmUp: number;
}

/** Runs the contestants side by side, each in its own process, and tells what each adds to the bare one. */
export async function addedCost<Name extends string>(plan: AddedCost<Name>): Promise<Row[]> {
  const running = new Map<Name, ContestantProcess>();
  try {
    for (const name of Object.keys(plan.jobs) as Name[])
      // its keys are the names
      running.set(name, await startContestant(plan.jobs[name], plan.calls, plan.warmUp));
    const rounds = await runPaired(
      Object.fromEntries(running) as Record<Name, ContestantProcess>,
      plan.rounds,
    );
    const resident = new Map<Name, number>();
    for (const [name, contestant] of running) resident.set(name, (await contestant.end()).residentMb);
    return [...running.keys()].map((name) => toRow(plan, rounds, name, resident));
  } finally {
    for (const contestant of running.values()) contestant.kill();
  }
}

function toRow<Name extends string>(
  { bare, floor }: AddedCost<Name>,
  rounds: Rounds<Name>,
  name: Name,
  resident: ReadonlyMap<Name, number>,
): Row {
  const figure = (of: Name, key: string) => (round: Rounds<Name>[number]) => round[of][key] ?? Number.NaN;
  if (name === bare) {
    const [p50, p99, cpu] = ['p50', 'p99', 'cpu'].map((key) => medianOf(rounds, figure(bare, key)));
    const spread = spreadOf(rounds, figure(bare, 'p50'));
    return {
      name: `${name} (the call itself)`,
      figures: { relative: 1, p50, p99, cpu, spread, resident: resident.get(bare) },
    };
  }
  const added = (of: Name, key: string) => (round: Rounds<Name>[number]) =>
    figure(of, key)(round) - figure(bare, key)(round);
  return {
    name,
    figures: {
      ratio: medianOf(rounds, added(name, 'p50')) / medianOf(rounds, added(floor, 'p50')),
      relative: medianOf(rounds, (round) => figure(name, 'p50')(round) / figure(bare, 'p50')(round)),
      p50: medianOf(rounds, added(name, 'p50')),
      spread: spreadOf(rounds, added(name, 'p50')),
      p99: medianOf(rounds, added(name, 'p99')),
      cpu: medianOf(rounds, added(name, 'cpu')),
      resident: (resident.get(name) ?? Number.NaN) - (resident.get(bare) ?? Number.NaN),
    },
  };
}
