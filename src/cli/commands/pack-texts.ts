import { PackError, type PackProblem } from '../../contract/errors.js';
import type { PatternDefinition } from '../../contract/pattern.js';
import { own } from '../../patterns/own.js';
import { createPackLines } from '../../patterns/pack-lines.js';
import { readDeltaText, type DeltaText } from '../../patterns/parse-delta.js';
import { packNameOf, readPackText, type PackText } from '../../patterns/parse-pack.js';
import { readPackFile } from './pack-files.js';

/**
 * Reads a pack file that people write, of any form, with where its parts stand: YAML or JSON, JSON Lines, or the change of a
 * pack, of which what it adds counts as the patterns.
 * @throws {PackError} with everything that is wrong, in the order of the text; `ARC_USAGE` for a file that cannot be read.
 */
export function readPackTextOf(file: string): PackText {
  const text = readPackFile(file);
  if (file.endsWith('.jsonl')) return readLines(text, file);
  const delta = readDeltaText(text, file);
  return delta ? ofDelta(delta) : readPackText(text, file);
}

/** Each line by itself: one that is wrong does not hide what is wrong with the next. */
function readLines(text: string, file: string): PackText {
  const reader = createPackLines(file);
  const problems: PackProblem[] = [];
  const patterns: PatternDefinition[] = [];
  const raw: unknown[] = [];
  const lines: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    try {
      const pattern = reader.read(line);
      if (pattern === undefined) continue;
      patterns.push(pattern);
      raw.push(JSON.parse(line));
      lines.push(index + 1);
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new PackError(problems);
  return {
    pack: { name: reader.name ?? packNameOf(file), version: reader.version ?? '0', patterns },
    document: {
      value: { patterns: raw },
      problems: [],
      locate: ([, index]) => ({ file, line: lines[Number(index)] ?? 1, column: 1 }),
    },
  };
}

function ofDelta({ delta: { name, version, add }, document }: DeltaText): PackText {
  return {
    pack: { name, version, patterns: add },
    document: {
      value: { patterns: own(document.value, 'add') },
      problems: document.problems,
      locate: ([top, ...path], at) =>
        document.locate([top === 'patterns' ? 'add' : String(top), ...path], at),
    },
  };
}
