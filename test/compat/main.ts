import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { nodeBinaries } from '../helpers/node-binaries.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { OLD_RELEASES_INSTALLED, releases } from './releases.js';
import { renderPage, type CellResult } from './page.js';
import { cellName, runPair, type Cell } from './run-pair.js';

/** `npm run compat`: the whole matrix, with progress; writes docs/COMPATIBILITY.md. */
async function main(): Promise<void> {
  const cells = matrix();
  const results: CellResult[] = [];
  for (const [index, cell] of cells.entries()) {
    const comparison = await runPair(cell);
    results.push({ cell, comparison });
    const { ran, differences, open } = comparison;
    const verdict = `${ran} cases, ${differences.length} differences, ${open} open spans`;
    process.stdout.write(`[${index + 1}/${cells.length}] ${cellName(cell)}: ${verdict}\n`);
    for (const difference of differences) process.stdout.write(`    ${difference}\n`);
  }
  if (OLD_RELEASES_INSTALLED) await writePage(results);
  else
    process.stdout.write(
      'test/sdks is not installed: the page is not written for the newest releases alone.\n',
    );
  const isClean = results.every(
    ({ comparison }) => comparison.differences.length === 0 && comparison.open === 0,
  );
  process.exitCode = isClean ? 0 : 1;
}

async function writePage(results: readonly CellResult[]): Promise<void> {
  const file = join(REPO_ROOT, 'docs', 'COMPATIBILITY.md');
  mkdirSync(dirname(file), { recursive: true });
  const options = await resolveConfig(file);
  writeFileSync(file, await format(renderPage(results), { ...options, parser: 'markdown' }));
}

function matrix(): readonly Cell[] {
  const nodes = nodeBinaries().toSorted((a, b) =>
    a.version.localeCompare(b.version, 'en', { numeric: true }),
  );
  return releases().flatMap((release) =>
    nodes.flatMap((node) => (['cjs', 'esm'] as const).map((format) => ({ release, format, node }))),
  );
}

void main();
