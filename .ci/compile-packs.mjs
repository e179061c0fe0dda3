// Writes packs/*.yaml, checked and compiled, to dist/packs: a process opens that and builds nothing. Part of the build.
// All patterns for one api stand in one image, so that a call asks one index; those for several stand together too. The
// images stand in the index itself, as text, and it names the definitions in a `require`: bundlers take both along.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { ARC_VERSION } = require('../dist/src/contract/package-info.js');
const { imageBytes } = require('../dist/src/instrumentation/packs/image-file.js');
const { buildImage } = require('../dist/src/patterns/image/build-image.js');
const { apisOf } = require('../dist/src/patterns/index/shared-groups.js');
const { hashPack } = require('../dist/src/patterns/pack-hash.js');
const { parsePack } = require('../dist/src/patterns/parse-pack.js');
const from = new URL('../packs/', import.meta.url);
const to = new URL('../dist/packs/', import.meta.url);

if (endianness() !== 'LE')
  throw new Error('the built-in packs are compiled for little-endian machines, on one');
mkdirSync(to, { recursive: true });

const patterns = readdirSync(from)
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .flatMap((file) => parsePack(readFileSync(new URL(file, from), 'utf8'), file).patterns);
const ids = new Set(patterns.map(({ id }) => id));
if (ids.size !== patterns.length) throw new Error('an id stands in two of the built-in packs');

const byApi = Map.groupBy(patterns, (pattern) => {
  const apis = apisOf(pattern);
  return apis?.length === 1 ? apis[0].replaceAll('_', '-') : 'several-apis';
});
const packs = [...byApi]
  .sort()
  .map(([api, own]) => ({ name: `arc.builtin.${api}`, version: ARC_VERSION, patterns: own }));
writeFileSync(new URL('definitions.json', to), JSON.stringify(packs));
const images = packs.map((pack) => {
  const { name, version, patterns: own } = pack;
  const image = imageBytes(buildImage(own, { name, version, hash: hashPack(pack) }, { isAhead: true }));
  return `    '${Buffer.from(image.slice()).toString('base64')}',\n`;
});
const definitions = `  definitions: () => require('./definitions.json'),\n`;
writeFileSync(
  new URL('index.js', to),
  `module.exports = {\n  images: [\n${images.join('')}  ],\n${definitions}};\n`,
);
