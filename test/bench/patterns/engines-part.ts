import { describeRun, type Effort, type Part } from '../benchmark.js';
import { medianOf, runPaired, type Contestant, type Sample } from '../paired.js';
import { INSTALL, isInstalled, versionOf } from '../peers.js';
import type { Report, Row } from '../report.js';
import { ENGINES, type EngineName } from './engines.js';
import { sized, sizesOf } from './sizes.js';
import { startWork, type Working } from './task.js';

/** The peers keep this many at most: each further power of ten takes ten times as long. */
const LARGEST = 100_000;
const CALLS = 500;
/** A slow engine makes as many look-ups of a kind in a round as this allows, and one at least. */
const MILLISECONDS = 250;

const NAMES = Object.keys(ENGINES) as readonly EngineName[]; // the keys of the table
const PEERS: readonly EngineName[] = ['sift', 'mingo', 'json-rules-engine'];

/** Arc beside what else finds the rules a document fits. */
export const engines: Part = {
  name: 'engines',
  summary: 'the same mixed patterns in Arc, tried in turn, in sift, mingo and json-rules-engine',
  rounds: 6,
  run,
};

async function run(effort: Effort): Promise<Report> {
  const rows: Row[] = [];
  for (const size of sizesOf(effort, LARGEST)) rows.push(...(await atSize(size, effort)));
  return {
    ...describeRun('engines', effort, 'match --only engines'),
    comparison:
      'look-ups of a 1 kB request among the same patterns in the language of each engine; before anything is measured, all ' +
      'have to give the same answers to the same requests. Arc and its patterns tried in turn are given the request; the ' +
      'others a document with the derived facts ready. Slow ones make fewer look-ups. Bytes are those on the heap and ' +
      'beside it.',
    columns: [
      { key: 'ratio', title: 'miss ÷ Arc', digits: 1 },
      { key: 'hitRatio', title: 'hit ÷ Arc', digits: 1 },
      { key: 'miss', title: 'miss p50 µs', digits: 1 },
      { key: 'hit', title: 'hit p50 µs', digits: 1 },
      { key: 'count', title: 'look-ups a round', digits: 0 },
      { key: 'seconds', title: 'built in s', digits: 2 },
      { key: 'bytes', title: 'bytes a pattern', digits: 0 },
    ],
    rows,
  };
}

function titleOf(size: number, name: EngineName): string {
  const version = PEERS.includes(name) ? ` ${versionOf('rules', name)}` : '';
  return sized(size, name + version);
}

async function atSize(size: number, effort: Effort): Promise<Row[]> {
  const running = new Map<EngineName, Working<'engine'>>();
  const present = NAMES.filter((name) => !PEERS.includes(name) || isInstalled(name));
  try {
    const built: Partial<Record<EngineName, Sample>> = {};
    for (const engine of present) {
      const work = startWork('engine', { engine, count: size });
      running.set(engine, work);
      built[engine] = (await work.ask('build')) as Sample; // that is what it answers to this
    }
    await compareAnswers(running);
    const contestants = Object.fromEntries(
      [...running].map(([name, work]) => [name, contestant(work, effort.calls ?? CALLS)]),
    );
    await runPaired(contestants, 1); // unmeasured, so that the code is compiled
    const rounds = await runPaired(contestants, effort.rounds);
    return NAMES.map((name): Row => {
      if (!present.includes(name))
        return { name: titleOf(size, name), figures: {}, note: `not installed: ${INSTALL}` };
      const of = (who: EngineName, key: string) => (round: (typeof rounds)[number]) =>
        round[who]?.[key] ?? Number.NaN;
      const ratio = (key: string): number =>
        medianOf(rounds, (round) => of(name, key)(round) / of('Arc', key)(round));
      const figures = {
        ratio: ratio('miss'),
        hitRatio: ratio('hit'),
        miss: medianOf(rounds, of(name, 'miss')),
        hit: medianOf(rounds, of(name, 'hit')),
        count: medianOf(rounds, of(name, 'count')),
        ...built[name],
      };
      return { name: titleOf(size, name), figures };
    });
  } finally {
    for (const work of running.values()) work.kill();
  }
}

function contestant(work: Working<'engine'>, calls: number): Contestant {
  // That is what it answers to this.
  return { round: async () => (await work.ask({ calls, milliseconds: MILLISECONDS })) as Sample };
}

/** @throws {Error} naming the first engine that says something else than Arc. */
async function compareAnswers(running: ReadonlyMap<EngineName, Working<'engine'>>): Promise<void> {
  let expected: readonly string[] | undefined;
  for (const [name, work] of running) {
    const answers = (await work.ask('answers')) as readonly string[]; // that is what it answers to this
    expected ??= answers;
    const at = answers.findIndex((answer, index) => answer !== expected?.[index]);
    if (at >= 0)
      throw new Error(`${name} finds "${answers[at]}" for request ${at}, where Arc finds "${expected[at]}"`);
  }
  if (!expected?.some((answer) => answer !== '')) throw new Error('no request fits any pattern');
}
