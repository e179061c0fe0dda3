import test from 'ava';
import type { PackDefinition } from '../../src/contract/pattern.js';
import { createFacts } from '../../src/patterns/facts.js';
import { hashPack } from '../../src/patterns/pack-hash.js';
import { createPackHolder } from '../../src/patterns/pack-holder.js';
import { definePattern } from '../../src/patterns/shorthand.js';
import { openaiRequest } from './requests.js';

function pack(name: string, ...patterns: { id: string; version?: number; n?: number }[]): PackDefinition {
  return {
    name,
    version: '1',
    patterns: patterns.map(({ id, version = 1, n = 1 }) => ({
      ...definePattern({ id, pattern: { model: 'gpt-4' }, fix: { n } }),
      version,
    })),
  };
}

test('pack holder: starts empty, at generation 0', (t) => {
  const holder = createPackHolder();
  t.deepEqual([holder.generation(), holder.packs(), holder.matcher().size], [0, [], 0]);
  t.is(holder.find('a'), undefined);
});

test('pack holder: put describes the pack and swaps the matcher whole', (t) => {
  const holder = createPackHolder();
  const before = holder.matcher();
  const first = pack('one', { id: 'a' }, { id: 'b' });
  t.deepEqual(holder.put(first, 'file'), {
    name: 'one',
    version: '1',
    hash: hashPack(first),
    patterns: 2,
    origin: 'file',
  });
  t.is(before.size, 0);
  t.is(holder.matcher().size, 2);
  t.is(holder.generation(), 1);
  t.is(holder.matcher().match(createFacts(openaiRequest({ model: 'gpt-4' })), 0).length, 2);
});

test('pack holder: a pack of the same name replaces the one before', (t) => {
  const holder = createPackHolder();
  holder.put(pack('one', { id: 'a' }, { id: 'b' }), 'file');
  holder.put(pack('one', { id: 'c' }), 'control');
  t.deepEqual(
    [...holder.definitions()].map(({ id }) => id),
    ['c'],
  );
  t.like(holder.packs(), [{ name: 'one', origin: 'control' }]);
});

test('pack holder: the highest version of an id runs, ties go to the pack put last', (t) => {
  const holder = createPackHolder();
  holder.put(pack('one', { id: 'a', version: 2, n: 1 }), 'file');
  holder.put(pack('two', { id: 'a', version: 1, n: 2 }), 'file');
  t.deepEqual(holder.find('a')?.fix, [{ set: { n: 1 } }]);
  t.deepEqual(holder.conflicts(), [{ id: 'a', packs: ['one', 'two'], winner: 'one' }]);
  holder.put(pack('three', { id: 'a', version: 2, n: 3 }), 'file');
  t.deepEqual(holder.find('a')?.fix, [{ set: { n: 3 } }]);
  holder.put(pack('one', { id: 'a', version: 2, n: 1 }), 'file');
  t.is(holder.conflicts()[0]?.winner, 'one');
  t.is(holder.matcher().size, 1);
});

test('pack holder: remove brings back what the pack had hidden', (t) => {
  const holder = createPackHolder();
  holder.put(pack('one', { id: 'a', n: 1 }), 'file');
  holder.put(pack('two', { id: 'a', n: 2 }), 'file');
  t.true(holder.remove('two'));
  t.deepEqual(holder.find('a')?.fix, [{ set: { n: 1 } }]);
  t.deepEqual(holder.conflicts(), []);
  t.false(holder.remove('two'));
  t.is(holder.generation(), 3);
});

test('pack holder: a pack that does not compile changes nothing', (t) => {
  const holder = createPackHolder();
  holder.put(pack('one', { id: 'a' }), 'file');
  const matcher = holder.matcher();
  const broken: PackDefinition = {
    ...pack('one', { id: 'b' }),
    patterns: [
      { ...definePattern({ pattern: { model: 'x' }, fix: { n: 1 } }), match: { model: { matches: '(' } } },
    ],
  };
  t.throws(() => holder.put(broken, 'code'), {
    code: 'ARC_PACK_INVALID',
    message: /match: .*missing closing/,
  });
  t.is(holder.matcher(), matcher);
  t.is(holder.generation(), 1);
});

test('hashPack: is SHA-256 of the normal form, and follows every change', (t) => {
  const one = pack('one', { id: 'a' });
  t.regex(hashPack(one), /^[0-9a-f]{64}$/);
  t.is(hashPack(one), hashPack(structuredClone(one)));
  t.not(hashPack(one), hashPack({ ...one, version: '2' }));
});
