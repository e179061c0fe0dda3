import test from 'ava';
import { PROCESS_CLOCK, steadyAt, type Clock } from '../../src/contract/clock.js';
import type { PackDefinition, PatternShorthand } from '../../src/contract/pattern.js';
import { stampExpiry } from '../../src/patterns/deadline.js';
import { buildImage } from '../../src/patterns/image/build-image.js';
import { checkImage } from '../../src/patterns/image/check-image.js';
import { durationMs } from '../../src/patterns/duration.js';
import { createFacts } from '../../src/patterns/facts.js';
import { createPackHolder } from '../../src/patterns/pack-holder.js';
import { definePattern } from '../../src/patterns/shorthand.js';
import { openaiRequest } from './requests.js';

const START = Date.parse('2027-01-01T00:00:00Z');
const HOUR = 3_600_000;

function fakeClock(): Clock & { pass(ms: number): void; setWall(ms: number): void } {
  let [wall, steady] = [START, START];
  return {
    wall: () => wall,
    steady: () => steady,
    pass(ms) {
      wall += ms;
      steady += ms;
    },
    setWall(ms) {
      wall = ms;
    },
  };
}

function packOf(life: Partial<PatternShorthand>, version = 1): PackDefinition {
  const pattern = definePattern({ id: 'a', pattern: { model: 'm' }, fix: { n: 1 }, ...life });
  return { name: 'p', version: '1', patterns: [{ ...pattern, version }] };
}

function rig() {
  const clock = fakeClock();
  const holder = createPackHolder({ clock });
  const facts = createFacts(openaiRequest({ model: 'm' }));
  return { clock, holder, isAlive: () => holder.matcher().match(facts, clock.steady()).length === 1 };
}

test('ttl: the pattern dies that long after it was first seen, without a reload', (t) => {
  const { clock, holder, isAlive } = rig();
  holder.put(packOf({ ttl: '12h' }), 'file');
  clock.pass(12 * HOUR - 1);
  t.true(isAlive());
  clock.pass(1);
  t.false(isAlive());
});

test('ttl: reading the same version again does not prolong it, a new version starts anew', (t) => {
  const { clock, holder, isAlive } = rig();
  holder.put(packOf({ ttl: '12h' }), 'file');
  clock.pass(11 * HOUR);
  holder.remove('p');
  holder.put(packOf({ ttl: '12h' }), 'file');
  t.true(isAlive());
  clock.pass(HOUR);
  t.false(isAlive());
  holder.put(packOf({ ttl: '12h' }, 2), 'file');
  t.true(isAlive());
  clock.pass(12 * HOUR);
  t.false(isAlive());
});

test('ttl: setting the clock of the machine changes nothing', (t) => {
  const { clock, holder, isAlive } = rig();
  holder.put(packOf({ ttl: 'PT1H' }), 'file');
  clock.setWall(START + 1_000 * HOUR);
  t.true(isAlive());
  clock.setWall(START - 1_000 * HOUR);
  clock.pass(HOUR);
  t.false(isAlive());
});

test('expires: how far off it is, is read from the time of day when the pack is loaded', (t) => {
  const { clock, holder, isAlive } = rig();
  clock.setWall(START - 2 * HOUR); // the steady clock stands at START
  holder.put(packOf({ expires: '2027-01-01T00:00:00Z' }), 'file');
  clock.setWall(START + HOUR);
  t.true(isAlive());
  clock.pass(2 * HOUR - 1);
  t.true(isAlive());
  clock.pass(1);
  t.false(isAlive());
});

test('expires and ttl: the earlier end counts', (t) => {
  for (const life of [
    { expires: '2027-01-01T01:00:00Z', ttl: '2h' },
    { expires: '2027-01-01T02:00:00Z', ttl: '1h' },
  ]) {
    const { clock, holder, isAlive } = rig();
    holder.put(packOf(life), 'file');
    clock.pass(HOUR - 1);
    t.true(isAlive());
    clock.pass(1);
    t.false(isAlive());
  }
});

/** The pack as another thread or a file hands it over: nothing of it is decoded before it is needed. */
function imageOf({ name, version, patterns }: PackDefinition) {
  return checkImage(buildImage(patterns, { name, version, hash: '' }).bytes);
}

test('compiled pack: a ttl runs from when the pack is loaded, also of a pattern that is needed only later', (t) => {
  const { clock, holder, isAlive } = rig();
  holder.putImage(imageOf(packOf({ ttl: '12h' })), 'file');
  clock.pass(11 * HOUR);
  holder.putImage(imageOf(packOf({ ttl: '12h' })), 'file');
  clock.pass(HOUR - 1);
  t.true(isAlive());
  clock.pass(1);
  t.false(isAlive());
  holder.putImage(imageOf(packOf({ ttl: '12h' }, 2)), 'file');
  t.true(isAlive());
});

