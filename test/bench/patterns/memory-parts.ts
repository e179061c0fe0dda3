import { readImageFile } from '../../../src/instrumentation/packs/image-file.js';
import { SECTIONS, type SectionName, type SegmentImage } from '../../../src/patterns/image/layout.js';
import { describeRun, type Effort, type Part } from '../benchmark.js';
import { medianOf, runPaired } from '../paired.js';
import { INSTALL, isInstalled } from '../peers.js';
import type { Report, Row } from '../report.js';
import type { CorpusKind } from './corpus.js';
import { packFile } from './packs.js';
import { grouped, MILLION, sized } from './sizes.js';
import { startWork, workOnce, type HolderName } from './task.js';

/** What a pattern is, and not how it is found. */
const RECORDS: readonly SectionName[] = [
  'meta',
  'records',
  'record.starts',
  'values',
  'value.starts',
  'shapes',
  'shape.starts',
];
const PACKS: readonly CorpusKind[] = ['mixed', 'exact', 'regex', 'similar-0.8'];

/** What each part of a compiled pack takes; the same in every run. */
export const sections: Part = {
  name: 'sections',
  summary: 'bytes of each section of a compiled pack: mixed patterns, and of one kind',
  rounds: 1,
  run: sectionReport,
};

async function sectionReport(effort: Effort): Promise<Report> {
  const { patterns = MILLION } = effort;
  const images = new Map<CorpusKind, SegmentImage>();
  for (const kind of PACKS)
    images.set(kind, readImageFile((await packFile(kind, countOf(kind, patterns))).path));
  const row = (name: string, names: readonly SectionName[]): Row => ({
    name,
    figures: Object.fromEntries([...images].map(([kind, image]) => [kind, bytesOf(image, names)])),
  });
  const rows = [
    row('all', SECTIONS),
    row(
      'the index',
      SECTIONS.filter((name) => !RECORDS.includes(name)),
    ),
    row('the patterns', RECORDS),
    ...SECTIONS.map((name) => row(name, [name])).filter(({ figures }) =>
      Object.values(figures).some((bytes) => (bytes ?? 0) >= 0.005),
    ),
  ];
  return {
    ...describeRun('sections', effort, 'memory --only sections'),
    comparison: `bytes a pattern in memory and in the file, by section: ${PACKS.map((kind) => `${grouped(countOf(kind, patterns))} ${kind}`).join(', ')}.`,
    columns: PACKS.map((kind) => ({ key: kind, title: kind, digits: 2 })),
    rows,
  };
}

/** Packs of what is dear are smaller in practice. */
function countOf(kind: CorpusKind, patterns: number): number {
  return kind === 'mixed' || kind === 'exact' ? patterns : Math.max(1, Math.floor(patterns / 20));
}

function bytesOf(image: SegmentImage, names: readonly SectionName[]): number {
  return names.reduce((sum, name) => sum + image.section(name).byteLength, 0) / image.patterns;
}

/** What processes take that hold patterns or their texts. */
export const processes: Part = {
  name: 'processes',
  summary: 'memory of a process with a million patterns, beside a Map of the texts, and the peers with fewer',
  rounds: 3,
  run: processReport,
};

const LARGEST_OF_PEERS = 100_000;
const HOLDERS: readonly (readonly [HolderName, CorpusKind | undefined, string])[] = [
  ['nothing', undefined, 'nothing held'],
  ['compiled pack', 'mixed', 'Arc, mixed patterns'],
  ['compiled pack', 'exact', 'Arc, whole prompts'],
  ['Map of 53-bit hashes', undefined, 'Map of 53-bit hashes of those prompts'],
  ['Map of the texts', undefined, 'Map of those prompts'],
];

