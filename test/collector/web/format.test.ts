import test from 'ava';
import { age, duration, valueText } from '../../../collector/web/format.js';

test('duration: takes the unit that suits', (t) => {
  t.deepEqual([0.04, 2.345, 999, 12_345, 90_000].map(duration), [
    '40 µs',
    '2.3 ms',
    '999 ms',
    '12.35 s',
    '1.5 min',
  ]);
});

test('age: takes the largest unit and is never negative', (t) => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  const ages = [
    '2026-11-20T12:00:05Z',
    '2026-11-20T11:59:18Z',
    '2026-11-20T11:30:00Z',
    '2026-11-19T12:00:00Z',
    '2026-11-01T12:00:00Z',
  ];
  t.deepEqual(
    ages.map((at) => age(at, now)),
    ['0 s ago', '42 s ago', '30 min ago', '24 h ago', '19 d ago'],
  );
});

test('valueText: shows JSON and cuts what is long', (t) => {
  t.is(valueText({ a: [1, null] }), '{"a":[1,null]}');
  t.is(valueText('plain'), 'plain');
  t.true(valueText('x'.repeat(5_000)).length < 2_100);
});
