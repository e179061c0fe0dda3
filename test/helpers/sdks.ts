import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPO_ROOT } from './repo-root.js';

const FOLDER = join(REPO_ROOT, 'test', 'sdks');
/** Whether the SDKs of `test/sdks` are installed. */
export const SDKS_HERE: boolean = existsSync(join(FOLDER, 'node_modules'));
if (!SDKS_HERE)
  console.warn('test/sdks is not installed; `npm ci --prefix test/sdks` does. Not tested with it.');

/** Resolves and loads as a CommonJS module in `test/sdks` would. */
export const fromSdks: NodeJS.Require = createRequire(join(FOLDER, 'program.js'));

/** Loads the ES module copy of an SDK. Arc sees it when `hookEsModules` ran before. */
export async function importSdk(name: string): Promise<unknown> {
  const url = pathToFileURL(join(FOLDER, 'import.mjs')).href;
  const { load } = (await import(url)) as { load: (name: string) => Promise<unknown> };
  return load(name);
}
