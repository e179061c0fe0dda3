import { describeRun, type Effort, type Part } from '../benchmark.js';
import { medianOf, runPaired, type Sample } from '../paired.js';
import type { Report, Row } from '../report.js';
import { UNRELATED } from './fuzzy-work.js';
import { PERTURBATIONS } from './perturb.js';
import { grouped, MILLION } from './sizes.js';
import { startWork } from './task.js';

const THRESHOLDS = [0.5, 0.65, 0.8] as const;
const CALLS = 1_000;
const ORDERS = [...Object.keys(PERTURBATIONS), UNRELATED];

/** How well changed prompts are found among a million similar ones. */
export const fuzzy: Part = {
  name: 'fuzzy',
  summary: 'a million similar texts alone: recall of changed prompts, false alarms, time',
  rounds: 3,
  run,
};

async function run(effort: Effort): Promise<Report> {
  const count = effort.patterns ?? MILLION;
  const rows: Row[] = [];
  for (const threshold of THRESHOLDS) rows.push(...(await atThreshold(threshold, count, effort)));
  return {
    ...describeRun('fuzzy', effort, 'match --only fuzzy'),
    comparison:
      `${grouped(count)} patterns of one \`similar\` text each, about 330 characters in six sentences, and prompts made of them. ` +
      'Found: the pattern a prompt was made of is among the answers. Recall: the same of those prompts alone that are as ' +
      'similar as the threshold asks, which is what the index answers for. False alarms: unrelated prompts that fit any ' +
      'pattern. Prompts are made of 512 of the texts; what takes long is looked up less often. Each threshold has a pack and a process of its own.',
    columns: [
      { key: 'found', title: 'found', digits: 3 },
      { key: 'recall', title: 'recall', digits: 3 },
      { key: 'alarms', title: 'false alarms', digits: 4 },
      { key: 'p50', title: 'p50 µs', digits: 1 },
      { key: 'p99', title: 'p99 µs', digits: 1 },
      { key: 'candidates', title: 'candidates', digits: 1 },
      { key: 'built', title: 'built in s', digits: 1 },
      { key: 'bytes', title: 'bytes a pattern', digits: 0 },
    ],
    rows,
  };
}

async function atThreshold(threshold: number, count: number, effort: Effort): Promise<Row[]> {
  const work = startWork('fuzzy', { threshold, count });
  const calls = effort.calls ?? CALLS;
  const contestants = Object.fromEntries(
    ORDERS.map((perturbation) => [perturbation, { round: () => work.ask({ perturbation, calls }) }]),
  );
  try {
    await runPaired(contestants, 1); // unmeasured, so that the code is compiled
    const rounds = await runPaired(contestants, effort.rounds);
    return ORDERS.map((perturbation): Row => {
      const keys = Object.keys(rounds[0]?.[perturbation] ?? {});
      const median = (key: string): number =>
        medianOf(
          rounds,
          (round: Readonly<Record<string, Sample>>) => round[perturbation]?.[key] ?? Number.NaN,
        );
      return {
        name: `${threshold}: ${perturbation}`,
        figures: Object.fromEntries(keys.map((key) => [key, median(key)])),
      };
    });
  } finally {
    work.kill();
  }
}