async function processReport(effort: Effort): Promise<Report> {
  const { patterns = MILLION } = effort;
  const contestants: Record<string, { round(): Promise<Readonly<Record<string, number>>> }> = {};
  for (const [holder, kind, title] of HOLDERS) {
    const file = kind && (await packFile(kind, patterns)).path;
    const given = { holder, count: patterns, file };
    contestants[holder === 'nothing' ? title : sized(patterns, title)] = {
      round: () => workOnce('hold', given, 'figures'),
    };
  }
  const rounds = await runPaired(contestants, effort.rounds);
  const rows = Object.keys(contestants).map((name): Row => {
    const median = (of: string, key: string): number =>
      medianOf(rounds, (round) => round[of]?.[key] ?? Number.NaN);
    const resident = median(name, 'resident');
    if (name === 'nothing held') return { name, figures: { resident } };
    const bytes = median(name, 'bytes');
    const added = resident - median('nothing held', 'resident');
    const ratio = bytes / median(sized(patterns, 'Arc, whole prompts'), 'bytes');
    return { name, figures: { ratio, bytes, added, resident } };
  });
  return {
    ...describeRun('processes', effort, 'memory --only processes'),
    comparison:
      'memory of a process that holds patterns: on the heap and beside it after a collection, and as the system sees it. ' +
      'Arc has made 2,000 look-ups. A Map knows only which prompt it is, and not what is to be done. The peers hold mixed ' +
      'patterns.',
    columns: [
      { key: 'ratio', title: 'bytes ÷ Arc, whole prompts', digits: 2 },
      { key: 'bytes', title: 'bytes a pattern', digits: 0 },
      { key: 'added', title: 'resident MB added', digits: 0 },
      { key: 'resident', title: 'resident MB', digits: 0 },
    ],
    rows: [...rows, ...(await peerRows(Math.min(patterns, LARGEST_OF_PEERS), rows))],
  };
}

async function peerRows(count: number, own: readonly Row[]): Promise<Row[]> {
  const rows: Row[] = [];
  const arc = own.find(({ name }) => name.endsWith('Arc, whole prompts'))?.figures['bytes'] ?? Number.NaN;
  for (const engine of ['sift', 'mingo', 'json-rules-engine'] as const) {
    const name = sized(count, engine);
    if (!isInstalled(engine)) {
      rows.push({ name, figures: {}, note: `not installed: ${INSTALL}` });
      continue;
    }
    const answer = await workOnce('engine', { engine, count }, 'build');
    const { bytes = Number.NaN } = answer as Readonly<Record<string, number>>; // that is what it answers to this
    rows.push({ name, figures: { ratio: bytes / arc, bytes } });
  }
  return rows;
}

const GARBAGE_CALLS = 2_000;

/** What look-ups leave behind. */
export const garbage: Part = {
  name: 'garbage',
  summary: 'bytes that a look-up which finds nothing allocates, for requests of 1, 10 and 100 kB',
  rounds: 5,
  async run(effort) {
    const { patterns = MILLION } = effort;
    const { path } = await packFile('mixed', patterns);
    const work = startWork('garbage', { file: path });
    const rows: Row[] = [];
    try {
      for (const kind of ['miss', 'opening'] as const)
        for (const kilobytes of [1, 10, 100]) {
          const calls = effort.calls ?? Math.ceil(GARBAGE_CALLS / Math.max(1, kilobytes / 10));
          const round = () => work.ask({ kind, bytes: kilobytes * 1_000, calls });
          await round(); // unmeasured, so that the code is compiled
          const rounds = await runPaired({ arc: { round } }, effort.rounds);
          const bytes = medianOf(rounds, ({ arc }) => arc['garbage'] ?? Number.NaN);
          const what = kind === 'miss' ? 'miss' : 'miss, opening of many patterns';
          rows.push({
            name: `${kilobytes} kB, ${what}`,
            figures: { ratio: bytes / (kilobytes * 1_000), bytes },
          });
        }
    } finally {
      work.kill();
    }
    return {
      ...describeRun('garbage', effort, 'memory --only garbage'),
      comparison: `bytes allocated by a look-up among ${grouped(patterns)} mixed patterns that finds nothing, without any collection in between.`,
      columns: [
        { key: 'ratio', title: 'bytes ÷ bytes of the request', digits: 4 },
        { key: 'bytes', title: 'bytes a look-up', digits: 0 },
      ],
      rows,
    };
  },
};
