// Gives each SDK release a folder of its own under versions/, where it is installed under its real name: Arc recognises
// packages by name, and npm can hold only one release of a name in one folder.
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('../test/sdks', import.meta.url));
const { dependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

rmSync(join(here, 'versions'), { recursive: true, force: true });
for (const [alias, spec] of Object.entries(dependencies)) {
  const [, name] = /^npm:(@?[^@]+)@/.exec(spec) ?? [];
  if (!name) continue;
  cpSync(join(here, 'node_modules', alias), join(here, 'versions', alias, 'node_modules', name), {
    recursive: true,
  });
}
