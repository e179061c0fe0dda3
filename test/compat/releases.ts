import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { COMPARED, type ComparedSdk, type Format } from './sdks.js';

/** One release of an SDK. */
export interface Release {
  readonly sdk: ComparedSdk;
  readonly version: string;
  /** A folder from which the release is found under its real name. */
  readonly folder: string;
  /** A folder with another release, for programs that hold two. */
  readonly second: string | undefined;
}

const VERSIONS = join(REPO_ROOT, 'test', 'sdks', 'versions');

/** True once `npm ci --prefix test/sdks`, `node .ci/prepare-sdks.mjs` and `npm ci --prefix test/frameworks` ran. */
export const EVERYTHING_INSTALLED = COMPARED.every(
  ({ folder, package: name, older }) =>
    manifestOf(name, folder) !== undefined && older.every((alias) => existsSync(join(VERSIONS, alias))),
);

/** The releases at hand, by package, oldest first. */
export function releases(): readonly Release[] {
  return COMPARED.flatMap((sdk) => {
    const older = sdk.older.filter((alias) => existsSync(join(VERSIONS, alias))).map(versionFolder);
    const folders = [...older, sdk.folder];
    return folders.flatMap((folder, index) => {
      const version = manifestOf(sdk.package, folder)?.version;
      const second = folders.at(index - 1);
      if (version === undefined) return [];
      return [{ sdk, folder, version, second: second === folder ? undefined : second }];
    });
  });
}

/** A release and how it is loaded. */
export interface Loaded {
  readonly release: Release;
  readonly format: Format;
}

/**
 * What `npm test` compares: the newest of each major, loaded in one way, in turn; the newest of all in both where there
 * are several majors. `npm run compat` compares everything.
 */
export function newestOfMajors(): readonly Loaded[] {
  const newest = releases().filter(({ sdk, version }, index, all) => {
    const next = all[index + 1];
    return next?.sdk !== sdk || majorOf(next.version) !== majorOf(version);
  });
  return newest.flatMap((release, index) => {
    const { older, formats, folder } = release.sdk;
    const isLast = release.folder === folder;
    const chosen =
      older.length > 0 && isLast ? formats : formats.filter((_, at) => at === index % formats.length);
    return chosen.map((format) => ({ release, format }));
  });
}

function majorOf(version: string): string | undefined {
  return version.split('.')[0];
}

/** The folder of an old release; a program in it imports the release's ES module. */
function versionFolder(alias: string): string {
  const folder = join(VERSIONS, alias);
  copyFileSync(join(REPO_ROOT, 'test', 'programs', 'compat', 'import.mjs'), join(folder, 'import.mjs'));
  return folder;
}

/** What is found from a folder, as a program in it would. */
function manifestOf(name: string, folder: string): { readonly version: string } | undefined {
  for (const root of [folder, REPO_ROOT]) {
    const file = join(root, 'node_modules', name, 'package.json');
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as { version: string }; // every package.json has one
  }
  return undefined;
}
