import test from 'ava';
import { exactText, fingerprint, stableShare } from '../../src/patterns/fingerprint.js';

test('exactText: folds whitespace and Unicode form, keeps case', (t) => {
  t.is(exactText('  A\t\n b\u0301 '), 'A b\u0301'.normalize('NFC'));
});

test('fingerprint: is stable across releases, since rollouts and ids are drawn from it', (t) => {
  t.deepEqual(fingerprint('gpt-4'), [-1424666026, -1114426302]);
  t.deepEqual(fingerprint('ünïcode ✓'), [921406573, -1746058133]);
});

test('fingerprint: 100,000 similar texts do not collide', (t) => {
  const seen = new Set<string>();
  for (let index = 0; index < 100_000; index += 1) seen.add(fingerprint(`prompt ${index}`).join());
  t.is(seen.size, 100_000);
});

test('stableShare: spreads evenly, so that a rollout treats the share it says', (t) => {
  let below = 0;
  for (let index = 0; index < 20_000; index += 1) if (stableShare(`call ${index}`) < 0.3) below += 1;
  t.true(Math.abs(below / 20_000 - 0.3) < 0.02, `${below / 20_000}`);
});