test('ttl: runs from the first sight, whether in text or compiled, of a pack or of another', (t) => {
  for (const isTextFirst of [true, false]) {
    const { clock, holder, isAlive } = rig();
    const pack = packOf({ ttl: '12h' });
    const steps = [() => holder.put(pack, 'file'), () => holder.putImage(imageOf(pack), 'file')];
    if (!isTextFirst) steps.reverse();
    for (const step of [...steps, ...steps]) {
      step();
      t.true(isAlive());
      clock.pass(3 * HOUR - 1);
    }
    t.true(isAlive());
    clock.pass(4);
    t.false(isAlive());
    holder.putImage(imageOf({ ...packOf({ ttl: '12h' }), name: 'q' }), 'file');
    t.false(isAlive());
  }
});

test('compiled pack: a clock that was set after it was loaded neither kills its patterns nor revives them', (t) => {
  const { clock, holder, isAlive } = rig();
  holder.putImage(imageOf(packOf({ expires: '2027-01-01T02:00:00Z' })), 'file');
  clock.setWall(START + 1_000 * HOUR);
  clock.pass(HOUR);
  t.true(isAlive());
  clock.setWall(START - 1_000 * HOUR);
  clock.pass(HOUR - 1);
  t.true(isAlive());
  clock.pass(1);
  t.false(isAlive());
});

test('registered patterns: those that are put together die when each would have died', (t) => {
  const { clock, holder } = rig();
  const add = (id: string, life: Partial<PatternShorthand>) =>
    holder.add(definePattern({ id, pattern: { model: 'm' }, fix: { n: 1 }, ...life }), 'code', 'code');
  add('a', { expires: '2027-01-01T02:00:00Z' });
  clock.setWall(START + HOUR);
  add('b', { expires: '2027-01-01T02:00:00Z' });
  add('c', { ttl: '3h' });
  add('d', {});
  const alive = () =>
    holder
      .matcher()
      .match(createFacts(openaiRequest({ model: 'm' })), clock.steady())
      .map(({ definition }) => definition.id)
      .join('');
  const seen = [1, 1, 1].map((hours) => {
    clock.pass(hours * HOUR - 1);
    const before = alive();
    clock.pass(1);
    return [before, alive()];
  });
  t.deepEqual(seen, [
    ['abcd', 'acd'],
    ['acd', 'cd'],
    ['cd', 'd'],
  ]);
});

test('clock: the steady time is the time of day at the start plus how long the process runs', (t) => {
  const reading = performance.now();
  t.is(steadyAt(reading), performance.timeOrigin + reading);
  t.true(Math.abs(PROCESS_CLOCK.steady() - PROCESS_CLOCK.wall()) < HOUR);
});

const duration = test.macro({
  exec: (t, text: string, expected: number | undefined) => t.is(durationMs(text), expected),
  title: (_, text, expected) => `duration: ${text} is ${expected ?? 'none'}`,
});
test(duration, '30d', 30 * 24 * HOUR);
test(duration, '1.5h', 1.5 * HOUR);
test(duration, '2w', 14 * 24 * HOUR);
test(duration, '45m', 0.75 * HOUR);
test(duration, '90s', 90_000);
test(duration, 'P30D', 30 * 24 * HOUR);
test(duration, 'P1W', 7 * 24 * HOUR);
test(duration, 'P1DT6H30M15S', 30.5 * HOUR + 15_000);
test(duration, '36500d', 36_500 * 24 * HOUR);
for (const text of ['', '0d', '30', '30 d', '-1d', 'P', 'PT', 'P1M', 'P1Y', 'PT1D', '36501d', '1e3d'])
  test(duration, text, undefined);

const ends = (pack: PackDefinition) => pack.patterns.map(({ expires }) => expires);

test('stampExpiry: writes the end of a ttl, which a version keeps when its pack comes again', (t) => {
  const first = stampExpiry(packOf({ ttl: '1h' }), undefined, START);
  t.deepEqual(ends(first), ['2027-01-01T01:00:00.000Z']);
  t.deepEqual(ends(stampExpiry(packOf({ ttl: '1h' }), first, START + HOUR)), ends(first));
  t.deepEqual(ends(stampExpiry(packOf({ ttl: '1h' }, 2), first, START + HOUR)), ['2027-01-01T02:00:00.000Z']);
  t.deepEqual(ends(stampExpiry(packOf({ ttl: '3h' }), first, START)), ['2027-01-01T03:00:00.000Z']);
});

test('stampExpiry: an earlier expires stays, and patterns without a ttl are left alone', (t) => {
  const expires = '2027-01-01T00:30:00Z';
  t.deepEqual(ends(stampExpiry(packOf({ ttl: '1h', expires }), undefined, START)), [expires]);
  const plain = packOf({});
  t.is(stampExpiry(plain, undefined, START).patterns[0], plain.patterns[0]);
});
