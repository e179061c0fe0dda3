/** The documented codes of {@link ArcError}; stable across releases. */
export type ArcErrorCode =
  | 'ARC_CONFIG_INVALID'
  | 'ARC_PACK_INVALID'
  | 'ARC_FIX_REFUSED'
  | 'ARC_PORT_IN_USE'
  | 'ARC_STORE_CORRUPT'
  | 'ARC_STORE_UNAVAILABLE'
  | 'ARC_CORE_UNREACHABLE'
  | 'ARC_NOT_FOUND'
  | 'ARC_USAGE';

/**
 * Every error Arc throws on purpose, at start-up or in a command. A patched SDK call never throws one.
 *
 * @example
 * const error = new ArcError('ARC_NOT_FOUND', 'no pack named "fleet"; see `arc packs list`');
 * ArcError.is(error) // true
 */
export class ArcError extends Error {
  override readonly name = 'ArcError';
  /** One of the documented codes. */
  readonly code: ArcErrorCode;
  constructor(code: ArcErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
  /** `instanceof` breaks when two copies of Arc are installed; the name and the code do not. */
  static is(value: unknown): value is ArcError {
    return value instanceof Error && value.name === 'ArcError' && 'code' in value;
  }
}

/** Where in a source file a problem stands; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing wrong with a pack: where it stands, which field, which rule, what was there and what would do. */
export interface PackProblem {
  readonly position: Position;
  /** Dotted path inside the pattern, e.g. `patterns[0].match.temperature`. */
  readonly field: string;
  /** What is wrong and what is accepted, as one sentence. */
  readonly message: string;
}

/** A pack that cannot be loaded. The message lists every problem as `file:line:column field: message`. */
export class PackError extends ArcError {
  readonly problems: readonly PackProblem[];
  constructor(problems: readonly PackProblem[]) {
    super('ARC_PACK_INVALID', problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

/** Renders a problem the way compilers do, so that editors and terminals can jump to it. */
export function formatProblem({ position, field, message }: PackProblem): string {
  return `${position.file}:${position.line}:${position.column} ${field}: ${message}`;
}

/** Builds the error for a setting that breaks its rule, naming the setting, the rule and the value received. */
export function invalidSetting(field: string, rule: string, received: unknown): ArcError {
  return new ArcError('ARC_CONFIG_INVALID', `${field}: must be ${rule}, received ${show(received)}`);
}

/** A short rendering of any value for an error message; never throws and never prints more than 80 characters. */
export function show(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 78 ? `${value.slice(0, 75)}...` : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return typeof value;
  try {
    const text = JSON.stringify(value);
    return text.length > 80 ? `${text.slice(0, 77)}...` : text;
  } catch {
    return Object.prototype.toString.call(value);
  }
}
