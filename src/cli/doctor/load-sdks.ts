import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ADAPTERS } from '../../instrumentation/adapters/registry.js';

/**
 * Loads every SDK Arc knows as a program in `folder` would, in both module forms, so that it gets patched here as it
 * would be there. SDKs that are not installed are left out.
 */
export async function loadSdks(folder: string): Promise<void> {
  const requireThere = createRequire(join(folder, 'program.js'));
  for (const { module } of ADAPTERS) {
    try {
      requireThere(module);
      await import(pathToFileURL(resolveEsm(requireThere, module)).href);
    } catch {
      // Not installed, or only in the other form: the status shows what was patched.
    }
  }
}

/** The ES module entry beside the CommonJS one; the SDKs ship `index.js` and `index.mjs` in one folder. */
function resolveEsm(requireThere: NodeJS.Require, module: string): string {
  return requireThere.resolve(module).replace(/\.c?js$/, '.mjs');
}
