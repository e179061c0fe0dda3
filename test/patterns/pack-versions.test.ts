import test from 'ava';
import fc from 'fast-check';
import type { PackDefinition, PatternDefinition } from '../../src/contract/pattern.js';
import { createFacts } from '../../src/patterns/facts.js';
import { buildImage } from '../../src/patterns/image/build-image.js';
import { checkImage } from '../../src/patterns/image/check-image.js';
import { compileDelta, type CompiledDelta, type PackDelta } from '../../src/patterns/pack-delta.js';
import { hashPack } from '../../src/patterns/pack-hash.js';
import { createPackHolder, type PackHolder } from '../../src/patterns/pack-holder.js';
import { definePattern } from '../../src/patterns/shorthand.js';
import { openaiRequest } from './requests.js';

function pattern(id: string, n = 1, version = 1): PatternDefinition {
  return { ...definePattern({ id, pattern: { model: 'gpt-4' }, fix: { n } }), version };
}

function pack(name: string, ...patterns: PatternDefinition[]): PackDefinition {
  return { name, version: '1', patterns };
}

const imageOf = (written: PackDefinition) =>
  checkImage(
    buildImage(written.patterns, { name: written.name, version: written.version, hash: hashPack(written) })
      .bytes,
  );

/** What runs, as ids and the value each sets, by id. */
function running(holder: PackHolder): readonly string[] {
  const found = holder.matcher().match(createFacts(openaiRequest({ model: 'gpt-4' })), 0);
  return found.map(
    ({ definition: { id, fix } }) => `${id} ${JSON.stringify(Object.values(fix[0] ?? {})[0])}`,
  );
}

test('pack holder: a compiled pack says and does the same as the pack it was made of', (t) => {
  const written = pack('one', pattern('a'), pattern('b', 2));
  const [plain, compiled] = [createPackHolder(), createPackHolder()];
  t.deepEqual(compiled.putImage(imageOf(written), 'file'), plain.put(written, 'file'));
  t.deepEqual(running(compiled), running(plain));
  t.deepEqual([...compiled.definitions()], [...plain.definitions()]);
  t.deepEqual(compiled.find('b'), plain.find('b'));
});

test('pack holder: add makes a pack, replaces by id whatever the version, and the next call sees it', (t) => {
  const holder = createPackHolder();
  holder.add(pattern('a', 1, 5), 'code', 'code');
  holder.add(pattern('b'), 'code', 'code');
  holder.add(pattern('a', 2, 1), 'code', 'code');
  t.deepEqual(running(holder), ['a {"n":2}', 'b {"n":1}']);
  t.like(holder.packs(), [{ name: 'code', version: '2', patterns: 2, origin: 'code' }]);
  t.is(holder.matcher().size, 2);
});

test('pack holder: the hash of a pack that grows is that of its patterns by id, in whatever order they came', (t) => {
  const [one, two] = [createPackHolder(), createPackHolder()];
  for (const id of ['a', 'b', 'c', 'd', 'e']) one.add(pattern(id), 'code', 'code');
  for (const id of ['e', 'c', 'a', 'b', 'd', 'e']) two.add(pattern(id), 'code', 'code');
  t.is(one.packs()[0]?.hash, two.packs()[0]?.hash);
  const patterns = ['a', 'b', 'c', 'd', 'e'].map((id) => pattern(id));
  t.is(one.packs()[0]?.hash, hashPack({ name: 'code', version: '5', patterns }));
});

test('pack holder: add refuses what does not compile, and what ran before runs on', (t) => {
  const holder = createPackHolder();
  holder.add(pattern('a'), 'code', 'code');
  const broken = { ...pattern('b'), match: { model: { matches: '(' } } };
  t.throws(() => holder.add(broken, 'code', 'code'), { code: 'ARC_PACK_INVALID' });
  t.deepEqual(running(holder), ['a {"n":1}']);
});

