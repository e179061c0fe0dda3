// Gives each SDK and framework release a folder of its own under versions/, where it is installed under its real name: Arc
// recognises packages by name, and npm can hold only one release of a name in one folder.
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

for (const folder of ['../test/sdks', '../test/frameworks']) {
  const here = fileURLToPath(new URL(folder, import.meta.url));
  const { dependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

  rmSync(join(here, 'versions'), { recursive: true, force: true });
  for (const [alias, spec] of Object.entries(dependencies)) {
    const [, name] = /^npm:(@?[^@]+)@/.exec(spec) ?? [];
    const installed = join(here, 'node_modules', alias);
    if (!name || !existsSync(installed)) continue;
    cpSync(installed, join(here, 'versions', alias, 'node_modules', name), { recursive: true });
  }
}
