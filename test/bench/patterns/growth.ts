import { describeRun, type Effort, type Part } from '../benchmark.js';
import { medianOf, runPaired, type Contestant, type Rounds, type Sample } from '../paired.js';
import type { Report, Row } from '../report.js';
import { packFile } from './packs.js';
import { REQUEST_KINDS, type RequestKind } from './requests.js';
import { sized, sizesOf } from './sizes.js';
import { startWork, type Working } from './task.js';
import { YARDSTICK } from './walk.js';

/** Look-ups of a round, by kilobytes of the request. */
const CALLS = { 1: 2_000, 10: 1_000, 100: 250 } as const;

type Kilobytes = keyof typeof CALLS;

const KINDS = Object.keys(REQUEST_KINDS) as readonly RequestKind[]; // the keys of the table

/** How a look-up grows with the number of patterns, for requests of one size. */
export function growth(kilobytes: Kilobytes): Part {
  const name = `${kilobytes}kB`;
  return {
    name,
    summary: `a thousand to a million mixed patterns, requests of ${kilobytes} kB, misses and hits`,
    rounds: 10,
    run: (effort) => run(name, kilobytes, effort),
  };
}

async function run(name: string, kilobytes: Kilobytes, effort: Effort): Promise<Report> {
  const sizes = sizesOf(effort);
  const calls = effort.calls ?? CALLS[kilobytes];
  const running = new Map<string, Working<'lookUp'>>();
  try {
    for (const size of sizes) {
      const { path } = await packFile('mixed', size);
      running.set(nameOf(size), startWork('lookUp', { files: [path] }));
    }
    const contestants = Object.fromEntries(
      [...running].map(([size, work]) => [size, contestant(work, kilobytes * 1_000, calls)]),
    );
    await runPaired(contestants, 2); // unmeasured, so that the code is compiled
    const rounds = await runPaired(contestants, effort.rounds);
    return {
      ...describeRun(name, effort, `match --only ${name}`),
      ...TEXTS,
      rows: KINDS.flatMap((kind) => sizes.map((size) => row(rounds, kind, size, sizes[0] ?? size))),
    };
  } finally {
    for (const work of running.values()) work.kill();
  }
}

const TEXTS: Pick<Report, 'comparison' | 'columns'> = {
  comparison:
    'time of one look-up among mixed patterns: 70 % whole prompts, 20 % parameters, 10 % phrases. The yardstick walks a ' +
    `request of the same kind and hashes each string in it once, with ${YARDSTICK}. All strings are new. The hits of one ` +
    'kind are of 64 patterns; a hit of any pattern is nearly always the first of its pattern among many, which is decoded, ' +
    'checked and compiled then.',
  columns: [
    { key: 'ratio', title: 'look-up ÷ walk', digits: 2 },
    { key: 'growth', title: '÷ least patterns', digits: 2 },
    { key: 'p50', title: 'p50 µs', digits: 2 },
    { key: 'p99', title: 'p99 µs', digits: 1 },
    { key: 'walk', title: 'walk p50 µs', digits: 2 },
    { key: 'candidates', title: 'candidates', digits: 2 },
  ],
};

/** Names that are no numbers: objects keep those in an order of their own. */
function nameOf(size: number): string {
  return `of ${size}`;
}

function contestant(work: Working<'lookUp'>, bytes: number, calls: number): Contestant {
  return {
    async round() {
      const figures: Record<string, number> = {};
      for (const kind of KINDS) {
        const sample = await work.ask({ kind, bytes, calls });
        for (const [key, value] of Object.entries(sample)) figures[`${kind} ${key}`] = value;
      }
      return figures;
    },
  };
}

function row(rounds: Rounds<string>, kind: RequestKind, size: number, least: number): Row {
  const of = (count: number, key: string) => (round: Readonly<Record<string, Sample>>) =>
    round[nameOf(count)]?.[`${kind} ${key}`] ?? Number.NaN;
  const median = (key: string): number => medianOf(rounds, of(size, key));
  const grown = medianOf(rounds, (round) => of(size, 'p50')(round) / of(least, 'p50')(round));
  return {
    name: sized(size, REQUEST_KINDS[kind]),
    figures: {
      ratio: median('ratio'),
      growth: grown,
      p50: median('p50'),
      p99: median('p99'),
      walk: median('walk'),
      candidates: median('candidates'),
    },
  };
}
