import type { PatternDefinition } from '../../contract/pattern.js';
import type { PackHolder } from '../../patterns/pack-holder.js';

/** What a process has learned from refusals: patterns in force like any other, and remedies that were none. */
export interface LessonBook {
  /** False for a remedy that was tried and refused as well. */
  mayTry(pattern: PatternDefinition): boolean;
  /** The remedy held: it acts from now on. @returns true when that is new. */
  keep(pattern: PatternDefinition): boolean;
  /** The remedy was refused as well: it is not tried again. */
  reject(pattern: PatternDefinition): void;
}

/** Name of the pack that holds what was learned. */
export const LEARNED_PACK = 'arc.learned';

/** Patterns that are kept, and remedies that are remembered as none; the oldest go first. */
const MAX_LESSONS = 256;

/** An empty book over the packs of a process. */
export function createLessonBook(packs: PackHolder): LessonBook {
  const kept = new Map<string, PatternDefinition>();
  const rejected = new Set<string>();
  return {
    mayTry: ({ id }) => !rejected.has(id),
    keep(pattern) {
      if (packs.find(pattern.id)) return false;
      kept.delete(pattern.id);
      kept.set(pattern.id, pattern);
      if (kept.size > MAX_LESSONS) {
        kept.delete(oldest(kept.keys()));
        packs.put({ name: LEARNED_PACK, version: '', patterns: [...kept.values()] }, 'code');
      } else packs.add(pattern, LEARNED_PACK, 'code');
      return true;
    },
    reject({ id }) {
      rejected.add(id);
      if (rejected.size > MAX_LESSONS) rejected.delete(oldest(rejected.values()));
    },
  };
}

/** The first of a collection that keeps the order of arrival. */
function oldest(ids: Iterator<string>): string {
  return String(ids.next().value);
}
