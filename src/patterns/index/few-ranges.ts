import type { AccessPath } from './access.js';
import { isDear } from './field-kinds.js';
import type { SharedPattern } from './shared-groups.js';

/** Patterns that are filed under ranges; so few are tested one by one in less time than a look-up takes. */
const FEW_RANGES = 16;
/** Patterns that are filed under ranges of one dear fact; for so few it is not computed before anything else is tested. */
const FEW_DEAR_RANGES = 256;

/** A pattern and what it is to be filed under. */
export interface Draft extends SharedPattern {
  readonly paths: readonly AccessPath[];
}

/** Keeps patterns of ranges back until there are enough of them. */
export interface FewRanges {
  /** The patterns to be filed now: none, the one that is given, or those that waited too. */
  admit(draft: Draft): readonly Draft[];
  /** Those that are still too few. */
  waiting(): readonly Draft[];
}

/** Nothing waits. */
export function createFewRanges(): FewRanges {
  /** By dear fact, those of all other fields under ''; `null` when there were enough. */
  const queues = new Map<string, Draft[] | null>();
  return {
    admit(draft) {
      const name = queueOf(draft);
      const queue = name === undefined ? null : (queues.get(name) ?? (queues.has(name) ? null : []));
      if (name === undefined || queue === null) return [draft];
      queue.push(draft);
      const isEnough = queue.length > (name === '' ? FEW_RANGES : FEW_DEAR_RANGES);
      queues.set(name, isEnough ? null : queue);
      return isEnough ? queue : [];
    },
    waiting: () => [...queues.values()].flatMap((queue) => queue ?? []),
  };
}

/** A dear fact among its ranges, '' for others; undefined for a pattern without ranges. */
function queueOf({ paths }: Draft): string | undefined {
  const fields = paths.flatMap((path) => (path.kind === 'range' ? [path.range.field] : []));
  return fields.length === 0 ? undefined : (fields.find(isDear) ?? '');
}
