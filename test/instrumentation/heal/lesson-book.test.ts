import { BroadcastChannel, getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import test, { type ExecutionContext } from 'ava';
import type { PatternDefinition } from '../../../src/contract/pattern.js';
import {
  createLessonBook,
  LEARNED_PACK,
  type LessonBook,
} from '../../../src/instrumentation/heal/lesson-book.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { createPackHolder, type PackHolder } from '../../../src/patterns/pack-holder.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { openaiRequest } from '../../patterns/requests.js';

const DAY_MS = 86_400_000;

const lesson = (name: string): PatternDefinition => ({
  id: `learned.openai.unsupported.${name}`,
  version: 1,
  match: { provider: 'openai', api: 'openai.chat.completions', model: name, top_p: { exists: true } },
  fix: [{ unset: ['top_p'] }],
  confidence: 0.9,
  rollout: 1,
  priority: 0,
  ttl: '30d',
});

interface Place {
  readonly packs: PackHolder;
  readonly book: LessonBook;
  readonly failures: unknown[];
  readonly clock: { now: number };
  readonly ids: () => readonly string[];
}

/** A process, or a thread or a copy of Arc in one. */
function place(t: ExecutionContext): Place {
  const clock = { now: Date.UTC(2026, 0, 1) };
  const time = { wall: () => clock.now, steady: () => clock.now };
  const packs = createPackHolder({ clock: time });
  const failures: unknown[] = [];
  const book = createLessonBook({ packs, failed: (error) => failures.push(error), clock: time });
  t.teardown(() => book.share(false));
  return { packs, book, failures, clock, ids: () => book.known().map(({ id }) => id) };
}

function acts({ packs, clock }: Place, model: string): boolean {
  const request = openaiRequest({ model, top_p: 0.5 });
  return packs.matcher().match(createFacts(request), clock.now).length > 0;
}

test('lessons: end after thirty days, and can be learned again', (t) => {
  const one = place(t);
  t.true(one.book.keep(lesson('house')));
  t.false(one.book.keep(lesson('house')), 'known already');
  t.true(acts(one, 'house'));
  one.clock.now += 30 * DAY_MS;
  t.false(acts(one, 'house'));
  t.deepEqual(one.ids(), []);
  t.true(one.book.keep(lesson('house')));
  t.true(acts(one, 'house'));
  t.is(one.packs.packs().find(({ name }) => name === LEARNED_PACK)?.patterns, 1);
});

test('lessons: what a pack has already is not learned', (t) => {
  const one = place(t);
  one.packs.put({ name: 'fleet', version: '1', patterns: [lesson('house')] }, 'file');
  t.false(one.book.keep(lesson('house')));
  t.deepEqual(
    one.packs.packs().map(({ name }) => name),
    ['fleet'],
  );
});

test('lessons: a remedy refused in the same words is not tried again, in other words after three times', (t) => {
  const { book } = place(t);
  book.reject(lesson('same'), true);
  t.false(book.mayTry(lesson('same')));
  for (let times = 1; times < 3; times += 1) {
    book.reject(lesson('other'), false);
    t.true(book.mayTry(lesson('other')));
  }
  book.reject(lesson('other'), false);
  t.false(book.mayTry(lesson('other')));
});

test.serial('lessons: two copies of Arc in one thread share, whichever comes first', async (t) => {
  const [one, two, three] = [place(t), place(t), place(t)];
  one.book.share(true);
  two.book.share(true);
  one.book.keep(lesson('first'));
  two.book.keep(lesson('second'));
  await waitUntil('both lessons in both', () => one.ids().length === 2 && two.ids().length === 2);
  t.true(acts(one, 'second') && acts(two, 'first'));
  three.book.share(true);
  t.deepEqual([...three.ids()].sort(), [lesson('first').id, lesson('second').id], 'at once');
  t.deepEqual([one.failures, two.failures, three.failures], [[], [], []]);
});

test.serial('lessons: what was learned while a copy was not there, it asks for', async (t) => {
  const [one, two] = [place(t), place(t)];
  one.book.share(true);
  one.book.keep(lesson('alone'));
  setEnvironmentData('arc.lessons', undefined); // as for a thread that was started before
  two.book.share(true);
  t.deepEqual(two.ids(), []);
  t.deepEqual(await waitUntil('the answer', () => two.ids().length > 0 && two.ids()), [lesson('alone').id]);
});

test.serial('lessons: nothing is told or heard once it is not shared', async (t) => {
  const [one, two, three] = [place(t), place(t), place(t)];
  for (const { book } of [one, two, three]) book.share(true);
  two.book.share(false);
  two.book.keep(lesson('kept-apart'));
  one.book.keep(lesson('told'));
  await waitUntil('what is shared', () => three.ids().length > 0);
  t.deepEqual(
    [one.ids(), two.ids(), three.ids()],
    [[lesson('told').id], [lesson('kept-apart').id], one.ids()],
  );
  one.book.share(false);
  three.book.share(false);
  t.true(getEnvironmentData('arc.lessons') === undefined, 'threads started later inherit nothing');
});

test.serial('lessons: what is no lesson is not taken in', async (t) => {
  const one = place(t);
  one.book.share(true);
  const stranger = new BroadcastChannel('arc.lessons');
  t.teardown(() => stranger.close());
  const good = lesson('good');
  const strange: readonly unknown[] = [
    null,
    'learned',
    { ...lesson('bad'), id: 'openai.reasoning.max-tokens' },
    { ...lesson('bad'), match: { model: 'any' } },
    { ...lesson('bad'), match: { ...good.match, top_p: { matches: '(' } } },
    { ...lesson('bad'), fix: [{ set: { stream: true } }] },
    { ...lesson('bad'), fix: [] },
    { ...lesson('bad'), description: 'x'.repeat(20_000) },
    { ...lesson('bad'), expires: '2020-01-01T00:00:00Z' },
  ];
  for (const message of [null, 7, { lessons: 'all' }, { knows: 7 }, { lessons: strange }])
    stranger.postMessage(message);
  stranger.postMessage({ lessons: [...strange, good] });
  await waitUntil('the good one', () => one.ids().length > 0);
  t.deepEqual(one.ids(), [good.id]);
  t.deepEqual(one.failures, []);
  t.deepEqual(
    one.packs.packs().map(({ name }) => name),
    [LEARNED_PACK],
  );
});

test.serial('lessons: from elsewhere they live no longer than those of our own', async (t) => {
  const one = place(t);
  one.book.receive([{ ...lesson('long'), expires: '2099-01-01T00:00:00Z' }, lesson('dated')]);
  const end = new Date(one.clock.now + 30 * DAY_MS).toISOString();
  t.deepEqual(
    one.book.known().map(({ expires, ttl }) => [expires, ttl]),
    [
      [end, undefined],
      [end, undefined],
    ],
  );
});

test.serial('lessons: the oldest go when there are too many', (t) => {
  const one = place(t);
  for (let n = 0; n < 260; n += 1) one.book.keep(lesson(`house-${n}`));
  t.is(one.ids().length, 256);
  t.false(acts(one, 'house-3'));
  t.true(acts(one, 'house-4') && acts(one, 'house-259'));
  const two = place(t);
  two.book.receive(Array.from({ length: 300 }, (_, n) => lesson(`house-${n}`)));
  t.is(two.ids().length, 256);
  t.true(acts(two, 'house-299'));
});
