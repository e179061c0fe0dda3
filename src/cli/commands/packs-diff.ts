import type { PatternDefinition } from '../../contract/pattern.js';
import { livingPatterns } from '../../patterns/held-pack.js';
import { hasNumber } from '../../patterns/index/number-set.js';
import type { Run } from '../../patterns/match.js';
import { canonicalJson } from '../../patterns/serialize-pack.js';
import type { CommandContext } from '../command.js';
import { readPackFiles } from './pack-files.js';
import { headline, readingProgress } from './packs-build.js';

/** One pattern that differs. */
export interface Difference {
  readonly id: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Keys that differ, where both packs have the pattern. */
  readonly keys?: readonly string[];
}

/** Prints what differs between two packs. @returns false when something does, as `diff` has it. */
export function diff(from: string, to: string, json: boolean, context: CommandContext): boolean {
  const progress = readingProgress();
  const [before, after] = [
    readPackFiles([from], progress.onProgress),
    readPackFiles([to], progress.onProgress),
  ];
  progress.done();
  const found: Difference[] = [];
  if (!json) {
    context.stdout(`--- ${headline(before)}`);
    context.stdout(`+++ ${headline(after)}`);
  }
  for (const difference of differences(before.runs, after.runs)) {
    found.push(difference);
    if (!json) context.stdout(line(difference));
  }
  if (json) context.stdout(JSON.stringify(found, null, 2));
  return found.length === 0;
}

function line({ id, kind, keys }: Difference): string {
  if (kind === 'changed') return `~ ${id} (${(keys ?? []).join(', ')})`;
  return `${kind === 'added' ? '+' : '-'} ${id}`;
}

function* differences(before: readonly Run[], after: readonly Run[]): Generator<Difference> {
  for (const old of livingPatterns(before)) {
    const present = find(after, old.id);
    if (!present) yield { id: old.id, kind: 'removed' };
    else if (canonicalJson(old) !== canonicalJson(present))
      yield { id: old.id, kind: 'changed', keys: changedKeys(old, present) };
  }
  for (const { id } of livingPatterns(after)) if (!find(before, id)) yield { id, kind: 'added' };
}

function find(runs: readonly Run[], id: string): PatternDefinition | undefined {
  for (const { segment, hidden } of runs) {
    const number = segment.numberOf(id);
    if (number >= 0 && !hasNumber(hidden, number)) return segment.definition(number);
  }
  return undefined;
}

function changedKeys(old: PatternDefinition, present: PatternDefinition): readonly string[] {
  const [a, b] = [new Map(Object.entries(old)), new Map(Object.entries(present))];
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  return keys.filter((key) => canonicalJson(a.get(key) ?? null) !== canonicalJson(b.get(key) ?? null));
}
