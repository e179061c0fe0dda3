// Writes packs/*.yaml, checked and compiled, to dist/packs: a process opens that and builds nothing. Part of the build.
// The images stand in the index itself, as text, and it names the definitions in a `require` each: bundlers take both along.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { imageBytes } = require('../dist/src/instrumentation/packs/image-file.js');
const { buildImage } = require('../dist/src/patterns/image/build-image.js');
const { hashPack } = require('../dist/src/patterns/pack-hash.js');
const { parsePack, serializePack } = require('../dist/src/patterns/parse-pack.js');
const from = new URL('../packs/', import.meta.url);
const to = new URL('../dist/packs/', import.meta.url);
const names = readdirSync(from)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace(/\.yaml$/, ''))
  .sort();

if (endianness() !== 'LE')
  throw new Error('the built-in packs are compiled for little-endian machines, on one');
mkdirSync(to, { recursive: true });
const list = names.map((file) => {
  const pack = parsePack(readFileSync(new URL(`${file}.yaml`, from), 'utf8'), `${file}.yaml`);
  writeFileSync(new URL(`${file}.json`, to), serializePack(pack));
  const { name, version, patterns } = pack;
  const image = imageBytes(buildImage(patterns, { name, version, hash: hashPack(pack) }, { isAhead: true }));
  const text = Buffer.from(image.slice()).toString('base64');
  return `  {\n    image: '${text}',\n    definition: () => require('./${file}.json'),\n  },\n`;
});
writeFileSync(new URL('index.js', to), `module.exports = [\n${list.join('')}];\n`);
