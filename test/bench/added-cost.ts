import { startContestant, type ContestantProcess } from './contestant-process.js';
import { medianOf, runPaired, spreadOf, type Rounds } from './paired.js';
import type { Column, Row } from './report.js';
import type { Job } from './worker.js';

/** Figures of {@link addedCost}: medians over the rounds; `±` is half the distance between the quartiles of the p50. */
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
    for (const contestant of running.values()) await contestant.end();
    return [...running.keys()].map((name) => toRow(plan, rounds, name));
  } finally {
    for (const contestant of running.values()) contestant.kill();
  }
}

function toRow<Name extends string>({ bare, floor }: AddedCost<Name>, rounds: Rounds<Name>, name: Name): Row {
  const figure = (of: Name, key: string) => (round: Rounds<Name>[number]) => round[of][key] ?? Number.NaN;
  // The bare client is shown in full, the others by what they add to it.
  const shown = (of: Name, key: string) => (round: Rounds<Name>[number]) =>
    figure(of, key)(round) - (name === bare ? 0 : figure(bare, key)(round));
  const figures = {
    relative: medianOf(rounds, (round) => figure(name, 'p50')(round) / figure(bare, 'p50')(round)),
    p50: medianOf(rounds, shown(name, 'p50')),
    spread: spreadOf(rounds, shown(name, 'p50')),
    p99: medianOf(rounds, shown(name, 'p99')),
    cpu: medianOf(rounds, shown(name, 'cpu')),
    resident: medianOf(rounds, shown(name, 'resident')),
  };
  if (name === bare) return { name: `${name}, in full`, figures };
  return { name, figures: { ...figures, ratio: figures.p50 / medianOf(rounds, shown(floor, 'p50')) } };
}
