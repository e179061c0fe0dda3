import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPO_ROOT } from '../helpers/repo-root.js';
import type { NodeBinary } from '../helpers/node-binaries.js';
import { compareRuns, type Comparison } from './compare.js';
import type { ObservedRun } from './observed.js';
import type { Release } from './releases.js';
import type { Format } from './sdks.js';

/** One cell of the matrix. */
export interface Cell {
  readonly release: Release;
  readonly format: Format;
  readonly node: NodeBinary;
}

/** How a cell is run. */
export interface PairOptions {
  /** Calls the cases with many calls make. */
  readonly atOnce: number;
}

/** Longest time for one run of all cases, in milliseconds. */
const RUN_MS = 600_000;
const PROGRAM = join(REPO_ROOT, 'test', 'programs', 'compat', 'run.cjs');

/** Runs all cases of a cell bare and under Arc, each in a process of its own. A run that breaks off is a difference. */
export async function runPair(cell: Cell, options: PairOptions): Promise<Comparison> {
  try {
    const [bare, underArc] = await Promise.all([run(cell, options, false), run(cell, options, true)]);
    return compareRuns(bare, underArc);
  } catch (error) {
    return { ran: 0, notThere: [], differences: [`the run broke off: ${String(error)}`], open: 0 };
  }
}

/** How a cell is named in reports, and what `--only` of `npm run compat` looks for. */
export function cellName({ release: { sdk, version }, format, node }: Cell): string {
  return `${sdk.package}@${version} ${format} node${node.version}`;
}

async function run(cell: Cell, options: PairOptions, arc: boolean): Promise<ObservedRun> {
  const { release, format, node } = cell;
  const { sdk, version, folder, second } = release;
  const setup = JSON.stringify({ sdk: sdk.id, version, folder, second, format, arc, ...options });
  const { stdout } = await promisify(execFile)(node.path, ['--expose-gc', PROGRAM, setup], {
    env: {},
    timeout: RUN_MS,
    maxBuffer: 256 * 1024 * 1024,
  });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)) as ObservedRun; // the program prints one
}
