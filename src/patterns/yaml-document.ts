import type * as Yaml from 'yaml';
import type { Document, LineCounter } from 'yaml';
import type { PackProblem, Position } from '../contract/errors.js';
import type { DocumentPath } from './report.js';

/** A YAML text as plain values, with the place of each of them. */
export interface YamlDocument {
  /** Plain values; undefined when the text is not YAML. */
  readonly value: unknown;
  /** What keeps the text from being YAML. */
  readonly problems: readonly PackProblem[];
  /** Where a key or a value stands; for a path that is not there, the nearest part that is. */
  locate(path: DocumentPath, at: 'key' | 'value'): Position;
}

interface Source {
  readonly file: string;
  readonly lines: LineCounter;
}

/** Loaded when the first text is read: start-up time belongs to the application, and the built-in packs are no YAML. */
function yaml(): typeof Yaml {
  return require('yaml') as typeof Yaml;
}

/** Reads YAML 1.2 (of which JSON is a part), core schema only: no custom tags, no merge keys, unique keys. */
export function readYaml(text: string, file: string): YamlDocument {
  const { LineCounter: Lines, parseDocument } = yaml();
  const source: Source = { file, lines: new Lines() };
  try {
    const document = parseDocument(text, { lineCounter: source.lines, schema: 'core', prettyErrors: false });
    const errors = firstOfEach([...document.errors, ...document.warnings]);
    const problems = errors.map((error) => problemAt(position(source, error.pos[0]), error.message));
    const value: unknown = problems.length === 0 ? document.toJS() : undefined;
    return { value, problems, locate: (path, at) => position(source, offsetOf(document, path, at)) };
  } catch (error) {
    // Too many aliases, or nesting that overflows the stack: there is no single place to point at.
    const start: Position = { file, line: 1, column: 1 };
    const reason = error instanceof Error ? error.message : String(error);
    return { value: undefined, problems: [problemAt(start, reason)], locate: () => start };
  }
}

/** One mistake can set off thousands of the same error; the first of each kind tells the story. */
function firstOfEach<E extends Error>(errors: readonly E[]): readonly E[] {
  return [...new Map(errors.toReversed().map((error) => [error.message, error])).values()].reverse();
}

function problemAt(where: Position, message: string): PackProblem {
  return { position: where, field: '(document)', message: `is not valid YAML: ${message}` };
}

function position({ file, lines }: Source, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

function offsetOf(document: Document, path: DocumentPath, at: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, segment] of path.entries()) {
    const step = stepInto(yaml().isAlias(node) ? node.resolve(document) : node, segment);
    const wantsKey = at === 'key' && index === path.length - 1;
    const next = startOf(wantsKey ? step?.key : step?.value) ?? startOf(step?.key);
    if (step === undefined || next === undefined) return offset;
    node = step.value;
    offset = next;
  }
  return offset;
}

function stepInto(node: unknown, segment: string | number): { key?: unknown; value: unknown } | undefined {
  if (yaml().isSeq(node)) return { value: node.items[Number(segment)] };
  if (!yaml().isMap(node)) return undefined;
  const pair = node.items.find(
    ({ key }) => (yaml().isScalar(key) ? String(key.value) : key) === String(segment),
  );
  return pair && { key: pair.key, value: pair.value };
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range))
    return undefined;
  const start: unknown = node.range[0];
  return typeof start === 'number' ? start : undefined;
}
