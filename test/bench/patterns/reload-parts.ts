import { join } from 'node:path';
import { describeRun, type Effort, type Part } from '../benchmark.js';
import { medianOf, quantile, type Sample } from '../paired.js';
import type { Report, Row } from '../report.js';
import { packFile, packFolder } from './packs.js';
import { grouped, MILLION } from './sizes.js';
import { startWork, workOnce, type Working } from './task.js';

/** YAML is for people: a pack of it has fewer patterns, one in this many. */
const YAML_SHARE = 20;
/** Decisions go on for so long behind each load. */
const AFTER_MS = 200;
/** Decisions that show what chance alone does. */
const IDLE_MS = 1_000;

/** What is loaded: its name, how many patterns of how many asked for, and the form of the file. */
interface Kind {
  readonly title: (count: number) => string;
  readonly share: number;
  readonly form: 'arcpack' | 'jsonl' | 'yaml';
}

const COMPILED: Kind = { title: (count) => `compiled, ${grouped(count)}`, share: 1, form: 'arcpack' };
const LINES: Kind = { title: (count) => `JSON Lines, ${grouped(count)}`, share: 1, form: 'jsonl' };
const YAML: Kind = { title: (count) => `YAML, ${grouped(count)}`, share: YAML_SHARE, form: 'yaml' };

/** A compiled pack that replaces itself again and again. */
export const compiled: Part = loading('compiled', 'loading a compiled pack of a million patterns', 20, [
  COMPILED,
]);

/** Packs as people and programs write them. */
export const source: Part = loading('source', 'the same from JSON Lines and from YAML', 1, [LINES, YAML]);

function loading(name: string, summary: string, rounds: number, kinds: readonly Kind[]): Part {
  return {
    name,
    summary: `${summary}, under 1,000 decisions a second: time until ready, how late decisions are`,
    rounds,
    run: async (effort) => ({
      ...describeRun(name, effort, `reload --only ${name}`),
      comparison: LOADING,
      columns: [
        { key: 'ratio', title: 'p99.9 ÷ nothing loaded', digits: 1 },
        { key: 'ready', title: 'ready after s', digits: 3 },
        { key: 'late', title: 'late by p99.9 ms', digits: 2 },
        { key: 'most', title: 'by at most ms', digits: 2 },
        { key: 'decisions', title: 'decisions', digits: 0 },
        { key: 'megabytes', title: 'file MB', digits: 1 },
      ],
      rows: await loadingRows(kinds, effort),
    }),
  };
}

const LOADING =
  'a thread of its own reads, checks and, where it must, builds the pack while the application decides on a 1 kB request ' +
  'every millisecond. A decision is late when something else holds the thread; the loop of the benchmark never sleeps, so ' +
  'that timers do not count. The file is in the cache of the file system; each round loads it anew, over the pack of the ' +
  'round before.';

async function loadingRows(kinds: readonly Kind[], effort: Effort): Promise<Row[]> {
  const work = startWork('load', null);
  try {
    const idle = await measure(work, undefined, IDLE_MS, effort.rounds);
    const rows: Row[] = [{ name: 'nothing is loaded', figures: idle }];
    for (const { title, share, form } of kinds) {
      const count = Math.max(1, Math.floor((effort.patterns ?? MILLION) / share));
      const { path, sample } = await packFile('mixed', count, form);
      const { ready = Number.NaN, ...figures } = await measure(work, path, AFTER_MS, effort.rounds);
      const ratio = (figures['late'] ?? Number.NaN) / (idle['late'] ?? Number.NaN);
      const megabytes = (sample['bytes'] ?? Number.NaN) / 1e6;
      rows.push({ name: title(count), figures: { ...figures, ratio, megabytes, ready: ready / 1000 } });
    }
    return rows;
  } finally {
    work.kill();
  }
}

async function measure(
  work: Working<'load'>,
  path: string | undefined,
  milliseconds: number,
  rounds: number,
): Promise<Sample> {
  // Unmeasured, so that the code is compiled; what is loaded but once takes long enough without.
  if (rounds > 1) await work.ask({ path, milliseconds });
  const ready: number[] = [];
  const late: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const answer = await work.ask({ path, milliseconds });
    ready.push(answer.ready);
    for (const each of answer.late) late.push(each);
  }
  const figures = { late: quantile(late, 0.999), most: quantile(late, 1), decisions: late.length };
  return path === undefined ? figures : { ...figures, ready: quantile(ready, 0.5) };
}

/** `arc packs build`. */
export const build: Part = {
  name: 'build',
  summary: 'arc packs build, from JSON Lines and from YAML: seconds, memory, bytes',
  rounds: 1,
  run: buildReport,
};

async function buildReport(effort: Effort): Promise<Report> {
  const rows: Row[] = [];
  for (const { title, share, form } of [LINES, YAML]) {
    const count = Math.max(1, Math.floor((effort.patterns ?? MILLION) / share));
    const { path, sample } = await packFile('mixed', count, form);
    const rounds: { readonly built: Sample }[] = [];
    for (let round = 0; round < effort.rounds; round += 1) {
      const to = join(packFolder(), `built-from-${form}.arcpack`);
      rounds.push({ built: await workOnce('build', null, { from: path, to }) });
    }
    const median = (key: string): number => medianOf(rounds, ({ built }) => built[key] ?? Number.NaN);
    const [seconds, bytes, written] = [median('seconds'), median('bytes'), sample['bytes'] ?? Number.NaN];
    const figures = {
      ratio: (median('peak') * 1e6) / bytes,
      seconds,
      each: (seconds * 1e6) / count,
      peak: median('peak'),
      megabytes: bytes / 1e6,
      source: written / 1e6,
    };
    rows.push({ name: title(count), figures });
  }
  return {
    ...describeRun('build', effort, 'reload --only build'),
    comparison:
      'what `arc packs build` does, in a process of its own: each pattern is read, checked, compiled and filed. The peak is ' +
      'that of the whole process.',
    columns: [
      { key: 'ratio', title: 'peak ÷ result', digits: 2 },
      { key: 'seconds', title: 's', digits: 1 },
      { key: 'each', title: 'µs a pattern', digits: 1 },
      { key: 'peak', title: 'peak MB', digits: 0 },
      { key: 'megabytes', title: 'result MB', digits: 1 },
      { key: 'source', title: 'source MB', digits: 1 },
    ],
    rows,
  };
}
