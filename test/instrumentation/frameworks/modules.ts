import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { REPO_ROOT } from '../../helpers/repo-root.js';

const folder = join(REPO_ROOT, 'test', 'frameworks');

/** Whether the frameworks are installed; `npm ci --prefix test/frameworks` installs them. */
export const FRAMEWORKS_HERE = existsSync(join(folder, 'node_modules'));
if (!FRAMEWORKS_HERE) {
  console.warn(
    'the frameworks are not installed; `npm ci --prefix test/frameworks` does. Not tested with them.',
  );
}

const load = createRequire(join(folder, 'resolve-from-here.js'));

/** Loads a framework as a program would, typed by the caller as the part of it that is used. */
export function loadFramework(name: string): unknown {
  return load(name) as unknown;
}

/** Loads a release that is installed under another name, e.g. `ai5`, by its real name. */
export function loadRelease(alias: string, name: string): unknown {
  return createRequire(join(folder, 'versions', alias, 'resolve-from-here.js'))(name) as unknown;
}

/** Whether releases have the folders `.ci/prepare-sdks.mjs` gives them. */
export const RELEASES_HERE = existsSync(join(folder, 'versions'));
