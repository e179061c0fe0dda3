import { join } from 'node:path';

/**
 * The installed package's own folder: compiled files live two levels down, in `dist/src`. Inside a bundle there is no such
 * folder; what a bundle needs must not be looked for here.
 */
export const PACKAGE_ROOT: string =
  typeof __dirname === 'string' ? join(__dirname, '..', '..', '..') : process.cwd();

/** Version of this `arc` package, written out because a bundle has no package.json beside it. */
export const ARC_VERSION = '0.1.0';
