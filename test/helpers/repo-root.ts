import { join } from 'node:path';

/** The checkout: compiled helpers live in `dist/test/helpers`. */
export const REPO_ROOT: string = join(__dirname, '..', '..', '..');
