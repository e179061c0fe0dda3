import { readImageFile } from '../../../src/instrumentation/packs/image-file.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { openSegment, type Segment } from '../../../src/patterns/index/segment.js';
import { matcherOver, type Matcher } from '../../../src/patterns/match.js';
import type { RequestView } from '../../../src/contract/request.js';
import type { Sample } from '../paired.js';
import { countCandidates } from './candidates.js';
import { createRequests } from './requests.js';
import type { LookUps } from './task.js';
import { timeEach } from './timing.js';
import { createWalk } from './walk.js';

/** Requests whose candidates are counted. */
const COUNTED = 64;

/** Looks requests up in compiled packs, and walks the same number of others beside it. */
export async function lookUp({
  files,
}: {
  readonly files: readonly string[];
}): Promise<(order: LookUps) => Sample> {
  const segments = files.map(openFile);
  const matcher = matcherOver(segments.map((segment) => ({ segment, hidden: undefined })));
  const [first] = segments;
  if (!first) throw new Error('no file');
  const requests = createRequests(first.size, (number) => first.definition(number));
  const walk = await createWalk();
  return ({ kind, bytes, calls }) => {
    const toLookUp = requests.make(kind, calls, bytes);
    const toWalk = requests.make(kind, calls, bytes);
    global.gc?.(); // what was made for the round must not be collected within it
    const isMiss = kind === 'miss' || kind === 'opening' || kind === 'near';
    let [found, sum] = [0, 0];
    const now = Date.now();
    const looked = timeEach(toLookUp, (view) => void (found += matcher.match(createFacts(view), now).length));
    const walked = timeEach(toWalk, ({ params }) => void (sum += walk(params)));
    if (isMiss ? found > 0 : found < calls) throw new Error(`${kind}: ${found} matches in ${calls} look-ups`);
    if (!Number.isFinite(sum)) throw new Error('the walk hashed nothing');
    const candidates = countCandidates(segments, toLookUp.slice(0, COUNTED));
    return { ...looked, walk: walked.p50, ratio: looked.p50 / walked.p50, candidates };
  };
}

function openFile(path: string): Segment {
  return openSegment(readImageFile(path), { isChecked: false });
}

/** Counts the bytes look-ups allocate. */
export function garbage({ file }: { readonly file: string }): Promise<(order: LookUps) => Sample> {
  const segment = openFile(file);
  const matcher = matcherOver([{ segment, hidden: undefined }]);
  const requests = createRequests(segment.size, (number) => segment.definition(number));
  return Promise.resolve(({ kind, bytes, calls }) => {
    const views = requests.make(kind, calls, bytes);
    lookUpAll(matcher, requests.make(kind, calls, bytes)); // so that the code is compiled
    const nothing = allocated(() => undefined);
    return { garbage: (allocated(() => lookUpAll(matcher, views)) - nothing) / calls };
  });
}

function lookUpAll(matcher: Matcher, views: readonly RequestView[]): void {
  const now = Date.now();
  for (const view of views) matcher.match(createFacts(view), now);
}

/** Bytes of the heap and beside it that work takes; no collection comes in between, since there is room. */
function allocated(work: () => void): number {
  global.gc?.();
  const before = process.memoryUsage();
  work();
  const after = process.memoryUsage();
  return after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers;
}
