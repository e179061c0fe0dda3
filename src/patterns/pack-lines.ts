import { PackError, show } from '../contract/errors.js';
import type { PatternDefinition } from '../contract/pattern.js';
import { checkPattern } from './check-pattern.js';
import { isRecord } from './own.js';
import { nameProblem } from './pattern-keys.js';
import { formatPath } from './report.js';

/** Reads JSON Lines: a pattern on each line, and on the first, if it has a key `pack`, `{ pack, version }`. */
export interface PackLines {
  /** What the first line says, as far as it was read. */
  readonly name: string | undefined;
  readonly version: string | undefined;
  /**
   * Reads the next line.
   * @returns undefined for the first line of a pack and for blank ones.
   * @throws {PackError} naming file, line and field.
   */
  read(line: string): PatternDefinition | undefined;
}

/** A reader at the first line. @param file - for the messages. */
export function createPackLines(file: string): PackLines {
  let count = 0;
  let head: { readonly name: string; readonly version: string } | undefined;
  return {
    get name() {
      return head?.name;
    },
    get version() {
      return head?.version;
    },
    read(line) {
      count += 1;
      if (line.trim() === '') return undefined;
      const refuse = refuser(file, count);
      const raw = parse(line, refuse);
      if (isRecord(raw) && Object.hasOwn(raw, 'pack')) {
        if (count > 1) throw refuse('pack', 'stands on the first line or nowhere');
        head = readHead(raw, refuse);
        return undefined;
      }
      return readPattern(raw, refuse);
    },
  };
}

type Refuse = (field: string, message: string) => PackError;

function refuser(file: string, line: number): Refuse {
  return (field, message) => new PackError([{ position: { file, line, column: 1 }, field, message }]);
}

function parse(line: string, refuse: Refuse): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw refuse('(line)', `is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readHead(
  { pack, version = '0', ...rest }: Readonly<Record<string, unknown>>,
  refuse: Refuse,
): { readonly name: string; readonly version: string } {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw refuse(unknown, 'the first line has pack and version, patterns follow');
  const problem = nameProblem(pack);
  if (problem !== undefined) throw refuse('pack', `${problem}; received ${show(pack)}`);
  if ((typeof version !== 'string' || version === '') && !Number.isSafeInteger(version))
    throw refuse('version', `must be a text, in quotes, or a whole number; received ${show(version)}`);
  return { name: String(pack), version: String(version) };
}

function readPattern(raw: unknown, refuse: Refuse): PatternDefinition {
  const problems: PackError[] = [];
  const pattern = checkPattern(raw, [], (path, message) => problems.push(refuse(formatPath(path), message)));
  if (pattern) return pattern;
  throw new PackError(problems.flatMap((error) => error.problems));
}
