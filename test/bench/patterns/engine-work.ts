import type { PatternDefinition } from '../../../src/contract/pattern.js';
import { makePatterns } from '../million.js';
import type { Sample } from '../paired.js';
import { ENGINES, subjectOf, type Engine, type Subject } from './engines.js';
import { createRequests } from './requests.js';
import type { Works } from './task.js';
import { timeSome } from './timing.js';

const BYTES = 1_000;
/** Requests of which all engines have to say the same. */
const COMPARED = 16;
/** Patterns that are hit. */
const KNOWN = 64;

/** Looks requests up in one engine. */
export function engine({
  engine: name,
  count,
}: Works['engine']['given']): Promise<
  (order: Works['engine']['order']) => Promise<Sample | readonly string[]>
> {
  const known: PatternDefinition[] = [];
  const before = held();
  const startedAt = performance.now();
  const built: Engine = ENGINES[name](noting(makePatterns(count), count, known));
  const seconds = (performance.now() - startedAt) / 1000;
  const bytes = (held() - before + (built.shared ?? 0)) / count;
  const requests = createRequests(known.length, (number) => known[number] ?? fail());
  const make = (kind: 'miss' | 'any', calls: number): Subject[] =>
    requests.make(kind, calls, BYTES).map(subjectOf);
  return Promise.resolve(async (order) => {
    if (order === 'build') return { seconds, bytes };
    if (order === 'answers') return answers(built, [...make('miss', COMPARED), ...make('any', COMPARED)]);
    const { calls, milliseconds } = order;
    const find = (subject: Subject) => built.find(subject);
    const miss = await timeSome(make('miss', calls), milliseconds, find);
    const hit = await timeSome(make('any', calls), milliseconds, find);
    return { miss: miss.p50, hit: hit.p50, count: miss.count };
  });
}

/** Passes patterns on and keeps a few of them. */
function* noting(
  patterns: Iterable<PatternDefinition>,
  count: number,
  known: PatternDefinition[],
): Generator<PatternDefinition> {
  const every = Math.max(1, Math.floor(count / KNOWN));
  let index = 0;
  for (const pattern of patterns) {
    if (index % every === 0) known.push(pattern);
    index += 1;
    yield pattern;
  }
}

async function answers(engine: Engine, subjects: readonly Subject[]): Promise<readonly string[]> {
  const told: string[] = [];
  for (const subject of subjects) told.push([...(await engine.find(subject))].toSorted().join(' '));
  return told;
}

/** Bytes in use, on the heap and beside it. */
function held(): number {
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function fail(): never {
  throw new Error('there is no such pattern');
}
