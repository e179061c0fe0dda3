import test from 'ava';
import type { Report } from '../report.js';
import { createRandom } from '../million.js';
import { compilePattern } from '../../../src/patterns/compile.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { createWriter, letter, patternsOf } from './corpus.js';
import { ENGINES, subjectOf } from './engines.js';
import { matchingPage } from './matching-page.js';
import { PERTURBATIONS } from './perturb.js';
import { createRequests, REQUEST_KINDS, type RequestKind } from './requests.js';

const report = (benchmark: string, figure: number): Report => ({
  benchmark,
  comparison: 'a look-up.',
  command: `npm run bench -- match --only ${benchmark}`,
  machine: 'Node 24, 2 processors',
  rounds: 3,
  columns: [{ key: 'p50', title: 'p50 µs', digits: 1 }],
  rows: [{ name: 'Arc', figures: { p50: figure } }],
});

const DATE = new Date('2026-12-01T12:00:00Z');

test('matchingPage: a suite writes its own sections and leaves the others', (t) => {
  const [looking, keeping] = [['1kB', 'engines'], ['sections']];
  const first = matchingPage('memory', keeping, [report('sections', 1)], { date: DATE });
  const both = [report('engines', 2), report('1kB', 3)];
  const second = matchingPage('match', looking, both, { present: first, date: DATE });
  const third = matchingPage('match', looking, [report('engines', 4)], { present: second, date: DATE });
  t.regex(third, /^# Matching\n/u);
  t.deepEqual(third.match(/^##+ .+$/gmu), [
    '## Look-ups',
    '### 1kB',
    '### engines',
    '## Memory',
    '### sections',
  ]);
  for (const figure of ['3.0', '4.0', '1.0']) t.true(third.includes(`| Arc | ${figure} |`), figure);
  t.false(third.includes('| Arc | 2.0 |'));
  t.is(matchingPage('match', looking, [report('engines', 4)], { present: third, date: DATE }), third);
  t.throws(() => matchingPage('match', looking, []), { message: 'no part was run' });
});

const PATTERNS = [...patternsOf('mixed', 300)];

const fitting = (kind: RequestKind): readonly number[] => {
  const requests = createRequests(PATTERNS.length, (number) => PATTERNS[number] ?? fail());
  return requests
    .make(kind, 20, 1_000)
    .map((view) => PATTERNS.filter((pattern) => compilePattern(pattern).test(createFacts(view))).length);
};

test('createRequests: what must hit hits, what must miss misses, and the size is as asked for', (t) => {
  for (const kind of Object.keys(REQUEST_KINDS) as readonly RequestKind[]) {
    const isHit = REQUEST_KINDS[kind].startsWith('hit');
    t.true(
      fitting(kind).every((count) => (isHit ? count > 0 : count === 0)),
      kind,
    );
  }
  const requests = createRequests(PATTERNS.length, (number) => PATTERNS[number] ?? fail());
  const [view] = requests.make('miss', 1, 10_000);
  const length = (view?.params['messages'] as readonly { content: string }[])
    .map(({ content }) => content.length)
    .reduce((sum, each) => sum + each);
  t.true(Math.abs(length - 10_000) < 100, String(length));
});

test('ENGINES: Arc finds what its patterns find when they are tried in turn', async (t) => {
  const requests = createRequests(PATTERNS.length, (number) => PATTERNS[number] ?? fail());
  const subjects = requests.make('any', 30, 1_000).map(subjectOf);
  const [arc, linear] = [ENGINES.Arc(PATTERNS), ENGINES['patterns tried in turn'](PATTERNS)];
  for (const subject of subjects) {
    const found = [...(await arc.find(subject))].toSorted();
    t.true(found.length > 0);
    t.deepEqual(found, [...(await linear.find(subject))].toSorted());
  }
});

test('PERTURBATIONS: each changes a prompt, but for the first', (t) => {
  const [writer, random] = [createWriter(1), createRandom(2)];
  const text = letter('Write a friendly reply to this review:', writer);
  for (const [name, perturb] of Object.entries(PERTURBATIONS)) {
    const changed = perturb(text, writer, random);
    t.is(changed === text, name === 'as it is', name);
    t.true(Math.abs(changed.length - text.length) < 80, name);
  }
});

function fail(): never {
  throw new Error('there is no such pattern');
}