test('pack holder: ten times as many patterns added one by one take about ten times as long', (t) => {
  const work = (count: number): number => {
    const holder = createPackHolder();
    const before = process.cpuUsage();
    for (let index = 0; index < count; index += 1) holder.add(pattern(`p${index}`), 'code', 'code');
    t.is(holder.matcher().size, count);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  work(200);
  const growth = work(3_000) / work(300);
  t.true(growth < 40, `${growth} times as long`); // 100 times if each addition cost as much as what is there
});

const change = (base: string, rest: Partial<PackDelta> = {}): CompiledDelta =>
  compileDelta({ name: 'one', base, version: '2', add: [], remove: [], ...rest });

test('pack holder: a delta adds, replaces and removes; another version of it begins at the same base', (t) => {
  const holder = createPackHolder();
  const base = holder.put(pack('one', pattern('a', 1, 9), pattern('b'), pattern('c')), 'file');
  const info = holder.patch(
    change(base.hash, { add: [pattern('a', 5), pattern('d')], remove: ['b', 'absent'] }),
  );
  t.like(info, { name: 'one', version: '2', patterns: 3, origin: 'file' });
  t.not(info.hash, base.hash);
  t.deepEqual(running(holder), ['a {"n":5}', 'c {"n":1}', 'd {"n":1}']);
  holder.patch(change(base.hash, { version: '3', remove: ['c'] }));
  t.deepEqual(running(holder), ['a {"n":1}', 'b {"n":1}']);
});

test('pack holder: a delta over a delta', (t) => {
  const holder = createPackHolder();
  const base = holder.put(pack('one', pattern('a'), pattern('b')), 'file');
  const first = holder.patch(change(base.hash, { add: [pattern('c')] }));
  holder.patch(change(first.hash, { version: '3', remove: ['a', 'c'] }));
  t.deepEqual(running(holder), ['b {"n":1}']);
});

test('pack holder: a delta for another version is refused, naming both', (t) => {
  const holder = createPackHolder();
  const base = holder.put(pack('one', pattern('a')), 'file');
  const wrong = 'f'.repeat(64);
  const error = t.throws(() => holder.patch(change(wrong)), { code: 'ARC_PACK_INVALID' });
  t.true(error.message.includes(wrong) && error.message.includes(base.hash), error.message);
  t.throws(() => holder.patch(change(wrong, { name: 'two' })), {
    message: /no pack of that name is here/,
  });
  t.deepEqual(running(holder), ['a {"n":1}']);
});

test('pack holder: restore puts back what Core replaced or took away, by its hash', (t) => {
  const holder = createPackHolder();
  const first = holder.put(pack('one', pattern('a', 1)), 'control');
  const second = holder.put(pack('one', pattern('a', 2)), 'control');
  t.false(holder.restore('one', 'f'.repeat(64)));
  t.true(holder.restore('one', first.hash));
  t.deepEqual(running(holder), ['a {"n":1}']);
  t.true(holder.restore('one', second.hash));
  holder.remove('one');
  t.deepEqual(running(holder), []);
  t.true(holder.restore('one', second.hash));
  t.deepEqual(running(holder), ['a {"n":2}']);
});

test('pack holder: the generation a call began with stays as it was', (t) => {
  const holder = createPackHolder();
  const base = holder.putImage(imageOf(pack('one', pattern('a'), pattern('b'))), 'file');
  const matcher = holder.matcher();
  holder.patch(change(base.hash, { remove: ['a'] }));
  holder.remove('one');
  const facts = createFacts(openaiRequest({ model: 'gpt-4' }));
  t.deepEqual(
    matcher.match(facts, 0).map(({ definition }) => definition.id),
    ['a', 'b'],
  );
});

/** What should run, by the rules as they are written: highest version, among equals the pack put last. */
function expected(packs: ReadonlyMap<string, readonly PatternDefinition[]>): readonly string[] {
  const best = new Map<string, PatternDefinition>();
  for (const patterns of packs.values()) {
    for (const each of patterns) {
      const present = best.get(each.id);
      if (!present || each.version >= present.version) best.set(each.id, each);
    }
  }
  return [...best.values()]
    .map(({ id, fix }) => `${id} ${JSON.stringify(Object.values(fix[0] ?? {})[0])}`)
    .sort();
}

const step = fc.record({
  kind: fc.constantFrom('put', 'add', 'patch', 'remove'),
  name: fc.constantFrom('one', 'two', 'three'),
  ids: fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 6 }),
  version: fc.integer({ min: 1, max: 3 }),
});

test('pack holder: any sequence of changes leaves what the rules say', (t) => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      const holder = createPackHolder();
      const packs = new Map<string, readonly PatternDefinition[]>();
      steps.forEach(({ kind, name, ids, version }, index) => {
        const patterns = ids.map((id) => pattern(id, index, version));
        const present = packs.get(name) ?? [];
        const others = present.filter(({ id }) => !ids.includes(id));
        if (kind === 'put') {
          packs.delete(name);
          holder.put(pack(name, ...patterns), 'file');
          packs.set(name, patterns);
        } else if (kind === 'remove') {
          t.is(holder.remove(name), packs.delete(name));
        } else if (kind === 'patch' && packs.has(name)) {
          const base = holder.packs().find((info) => info.name === name)?.hash ?? '';
          packs.delete(name);
          holder.patch(change(base, { name, version: '9', add: patterns.slice(1), remove: ids.slice(0, 1) }));
          packs.set(name, [...others, ...patterns.slice(1)]);
        } else if (kind === 'add') {
          for (const each of patterns) holder.add(each, name, 'code');
          if (patterns.length > 0) packs.set(name, [...others, ...patterns]);
        }
        const found = expected(packs);
        t.deepEqual(running(holder), found);
        t.is(holder.matcher().size, found.length);
        t.deepEqual([...holder.definitions()].length, found.length);
      });
    }),
    { numRuns: 60 },
  );
});
