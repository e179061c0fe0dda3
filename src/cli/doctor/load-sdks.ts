import { createRequire } from 'node:module';
import { join } from 'node:path';
import { KNOWN_MODULES } from './known-modules.js';

/**
 * Loads the CommonJS copy of every SDK and framework Arc knows as a program in `folder` would, so that it gets patched here as it would
 * be there. SDKs that are not installed are left out.
 */
export function loadSdks(folder: string): void {
  const requireThere = createRequire(join(folder, 'program.js'));
  for (const { entry } of KNOWN_MODULES) {
    try {
      requireThere(entry);
    } catch {
      // Not installed: the status shows what was patched.
    }
  }
}

/**
 * Source of an ES module that loads every SDK and framework in both module forms and prints the state as JSON. Run by `--eval`, whose
 * imports resolve from the working directory as those of a program there.
 * @param statusFile - absolute path of the compiled module that exports `status`.
 */
export function probeSource(statusFile: string): string {
  const names = JSON.stringify(KNOWN_MODULES.map(({ entry }) => entry));
  return `
    import { createRequire } from 'node:module';
    const require = createRequire(process.cwd() + '/program.js');
    for (const name of ${names}) {
      try { require(name); await import(name); } catch {}
    }
    const { status } = require(${JSON.stringify(statusFile)});
    process.stdout.write(JSON.stringify(status() ?? null));
  `;
}
