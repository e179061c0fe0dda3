import { describeRun, type Effort, type Part } from '../benchmark.js';
import { medianOf, runPaired, type Contestant } from '../paired.js';
import type { Report, Row } from '../report.js';
import type { CorpusKind } from './corpus.js';
import { packFile } from './packs.js';
import { REQUEST_KINDS, type RequestKind } from './requests.js';
import { grouped, MILLION } from './sizes.js';
import { startWork, type Working } from './task.js';

const BYTES = 1_000;
const CALLS = 2_000;
/** As many as a twentieth of the others. */
const SHARE = 20;
const KINDS = ['miss', 'opening', 'exact'] as const satisfies readonly RequestKind[];
const ADDED = {
  'expressions behind literals': 'regex',
  'similar texts': 'similar-0.8',
} as const satisfies Readonly<Record<string, CorpusKind>>;

/** What patterns that cost more add to a look-up. */
export const added: Part = {
  name: 'added',
  summary: '50,000 expressions behind literals, and 50,000 similar texts, beside a million mixed patterns',
  rounds: 10,
  run,
};

async function run(effort: Effort): Promise<Report> {
  const { patterns = MILLION, calls = CALLS } = effort;
  const more = Math.max(1, Math.floor(patterns / SHARE));
  const { path } = await packFile('mixed', patterns);
  const running = new Map<string, Working<'lookUp'>>([['alone', startWork('lookUp', { files: [path] })]]);
  try {
    for (const [what, kind] of Object.entries(ADDED)) {
      const { path: other } = await packFile(kind, more);
      running.set(what, startWork('lookUp', { files: [path, other] }));
    }
    const contestants = Object.fromEntries(
      [...running].map(([name, work]) => [name, contestant(work, calls)]),
    );
    await runPaired(contestants, 2); // unmeasured, so that the code is compiled
    const rounds = await runPaired(contestants, effort.rounds);
    const rows = KINDS.flatMap((kind) =>
      [...running.keys()].map((name): Row => {
        const of = (who: string, key: string) => (round: (typeof rounds)[number]) =>
          round[who]?.[`${kind} ${key}`] ?? Number.NaN;
        const plus = (key: string): number =>
          medianOf(rounds, (round) => of(name, key)(round) - of('alone', key)(round));
        const figures = {
          ratio: medianOf(rounds, (round) => of(name, 'p50')(round) / of('alone', 'p50')(round)),
          p50: name === 'alone' ? medianOf(rounds, of(name, 'p50')) : plus('p50'),
          p99: name === 'alone' ? medianOf(rounds, of(name, 'p99')) : plus('p99'),
          candidates: medianOf(rounds, of(name, 'candidates')),
        };
        const title =
          name === 'alone' ? `${grouped(patterns)} mixed, in full` : `and ${grouped(more)} ${name}`;
        return { name: `${title}: ${REQUEST_KINDS[kind]}`, figures };
      }),
    );
    return { ...describeRun('added', effort, 'match --only added'), ...TEXTS, rows };
  } finally {
    for (const work of running.values()) work.kill();
  }
}

const TEXTS: Pick<Report, 'comparison' | 'columns'> = {
  comparison:
    'what a second pack beside the mixed one adds to a look-up of a 1 kB request. An expression is three words, then a ' +
    'number within forty characters, on all texts of the request; a similar text is a prompt of 330 characters that the ' +
    'last text of the user must reach 0.8 of.',
  columns: [
    { key: 'ratio', title: '÷ alone', digits: 2 },
    { key: 'p50', title: 'p50 µs added', digits: 2 },
    { key: 'p99', title: 'p99 µs added', digits: 1 },
    { key: 'candidates', title: 'candidates', digits: 2 },
  ],
};

function contestant(work: Working<'lookUp'>, calls: number): Contestant {
  return {
    async round() {
      const figures: Record<string, number> = {};
      for (const kind of KINDS) {
        const { p50 = 0, p99 = 0, candidates = 0 } = await work.ask({ kind, bytes: BYTES, calls });
        Object.assign(figures, {
          [`${kind} p50`]: p50,
          [`${kind} p99`]: p99,
          [`${kind} candidates`]: candidates,
        });
      }
      return figures;
    },
  };
}
