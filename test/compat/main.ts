import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { nodeBinaries, RUNNING_NODE } from '../helpers/node-binaries.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { EVERYTHING_INSTALLED, releases } from './releases.js';
import { renderPage, replaceRows, type CellResult } from './page.js';
import { cellName, runPair, type Cell } from './run-pair.js';

/** Calls the cases with many calls make at once: on the Node.js that runs this, and on the others. */
const AT_ONCE = { here: 5_000, elsewhere: 200 };

interface Wishes {
  readonly cells: readonly Cell[];
  /** Cells that run side by side. */
  readonly jobs: number;
  /** Calls at once on every Node.js, where it is asked for. */
  readonly atOnce: number | undefined;
  readonly say: (text: string) => unknown;
}

const PAGE = join(REPO_ROOT, 'docs', 'COMPATIBILITY.md');

const HELP = `Every way of calling every SDK, with and without Arc; writes docs/COMPATIBILITY.md. Exits with 1 on a difference.

  npm run compat                                  the whole matrix
  npm run compat -- --only 'openai@7 esm node24'  cells whose name has parts that begin so

A run of some cells replaces the rows of the page whose cells it ran on every Node.js.

  --jobs N     cells that run side by side; 1 when left out
  --at-once N  calls that the cases with many calls make; ${AT_ONCE.here} on this Node.js, ${AT_ONCE.elsewhere} on others
  --json       the findings as JSON, and the progress on stderr
`;

/** `npm run compat`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      jobs: { type: 'string', default: '1' },
      'at-once': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const { only, json } = values;
  const say = (text: string): unknown => (json ? process.stderr : process.stdout).write(`${text}\n`);
  const cells = matrix().filter((cell) => isAskedFor(cell, only ?? ''));
  const atOnce = values['at-once'] === undefined ? undefined : count('--at-once', values['at-once']);
  const results = await runAll({ cells, say, atOnce, jobs: count('--jobs', values.jobs) });
  if (json) process.stdout.write(`${JSON.stringify(results.map(plain), undefined, 2)}\n`);
  if (!EVERYTHING_INSTALLED) say('docs/COMPATIBILITY.md is left as it is: that needs every SDK.');
  else
    await writePage(
      only === undefined ? renderPage(results) : replaceRows(readFileSync(PAGE, 'utf8'), results),
    );
  process.exitCode = cells.length > 0 && results.every(isClean) ? 0 : 1;
}

async function runAll({ cells, jobs, atOnce, say }: Wishes): Promise<readonly CellResult[]> {
  const results: CellResult[] = [];
  const startedAt = performance.now();
  const waiting = cells.entries();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const [index, cell] of waiting) {
      const from = performance.now();
      const usual = cell.node.path === RUNNING_NODE.path ? AT_ONCE.here : AT_ONCE.elsewhere;
      const comparison = await runPair(cell, { atOnce: atOnce ?? usual });
      results[index] = { cell, comparison };
      const { ran, differences, open } = comparison;
      const verdict = `${ran} cases, ${differences.length} differences, ${open} open spans`;
      say(`[${(done += 1)}/${cells.length}] ${cellName(cell)}: ${verdict} (${secondsSince(from)} s)`);
      for (const difference of differences) say(`    ${difference}`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  const bad = results.filter((result) => !isClean(result)).length;
  say(`${cells.length} cells, ${bad} with differences, ${secondsSince(startedAt)} s`);
  return results;
}

function count(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${option}: must be a whole number above 0, and is ${JSON.stringify(text)}`);
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

async function writePage(page: string): Promise<void> {
  mkdirSync(dirname(PAGE), { recursive: true });
  const options = await resolveConfig(PAGE);
  writeFileSync(PAGE, await format(page, { ...options, parser: 'markdown' }));
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
