import type { PatternDefinition } from '../../../src/contract/pattern.js';
import type { RequestView } from '../../../src/contract/request.js';
import { compilePattern, type CompiledPattern } from '../../../src/patterns/compile.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { buildImage } from '../../../src/patterns/image/build-image.js';
import { openSegment } from '../../../src/patterns/index/segment.js';
import { createRandom, pick, TEMPLATES } from '../million.js';
import type { Sample } from '../paired.js';
import { countCandidates } from './candidates.js';
import { createWriter, letter, patternsOf } from './corpus.js';
import { PERTURBATIONS } from './perturb.js';
import type { Works } from './task.js';
import { timeSome } from './timing.js';

/** What unrelated prompts are called; they begin like the known ones and go on otherwise. */
export const UNRELATED = 'unrelated, same openings';

/** Known texts that prompts are made of: a process meets few of a million. */
const TARGETS = 512;
const COUNTED = 32;
/** For the look-ups of one kind in a round. */
const MILLISECONDS = 4_000;

interface Probe {
  readonly target: PatternDefinition;
  readonly view: RequestView;
}

/** Builds a pack of similar texts and looks changed ones up in it. */
export function fuzzy({
  threshold,
  count,
}: Works['fuzzy']['given']): Promise<(order: Works['fuzzy']['order']) => Promise<Sample>> {
  const startedAt = performance.now();
  const meta = { name: 'fuzzy', version: '1', hash: 'bench' };
  const image = buildImage(patternsOf(`similar-${threshold}`, count), meta);
  const built = (performance.now() - startedAt) / 1000;
  const segment = openSegment(image, { isChecked: true });
  const random = createRandom(9);
  const writer = createWriter(10);
  const targets = Array.from({ length: TARGETS }, () => segment.definition(Math.floor(random() * count)));
  const probe = (perturbation: string): Probe => {
    const target = pick(targets, random);
    const change = PERTURBATIONS[perturbation];
    const text = change ? change(textOf(target), writer, random) : letter(pick(TEMPLATES, random), writer);
    return { target, view: viewOf(target, text) };
  };
  return Promise.resolve(async ({ perturbation, calls }) => {
    const probes = Array.from({ length: calls }, () => probe(perturbation));
    const answers: (readonly CompiledPattern[])[] = [];
    global.gc?.();
    const { p50, p99 } = await timeSome(probes, MILLISECONDS, ({ view }) => {
      const found: CompiledPattern[] = [];
      segment.match(createFacts(view), 0, found);
      answers.push(found);
    });
    const counted = probes.slice(0, Math.min(COUNTED, answers.length)).map(({ view }) => view);
    const figures = {
      p50,
      p99,
      candidates: countCandidates([segment], counted),
      built,
      bytes: image.bytes.byteLength / count,
    };
    if (perturbation === UNRELATED)
      return { ...figures, alarms: share(answers, (found) => found.length > 0) };
    return { ...figures, ...recallOf(probes.slice(0, answers.length), answers) };
  });
}

/** How many found their text, and how many of those did that are as similar to it as its pattern asks. */
function recallOf(probes: readonly Probe[], answers: readonly (readonly CompiledPattern[])[]): Sample {
  const isFound = probes.map(({ target: { id } }, index) =>
    (answers[index] ?? []).some(({ definition }) => definition.id === id),
  );
  const isAlike = probes.map(({ target, view }) => compilePattern(target).test(createFacts(view)));
  const alike = isAlike.filter(Boolean).length;
  const both = isFound.filter((found, index) => found && isAlike[index]).length;
  return { found: share(isFound, Boolean), recall: alike === 0 ? 1 : both / alike };
}

function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.filter(test).length / Math.max(1, items.length);
}

function textOf({ match }: PatternDefinition): string {
  const { similar } = match['facts.last_user_text'] as { readonly similar: { readonly to: string } }; // made by corpus.ts
  return similar.to;
}

function viewOf({ match }: PatternDefinition, content: string): RequestView {
  const params = JSON.parse(
    JSON.stringify({ messages: [{ role: 'user', content }] }),
  ) as RequestView['params'];
  return { provider: 'openai', operation: 'chat', api: String(match['api']), model: 'gpt-4', params };
}
