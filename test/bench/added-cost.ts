import { startContestant, type ContestantProcess } from './contestant-process.js';
import type { Job } from './job.js';
import { medianOf, runPaired, spreadOf, type Contestant, type Rounds, type Sample } from './paired.js';
import type { Column, Row } from './report.js';
import { createSurroundings, type Surroundings } from './surroundings.js';

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
  /** Another one than `bare`, for those that use another client than it does. */
  readonly bareOf?: Readonly<Partial<Record<Name, NoInfer<Name>>>>;
  /** Those whose failure is a row that says why; of all others it ends the benchmark. */
  readonly mayFail?: ReadonlySet<string>;
  /** The figure that ratios and the spread are made of; the p50 when left out. */
  readonly main?: string;
  readonly rounds: number;
  /** Calls of each contestant in a round. */
  readonly calls: number;
  /** Calls of each contestant before the first round. */
  readonly warmUp: number;
}

/** Runs the contestants side by side, each in its own process, and tells what each adds to the bare one. */
export async function addedCost<Name extends string>(plan: AddedCost<Name>): Promise<Row[]> {
  const surroundings = createSurroundings();
  const failures = new Map<string, string>();
  const running = new Map<Name, ContestantProcess>();
  const guarded = async <T>(name: Name, action: () => Promise<T>): Promise<T | undefined> => {
    if (failures.has(name)) return undefined;
    try {
      return await action();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!plan.mayFail?.has(name)) throw new Error(`${name}: ${reason}`, { cause: error });
      failures.set(name, reason);
      return undefined;
    }
  };
  try {
    await startAll(plan, running, surroundings);
    for (const [name, contestant] of running) await guarded(name, () => contestant.warmUp(plan.warmUp));
    const contestants = [...running].map(([name, contestant]): [Name, Contestant] => [
      name,
      { round: async () => (await guarded(name, () => contestant.round())) ?? {} },
    ]);
    const rounds = await runPaired(Object.fromEntries(contestants) as Record<Name, Contestant>, plan.rounds);
    const ends = new Map<Name, Sample>();
    for (const [name, contestant] of running)
      ends.set(name, (await guarded(name, () => contestant.end())) ?? {});
    return [...running.keys()].map((name) => {
      const note = failures.get(name);
      return note === undefined ? toRow(plan, rounds, name, ends.get(name)) : { name, figures: {}, note };
    });
  } finally {
    for (const contestant of running.values()) contestant.kill();
    surroundings.close();
  }
}

/** All processes load their modules at the same time, as long as nothing is measured. */
async function startAll<Name extends string>(
  { jobs, calls }: AddedCost<Name>,
  running: Map<Name, ContestantProcess>,
  surroundings: Surroundings,
): Promise<void> {
  for (const name of Object.keys(jobs) as Name[])
    // its keys are the names
    running.set(name, await startContestant(jobs[name], calls, surroundings));
}

function toRow<Name extends string>(
  plan: AddedCost<Name>,
  rounds: Rounds<Name>,
  name: Name,
  end: Sample = {},
): Row {
  const main = plan.main ?? 'p50';
  const figure = (of: Name, key: string) => (round: Rounds<Name>[number]) => round[of][key] ?? Number.NaN;
  const bareOf = (of: Name): Name => plan.bareOf?.[of] ?? plan.bare;
  const bare = bareOf(name);
  // A bare client is shown in full, the others by what they add to it.
  const shown = (of: Name, key: string) => (round: Rounds<Name>[number]) =>
    figure(of, key)(round) - (of === bareOf(of) ? 0 : figure(bareOf(of), key)(round));
  const figures = {
    relative: medianOf(rounds, (round) => figure(name, main)(round) / figure(bare, main)(round)),
    spread: spreadOf(rounds, shown(name, main)),
    p99Spread: spreadOf(rounds, shown(name, 'p99')),
    ...Object.fromEntries(keysOf(rounds, name).map((key) => [key, medianOf(rounds, shown(name, key))])),
    ...end,
  };
  if (name === bare) return { name: `${name}, in full`, figures };
  return {
    name,
    figures: {
      ...figures,
      ratio: medianOf(rounds, shown(name, main)) / medianOf(rounds, shown(plan.floor, main)),
    },
  };
}

function keysOf<Name extends string>(rounds: Rounds<Name>, name: Name): string[] {
  const sample: Sample = rounds[0]?.[name] ?? {};
  return Object.keys(sample);
}
