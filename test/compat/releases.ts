import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPO_ROOT } from '../helpers/repo-root.js';

/** One release of an SDK. */
export interface Release {
  readonly sdk: 'openai' | 'anthropic';
  readonly version: string;
  /** A folder from which the release is found under its real name. */
  readonly folder: string;
  /** A folder with another release, for programs that hold two. */
  readonly second: string | undefined;
}

const PROGRAMS = join(REPO_ROOT, 'test', 'programs', 'compat');
const PACKAGES = { openai: 'openai', anthropic: '@anthropic-ai/sdk' } as const;
const ALIASES = {
  openai: ['openai4', 'openai5', 'openai6'],
  anthropic: ['anthropic030', 'anthropic060', 'anthropic0'],
} as const;

/** True once `npm ci --prefix test/sdks` and `node test/sdks/prepare.mjs` ran. */
export const OLD_RELEASES_INSTALLED = existsSync(join(REPO_ROOT, 'test', 'sdks', 'versions', 'openai4'));

/** The releases at hand, oldest first: the newest of each major, and for Anthropic the two before tracing too. */
export function releases(): readonly Release[] {
  return (['openai', 'anthropic'] as const).flatMap((sdk) => {
    const older = OLD_RELEASES_INSTALLED
      ? ALIASES[sdk].map((alias) => ({ sdk, folder: versionFolder(alias) }))
      : [];
    const folders = [...older, { sdk, folder: PROGRAMS }];
    return folders.map(({ folder }, index) => ({
      sdk,
      folder,
      version: versionOf(sdk, folder),
      second:
        folders[(index + folders.length - 1) % folders.length]?.folder === folder
          ? undefined
          : folders.at(index - 1)?.folder,
    }));
  });
}

/** The folder of an old release; a program in it imports the release's ES module. */
function versionFolder(alias: string): string {
  const folder = join(REPO_ROOT, 'test', 'sdks', 'versions', alias);
  copyFileSync(join(PROGRAMS, 'import.mjs'), join(folder, 'import.mjs'));
  return folder;
}

function versionOf(sdk: Release['sdk'], folder: string): string {
  const root = folder === PROGRAMS ? REPO_ROOT : folder;
  const file = join(root, 'node_modules', PACKAGES[sdk], 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version; // every package.json has one
}
