import { closeSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import type { PatternDefinition } from '../../../src/contract/pattern.js';
import { build as buildPack } from '../../../src/cli/commands/packs-build.js';
import { imageBytes } from '../../../src/instrumentation/packs/image-file.js';
import { buildImage } from '../../../src/patterns/image/build-image.js';
import type { Sample } from '../paired.js';
import { patternsOf } from './corpus.js';
import type { PackOrder, Works } from './task.js';

/** Nobody asks the packs of a benchmark for theirs. */
const NO_HASH = '0'.repeat(64);

/** Writes packs, in the form the name of the file says. */
export function write(): Promise<(order: PackOrder) => Sample> {
  return Promise.resolve(({ kind, count, path }) => {
    const startedAt = performance.now();
    const patterns = patternsOf(kind, count);
    if (path.endsWith('.arcpack')) writeFileSync(path, compiled(patterns, kind));
    else writeText(path, patterns);
    return { seconds: (performance.now() - startedAt) / 1000, bytes: statSync(path).size };
  });
}

function compiled(patterns: Iterable<PatternDefinition>, kind: string): Uint8Array {
  return imageBytes(buildImage(patterns, { name: kind.replace('.', ''), version: '1', hash: NO_HASH }));
}

/** JSON Lines, or YAML as people write it: a head and one entry for each pattern. */
function writeText(path: string, patterns: Iterable<PatternDefinition>): void {
  const isYaml = path.endsWith('.yaml');
  const file = openSync(path, 'w');
  if (isYaml) writeSync(file, 'pack: fleet\nversion: 1.0.0\npatterns:\n');
  let text = '';
  for (const pattern of patterns) {
    text += isYaml ? yamlOf(pattern) : `${JSON.stringify(pattern)}\n`;
    if (text.length < 1_000_000) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
}

function yamlOf(pattern: PatternDefinition): string {
  const lines = Object.entries(pattern).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`);
  return `  - ${lines.join('\n').trimStart()}\n`;
}

/** Does what `arc packs build` does. */
export function build(): Promise<(order: Works['build']['order']) => Sample> {
  return Promise.resolve(({ from, to }) => {
    const startedAt = performance.now();
    const quiet = { env: {}, colour: false, stdout: () => undefined, stderr: () => undefined };
    buildPack([from], { output: to }, quiet);
    const seconds = (performance.now() - startedAt) / 1000;
    return { seconds, bytes: statSync(to).size, peak: process.resourceUsage().maxRSS / 1000 };
  });
}
