import { PackError, show, type PackProblem } from '../contract/errors.js';
import type { PackDefinition, PatternDefinition } from '../contract/pattern.js';
import { checkPattern } from './check-pattern.js';
import { isRecord } from './own.js';
import type { PackDelta } from './pack-delta.js';
import { parsePack } from './parse-pack.js';
import { nameProblem } from './pattern-keys.js';
import { formatPath, type Report } from './report.js';
import { readYaml, type YamlDocument } from './yaml-document.js';

const KEYS: readonly string[] = ['pack', 'base', 'version', 'add', 'remove'];
/** What a text must have to be a delta; most texts are told apart by this, without being read. */
const BASE = /^base\s*:|"base"\s*:/m;

/** A text as the pack or the change of a pack it holds. */
export type PackText =
  | { readonly kind: 'pack'; readonly pack: PackDefinition }
  | { readonly kind: 'delta'; readonly delta: PackDelta };

/**
 * Reads a pack, or a change of one: `{ pack, base, version, add, remove }`, where `base` is the hash of the version it is
 * made for, `add` a list of patterns and `remove` a list of ids.
 * @param file - name of the source, for the messages and for the name of a pack that has none.
 * @throws {PackError} with everything that is wrong, in the order of the text.
 */
export function parsePackText(text: string, file: string): PackText {
  const found = readDeltaText(text, file);
  return found ? { kind: 'delta', delta: found.delta } : { kind: 'pack', pack: parsePack(text, file) };
}

/** The change of a pack with the document it was written in. */
export interface DeltaText {
  readonly delta: PackDelta;
  readonly document: YamlDocument;
}

/**
 * Reads the change of a pack, and keeps the document.
 * @returns undefined for a text that is none.
 * @throws {PackError} with everything that is wrong, in the order of the text.
 */
export function readDeltaText(text: string, file: string): DeltaText | undefined {
  if (!BASE.test(text)) return undefined;
  const document = readYaml(text, file);
  if (document.problems.length > 0) throw new PackError(document.problems);
  const raw = document.value;
  if (!isRecord(raw) || !Object.hasOwn(raw, 'base')) return undefined;
  const problems: PackProblem[] = [];
  const delta = checkDelta(raw, (path, message, at = 'value') => {
    problems.push({ position: document.locate(path, at), field: formatPath(path), message });
  });
  if (problems.length > 0) throw new PackError(problems.sort((a, b) => a.position.line - b.position.line));
  return { delta, document };
}

function checkDelta(raw: Readonly<Record<string, unknown>>, report: Report): PackDelta {
  for (const key of Object.keys(raw))
    if (!KEYS.includes(key))
      report([key], `unknown key "${key}" of a change of a pack. Accepted: ${KEYS.join(', ')}`, 'key');
  const { pack, base, version, add = [], remove = [] } = raw;
  const problem = nameProblem(pack);
  if (problem !== undefined) report(['pack'], `${problem}; received ${show(pack)}`);
  if (typeof base !== 'string' || !/^[0-9a-f]{64}$/.test(base))
    report(
      ['base'],
      `must be the hash of the version it changes, 64 hexadecimal digits; received ${show(base)}`,
    );
  if ((typeof version !== 'string' || version === '') && !Number.isSafeInteger(version))
    report(['version'], `must be a text, in quotes, or a whole number; received ${show(version)}`);
  return {
    name: String(pack),
    base: String(base),
    version: String(version),
    add: checkAdded(add, report),
    remove: checkRemoved(remove, report),
  };
}

function checkAdded(add: unknown, report: Report): readonly PatternDefinition[] {
  if (!Array.isArray(add)) {
    report(['add'], `must be a list of patterns; received ${show(add)}`);
    return [];
  }
  const seen = new Set<string>();
  return (add as readonly unknown[]).flatMap((item, index) => {
    const pattern = checkPattern(item, ['add', index], report);
    if (!pattern) return [];
    if (seen.has(pattern.id))
      report(['add', index, 'id'], `${show(pattern.id)} is added twice; ids are unique`);
    seen.add(pattern.id);
    return [pattern];
  });
}

function checkRemoved(remove: unknown, report: Report): readonly string[] {
  if (!Array.isArray(remove)) {
    report(['remove'], `must be a list of ids; received ${show(remove)}`);
    return [];
  }
  return (remove as readonly unknown[]).map((id, index) => {
    const problem = nameProblem(id);
    if (problem !== undefined) report(['remove', index], `${problem}; received ${show(id)}`);
    return String(id);
  });
}
