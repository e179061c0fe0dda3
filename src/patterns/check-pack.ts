import { show } from '../contract/errors.js';
import type { PackDefinition, PatternDefinition } from '../contract/pattern.js';
import { checkPattern } from './check-pattern.js';
import { didYouMean } from './nearest.js';
import { isRecord, own } from './own.js';
import { nameProblem } from './pattern-keys.js';
import type { DocumentPath, Report } from './report.js';

const PACK_KEYS: readonly string[] = ['pack', 'version', 'patterns'];

/** Version of a pack whose file names none. */
const NO_VERSION = '0';

/**
 * Checks a whole document: a pack, one pattern, or a list of patterns.
 * @param fallbackName - name of the pack when the document gives none.
 * @returns the pack in its normal form, or undefined when something was reported.
 */
export function checkPack(raw: unknown, fallbackName: string, report: Report): PackDefinition | undefined {
  let faults = 0;
  const note: Report = (path, message, at) => {
    faults += 1;
    report(path, message, at);
  };
  const pack = readPack(raw, fallbackName, note);
  return faults === 0 ? pack : undefined;
}

function readPack(raw: unknown, fallbackName: string, report: Report): PackDefinition {
  const unnamed = { name: fallbackName, version: NO_VERSION };
  if (Array.isArray(raw)) return { ...unnamed, patterns: checkPatterns(raw, [], report) };
  if (!isRecord(raw)) {
    report([], `must be a pack, a pattern or a list of patterns; received ${show(raw)}`);
    return { ...unnamed, patterns: [] };
  }
  if (Object.hasOwn(raw, 'patterns') || Object.hasOwn(raw, 'pack'))
    return readNamedPack(raw, fallbackName, report);
  const pattern = checkPattern(raw, [], report);
  return { ...unnamed, patterns: pattern === undefined ? [] : [pattern] };
}

function readNamedPack(
  raw: Readonly<Record<string, unknown>>,
  fallbackName: string,
  report: Report,
): PackDefinition {
  for (const key of Object.keys(raw)) {
    if (PACK_KEYS.includes(key)) continue;
    report(
      [key],
      `unknown key "${key}".${didYouMean(key, PACK_KEYS)} Accepted: ${PACK_KEYS.join(', ')}`,
      'key',
    );
  }
  const { pack = fallbackName, version = NO_VERSION, patterns } = raw;
  const problem = nameProblem(pack);
  if (problem !== undefined) report(['pack'], `${problem}; received ${show(pack)}`);
  // A fraction is refused because YAML reads 1.10 as 1.1.
  const isVersion = (typeof version === 'string' && version !== '') || Number.isSafeInteger(version);
  if (!isVersion)
    report(['version'], `must be a text, in quotes, or a whole number; received ${show(version)}`);
  if (!Array.isArray(patterns))
    report(['patterns'], `must be a list of patterns; received ${show(patterns)}`);
  const list: readonly unknown[] = Array.isArray(patterns) ? patterns : [];
  return {
    name: String(pack),
    version: String(version),
    patterns: checkPatterns(list, ['patterns'], report),
  };
}

function checkPatterns(
  items: readonly unknown[],
  path: DocumentPath,
  report: Report,
): readonly PatternDefinition[] {
  const first = new Map<unknown, number>();
  return items.flatMap((item, index) => {
    const pattern = checkPattern(item, [...path, index], report);
    const id = pattern?.id ?? own(item, 'id');
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, index);
    else if (id !== undefined)
      report(
        [...path, index, 'id'],
        `${show(id)} is taken by pattern ${earlier + 1} of this pack; ids are unique`,
      );
    return pattern === undefined ? [] : [pattern];
  });
}
