import { describeRun, type Effort, type Part } from '../benchmark.js';
import { medianOf, runPaired, type Sample } from '../paired.js';
import { INSTALL, isInstalled } from '../peers.js';
import type { Report, Row } from '../report.js';
import { FILTERS, type FilterName } from './filters.js';
import { grouped, MILLION } from './sizes.js';
import { startWork, type Working } from './task.js';

const CALLS = 2_000;
/** The slow one is filled with a tenth of a million; its time for all is reckoned from that. */
const SLOW: FilterName = 'bloom-filters, its own hash';
const SLOW_KEYS = 100_000;
const OWN: FilterName = "Arc's filter, Arc's hash";
const NAMES = Object.keys(FILTERS) as readonly FilterName[]; // the keys of the table

/** One probe of a filter: the library's, and the index's own. */
export const filters: Part = {
  name: 'filters',
  summary: 'one key in a filter of a million: bloom-filters with two hashes, and the filter of the index',
  rounds: 10,
  run,
};

async function run(effort: Effort): Promise<Report> {
  const { patterns = MILLION, calls = CALLS } = effort;
  const running = new Map<FilterName, Working<'filter'>>();
  const built = new Map<FilterName, number>();
  const present = NAMES.filter((name) => name === OWN || isInstalled('bloom-filters'));
  try {
    for (const name of present) {
      const count = Math.min(patterns, name === SLOW ? SLOW_KEYS : patterns);
      const work = startWork('filter', { filter: name, count });
      running.set(name, work);
      const { seconds = Number.NaN } = await work.ask('build');
      built.set(name, (seconds / count) * patterns);
    }
    const contestants = Object.fromEntries(
      [...running].map(([name, work]) => [name, { round: () => work.ask({ calls }) }]),
    );
    await runPaired(contestants, 2); // unmeasured, so that the code is compiled
    const rounds = await runPaired(contestants, effort.rounds);
    const rows = NAMES.map((name): Row => {
      if (!present.includes(name)) return { name, figures: {}, note: `not installed: ${INSTALL}` };
      const of = (who: FilterName, key: string) => (round: Readonly<Record<string, Sample>>) =>
        round[who]?.[key] ?? Number.NaN;
      const median = (key: string): number => medianOf(rounds, of(name, key));
      const ratio = medianOf(rounds, (round) => of(name, 'miss')(round) / of(OWN, 'miss')(round));
      const [miss, hit, p99, wrong] = [median('miss'), median('hit'), median('p99'), median('wrong')];
      return { name, figures: { ratio, miss, hit, p99, wrong: wrong * 1_000, seconds: built.get(name) } };
    });
    return { ...describeRun('filters', effort, 'match --only filters'), ...texts(patterns), rows };
  } finally {
    for (const work of running.values()) work.kill();
  }
}

function texts(count: number): Pick<Report, 'comparison' | 'columns'> {
  return {
    comparison:
      `one key of about 250 characters, hashed and looked up in a filter of ${grouped(count)} for one false positive in a ` +
      `thousand. With its own hash, bloom-filters is given ${grouped(Math.min(count, SLOW_KEYS))} keys, and the time to ` +
      'build is reckoned from that.',
    columns: [
      { key: 'ratio', title: 'miss ÷ Arc', digits: 1 },
      { key: 'miss', title: 'miss p50 µs', digits: 2 },
      { key: 'hit', title: 'hit p50 µs', digits: 2 },
      { key: 'p99', title: 'miss p99 µs', digits: 1 },
      { key: 'wrong', title: 'false positives ‰', digits: 2 },
      { key: 'seconds', title: 'built in s', digits: 2 },
    ],
  };
}
