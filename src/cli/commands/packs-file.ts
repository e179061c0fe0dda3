import { readFile } from 'node:fs/promises';
import { ArcError } from '../../contract/errors.js';

/** The text of a pack file. @throws {ArcError} `ARC_USAGE` when it cannot be read. */
export async function readPackFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ArcError('ARC_USAGE', `cannot read ${file}: ${code}`, { cause: error });
  }
}
