import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { nodeBinaries, RUNNING_NODE } from '../helpers/node-binaries.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { EVERYTHING_INSTALLED, releases } from './releases.js';
import { renderPage, type CellResult } from './page.js';
import { cellName, runPair, type Cell } from './run-pair.js';

/** Calls the cases with many calls make at once: on the Node.js that runs this, and on the others. */
const AT_ONCE = { here: 5_000, elsewhere: 200 };

interface Wishes {
  readonly cells: readonly Cell[];
  /** Calls at once on every Node.js, where it is asked for. */
  readonly atOnce: number | undefined;
  readonly say: (text: string) => unknown;
}

/**
 * `npm run compat`: the whole matrix, with a line for each cell; writes docs/COMPATIBILITY.md. Exits with 1 on a difference.
 * - `--only 'openai@7 esm node24'` runs the cells whose name has parts that begin so, and writes no page.
 * - `--at-once 100` makes so many calls in the cases with many calls.
 * - `--json` prints the findings as JSON, and the progress to stderr.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, 'at-once': { type: 'string' }, json: { type: 'boolean' } },
  });
  const { only, 'at-once': atOnce, json = false } = values;
  const say = (text: string): unknown => (json ? process.stderr : process.stdout).write(`${text}\n`);
  const cells = matrix().filter((cell) => isAskedFor(cell, only ?? ''));
  const results = await runAll({ cells, say, atOnce: atOnce === undefined ? undefined : Number(atOnce) });
  if (json) process.stdout.write(`${JSON.stringify(results.map(plain), undefined, 2)}\n`);
  if (only === undefined && EVERYTHING_INSTALLED) await writePage(results);
  else say('docs/COMPATIBILITY.md is left as it is: that needs a run of everything.');
  process.exitCode = cells.length > 0 && results.every(isClean) ? 0 : 1;
}

async function runAll({ cells, atOnce, say }: Wishes): Promise<readonly CellResult[]> {
  const results: CellResult[] = [];
  const startedAt = performance.now();
  for (const [index, cell] of cells.entries()) {
    const from = performance.now();
    const usual = cell.node.path === RUNNING_NODE.path ? AT_ONCE.here : AT_ONCE.elsewhere;
    const comparison = await runPair(cell, { atOnce: atOnce ?? usual });
    results.push({ cell, comparison });
    const { ran, differences, open } = comparison;
    const verdict = `${ran} cases, ${differences.length} differences, ${open} open spans`;
    say(`[${index + 1}/${cells.length}] ${cellName(cell)}: ${verdict} (${secondsSince(from)} s)`);
    for (const difference of differences) say(`    ${difference}`);
  }
  const bad = results.filter((result) => !isClean(result)).length;
  say(`${cells.length} cells, ${bad} with differences, ${secondsSince(startedAt)} s`);
  return results;
}

function secondsSince(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1);
}

function isClean({ comparison: { differences, open } }: CellResult): boolean {
  return differences.length === 0 && open === 0;
}

/** True when every word of the wish begins a part of the cell's name. */
function isAskedFor(cell: Cell, wish: string): boolean {
  const parts = cellName(cell).split(' ');
  return wish.split(/\s+/).every((word) => parts.some((part) => part.startsWith(word)));
}

function plain({ cell: { release, format: loaded, node }, comparison }: CellResult): object {
  const { sdk, version } = release;
  return { package: sdk.package, version, format: loaded, node: node.version, ...comparison };
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
    release.sdk.formats.flatMap((loaded) => nodes.map((node) => ({ release, format: loaded, node }))),
  );
}

void main();
