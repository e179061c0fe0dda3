import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The installed package's own folder: compiled files live two levels down, in `dist/src`. */
export const PACKAGE_ROOT: string = join(__dirname, '..', '..', '..');

/** Version of the installed `arc` package. */
export const ARC_VERSION: string = readVersion();

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
