import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import test from 'ava';
import fc from 'fast-check';
import { parse } from 'yaml';
import { checkPack } from '../../src/patterns/check-pack.js';
import { packSchema } from '../../src/patterns/pack-schema.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { anyMatch } from './generate-match.js';

const PACKS = join(REPO_ROOT, 'packs');
const shipped: unknown = JSON.parse(readFileSync(join(PACKS, 'pack.schema.json'), 'utf8'));
const fitsSchema = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  shipped as object,
);
const isLoaded = (document: unknown): boolean => checkPack(document, 'p', () => undefined) !== undefined;

test('schema: the file in the package is the one the code makes', (t) => {
  t.deepEqual(shipped, packSchema());
});

const files = [
  ...readdirSync(PACKS).map((name) => join('packs', name)),
  join('examples', '06-own-pattern-file', 'patterns.yaml'),
].filter((name) => name.endsWith('.yaml'));
for (const file of files) {
  test(`schema: accepts ${file}`, (t) => {
    t.true(fitsSchema(parse(readFileSync(join(REPO_ROOT, file), 'utf8'))), JSON.stringify(fitsSchema.errors));
  });
}
test('schema: the built-in packs were among them', (t) => {
  t.true(files.length >= 3);
});

const accepted = test.macro({
  exec(t, text: string) {
    const document: unknown = parse(text);
    t.true(isLoaded(document));
    t.true(fitsSchema(document), JSON.stringify(fitsSchema.errors));
  },
  title: (_, text: string) => `schema: accepts ${text}`,
});
test(accepted, '{ pattern: { model: m }, fix: { n: 1 } }');
test(accepted, '[{ pattern: { model: m }, fix: { n: 1 } }]');
test(accepted, '{ pack: a.b, version: 3, patterns: [] }');
test(
  accepted,
  '{ id: a, match: { messages: { any: { role: user, item.any: 1, content: { none: { type: x } } } } }, fix: [{ unset: [n] }] }',
);
test(
  accepted,
  '{ id: a, scope: { api: [mistral.chat], service: x }, ttl: P1DT2H, match: { params.x.y: 1, facts.roles.0: user }, fix: [{ tools: drop_empty }] }',
);
test(
  accepted,
  '{ id: a, match: { model: { length: { ">": 1 } }, context.tags: { contains: x } }, fix: [{ clamp: { field: n, min: 1 } }], tests: [{ request: { n: 1 }, expect: { params: {} } }] }',
);
test(
  accepted,
  '{ id: a, match: { metadata: { "=": { any: 1 } }, n: { ">": { field: seed } } }, fix: [{ route: { model: x } }] }',
);

const refused = test.macro({
  exec(t, text: string) {
    const document: unknown = parse(text);
    t.false(isLoaded(document));
    t.false(fitsSchema(document));
  },
  title: (_, text: string) => `schema: refuses ${text}`,
});
const pattern = (rest: string) => `{ id: a, match: { model: m }, fix: [{ unset: [n] }], ${rest} }`;
const withMatch = (match: string) => `{ id: a, match: ${match}, fix: [{ unset: [n] }] }`;
const withFix = (fix: string) => `{ id: a, match: { model: m }, fix: ${fix} }`;
for (const text of [
  '7',
  '{ pack: A, patterns: [] }',
  '{ pack: a }',
  '{ pack: a, patterns: [], pattrens: [] }',
  '{ match: { model: m }, fix: [{ unset: [n] }] }',
  '{ id: a, match: { model: m } }',
  pattern('pattern: { model: m }'),
  pattern('confidance: 1'),
  pattern('confidence: 2'),
  pattern('version: 0'),
  pattern('expires: tomorrow'),
  pattern('ttl: 1y'),
  pattern('mode: on'),
  pattern('scope: {}'),
  pattern('scope: { api: openai }'),
  pattern('scope: { sevice: a }'),
  pattern('tests: []'),
  pattern('tests: [{ request: {}, expect: fail }]'),
  pattern('tests: [{ expect: fix }]'),
  withMatch('{}'),
  withMatch('{ modle: m }'),
  withMatch('{ facts.rolls: m }'),
  withMatch('{ api: openai }'),
  withMatch('{ model: [a] }'),
  withMatch('{ model: {} }'),
  withMatch('{ model: { match: a } }'),
  withMatch('{ model: { in: [] } }'),
  withMatch('{ model: { ">": x } }'),
  withMatch('{ model: { length: -1 } }'),
  withMatch('{ model: { contains: "" } }'),
  withMatch('{ model: { exact: " " } }'),
  withMatch('{ model: { similar: { to: a, threshold: 2 } } }'),
  withMatch('{ any: [] }'),
  withMatch('{ any: { model: m } }'),
  withMatch('{ messages: { any: [{ role: a }] } }'),
  withMatch('{ messages: { any: { role: { is: a } } } }'),
  withFix('[]'),
  withFix('{}'),
  withFix('{ set: { n: 1 } }'),
  withFix('[{ sett: { n: 1 } }]'),
  withFix('[{ set: { n: 1 }, unset: [n] }]'),
  withFix('[{ clamp: { field: n } }]'),
  withFix('[{ messages: drop }]'),
]) {
  test(refused, text);
}

test('schema: accepts whatever the checks accept', (t) => {
  let loaded = 0;
  fc.assert(
    fc.property(anyMatch, (match) => {
      const document = { id: 'a', match, fix: [{ unset: ['n'] }] };
      if (!isLoaded(document)) return true;
      loaded += 1;
      return fitsSchema(document);
    }),
    { numRuns: 2_000, seed: 20261121 },
  );
  t.true(loaded > 500, `${loaded} were loaded`);
});
