import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPO_ROOT } from '../helpers/repo-root.js';
import type { NodeBinary } from '../helpers/node-binaries.js';
import { compareRuns, type Comparison } from './compare.js';
import type { ObservedRun } from './observed.js';
import type { Release } from './releases.js';

/** One cell of the matrix. */
export interface Cell {
  readonly release: Release;
  readonly format: 'cjs' | 'esm';
  readonly node: NodeBinary;
}

/** Longest time for one run of all cases, in milliseconds. */
const RUN_MS = 120_000;
const PROGRAM = join(REPO_ROOT, 'test', 'programs', 'compat', 'run.cjs');

/** Runs all cases of a cell bare and under Arc, each in a process of its own. @throws {Error} when a run breaks off. */
export async function runPair(cell: Cell): Promise<Comparison> {
  const [bare, underArc] = await Promise.all([run(cell, false), run(cell, true)]);
  return compareRuns(bare, underArc);
}

/** How a cell is named in reports. */
export function cellName({ release, format, node }: Cell): string {
  return `${release.sdk} ${release.version}, ${format === 'cjs' ? 'CommonJS' : 'ES module'}, Node.js ${node.version}`;
}

async function run({ release, format, node }: Cell, arc: boolean): Promise<ObservedRun> {
  const { sdk, folder, second } = release;
  const setup = JSON.stringify({ sdk, folder, second, format, arc });
  const { stdout } = await promisify(execFile)(node.path, ['--expose-gc', PROGRAM, setup], {
    env: {},
    timeout: RUN_MS,
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)) as ObservedRun; // the program prints one
}
