import { ArcError } from '../../contract/errors.js';
import type { PatternDefinition } from '../../contract/pattern.js';
import { compilePattern, type CompiledPattern } from '../compile.js';
import { UNTIMED, type Lives } from '../deadline.js';
import type { SegmentImage } from './layout.js';
import { createRecordReader } from './record-reader.js';

/** Whether the patterns of an image were checked in this process. */
export interface Trust {
  /** False for an image from outside: each pattern is checked before it is compiled for the first time. */
  readonly isChecked: boolean;
  /** Compiled patterns by number, where they are known already. */
  readonly compiled?: readonly CompiledPattern[];
  /** When the patterns die; left out, `expires` counts as the time of day has it and `ttl` does not. */
  readonly lives?: Lives;
  /** Told of each pattern that cannot be used. Such a pattern never matches; the others do. */
  readonly damaged?: (error: unknown) => void;
}

/** Reads the patterns of an image. */
export interface PatternReader {
  /** @throws {ArcError} `ARC_PACK_INVALID` when the record is damaged. */
  readonly idOf: (number: number) => string;
  /** @throws {ArcError} `ARC_PACK_INVALID` when the record is damaged. */
  readonly versionOf: (number: number) => number;
  /** @throws {ArcError} `ARC_PACK_INVALID` when the record is damaged or no pattern. */
  readonly definition: (number: number) => PatternDefinition;
  /** The same; null for one that is damaged. */
  readonly readable: (number: number) => PatternDefinition | null;
  /** Decodes and compiles; null when that fails. */
  readonly compiled: (number: number) => CompiledPattern | null;
  readonly lives: Lives;
}

/** Opens the patterns of an image. */
export function createPatternReader(image: SegmentImage, trust: Trust): PatternReader {
  const records = createRecordReader(image);
  const { lives = UNTIMED } = trust;
  const checked = trust.isChecked ? (read: PatternDefinition) => read : createCheck();
  const definition = (number: number): PatternDefinition => checked(records.definition(number), number);
  function compiled(number: number): CompiledPattern {
    const read = definition(number);
    return compilePattern(read, lives.of(read));
  }
  const known = (number: number): PatternDefinition =>
    trust.compiled?.[number]?.definition ?? definition(number);
  return {
    lives,
    idOf: (number) => records.id(number),
    versionOf: (number) => records.version(number),
    definition: known,
    readable: (number) => orDamaged(trust, () => known(number)),
    compiled: (number) => orDamaged(trust, () => trust.compiled?.[number] ?? compiled(number)),
  };
}

function orDamaged<Value>({ damaged }: Trust, read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    damaged?.(error);
    return null;
  }
}

/** Loaded with the image, since calls decode patterns; who trusts all images needs none of it. */
function createCheck(): (raw: PatternDefinition, number: number) => PatternDefinition {
  const { checkPattern } = require('../check-pattern.js') as typeof import('../check-pattern.js');
  const { formatPath } = require('../report.js') as typeof import('../report.js');
  return (raw, number) => {
    const problems: string[] = [];
    const pattern = checkPattern(raw, [], (path, message) =>
      problems.push(`${formatPath(path)}: ${message}`),
    );
    if (pattern) return pattern;
    throw new ArcError('ARC_PACK_INVALID', `compiled pack, pattern ${number}: ${problems.join('; ')}`);
  };
}
