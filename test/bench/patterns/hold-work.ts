import type { Operators, PatternDefinition } from '../../../src/contract/pattern.js';
import { readImageFile } from '../../../src/instrumentation/packs/image-file.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { fingerprint } from '../../../src/patterns/fingerprint.js';
import { openSegment, type Segment } from '../../../src/patterns/index/segment.js';
import { matcherOver } from '../../../src/patterns/match.js';
import type { Sample } from '../paired.js';
import { patternsOf } from './corpus.js';
import { createRequests } from './requests.js';
import type { Works } from './task.js';

const LOOK_UPS = 1_000;

/** Holds patterns in one way, and tells what memory that takes. */
export function hold({ holder, count, file }: Works['hold']['given']): Promise<() => Sample> {
  const before = held();
  const pack = holder === 'compiled pack' ? openPack(file ?? '') : undefined;
  const kept = pack ?? makeMap(holder, count);
  // Node counts no shared memory.
  const bytes = (held() - before + (pack?.image.bytes.byteLength ?? 0)) / count;
  const resident = process.memoryUsage.rss() / 1e6;
  return Promise.resolve(() => {
    if (!kept) throw new Error('nothing is kept');
    return { bytes, resident };
  });
}

/** Opened and used, hits included. */
function openPack(file: string): Segment {
  const segment = openSegment(readImageFile(file), { isChecked: false });
  const matcher = matcherOver([{ segment, hidden: undefined }]);
  const requests = createRequests(segment.size, (number) => segment.definition(number));
  for (const kind of ['miss', 'any'] as const)
    for (const view of requests.make(kind, LOOK_UPS, LOOK_UPS)) matcher.match(createFacts(view), 0);
  return segment;
}

function makeMap(holder: Works['hold']['given']['holder'], count: number): object {
  const map = new Map<string | number, number>();
  if (holder === 'nothing') return map;
  let index = 0;
  for (const pattern of patternsOf('exact', count)) {
    const text = textOf(pattern);
    map.set(holder === 'Map of the texts' ? text : hashOf(text), index);
    index += 1;
  }
  return map;
}

/** The text on its own, not as the parts it was put together from. */
function textOf({ match }: PatternDefinition): string {
  const { exact = '' } = match['facts.last_user_text'] as Operators; // made by corpus.ts
  return Buffer.from(exact).toString();
}

function hashOf(text: string): number {
  const [high, low] = fingerprint(text);
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
}

function held(): number {
  global.gc?.();
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
