import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { ARC_VERSION, PACKAGE_ROOT } from '../../src/contract/package-info.js';
import { REPO_ROOT } from '../helpers/repo-root.js';

test('ARC_VERSION: is that of package.json', (t) => {
  const manifest = readFileSync(join(REPO_ROOT, 'package.json'), 'utf8');
  t.is((JSON.parse(manifest) as { version: string }).version, ARC_VERSION);
  t.is(PACKAGE_ROOT, REPO_ROOT);
});
