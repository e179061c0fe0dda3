import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPO_ROOT } from './repo-root.js';

/** A Node.js release tests can run programs on. */
export interface NodeBinary {
  /** E.g. `node22`. */
  readonly name: string;
  /** Absolute path of the executable. */
  readonly path: string;
  /** E.g. `22.23.3`. */
  readonly version: string;
}

/** The Node.js that runs the tests. */
export const RUNNING_NODE: NodeBinary = {
  name: `node${process.versions.node.split('.')[0] ?? ''}`,
  path: process.execPath,
  version: process.versions.node,
};

/**
 * The releases at hand: the running one, and those of `test/runtimes`, the floor 22.15 among them, once `npm ci --prefix test/runtimes` ran.
 * Prints which are missing, so that a log shows what was not covered.
 */
export function nodeBinaries(): readonly NodeBinary[] {
  const extra = ['node22-floor', 'node22', 'node26'].flatMap((name) => {
    const path = join(REPO_ROOT, 'test', 'runtimes', 'node_modules', name, 'bin', 'node');
    if (existsSync(path)) return [{ name, path, version: versionOf(path) }];
    console.warn(
      `${name} is not installed; \`npm ci --prefix test/runtimes\` installs it. Not tested on it.`,
    );
    return [];
  });
  return [RUNNING_NODE, ...extra];
}

function versionOf(path: string): string {
  return execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().slice(1);
}
