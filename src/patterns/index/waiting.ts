import type { PatternDefinition } from '../../contract/pattern.js';
import type { AccessPath } from './access.js';
import { conjunctsOf } from './conjuncts.js';
import { isDear } from './field-kinds.js';
import { isRare, needsOf } from './needs.js';
import type { SharedPattern } from './shared-groups.js';

/** Patterns that need the same of a request: so few are tested one by one in less time than a look-up takes. */
const FEW_ALIKE = 32;
/** Those that need nothing are tested for each call, so there may be that many times fewer. */
const WITHOUT_NEEDS = 4;
/** Patterns filed under ranges of one dear fact; for so few it is not computed before anything else is tested. */
const FEW_DEAR_RANGES = 256;
/** Patterns that wait in all: which of them can fit is found out anew for each model. */
const MAX_WAITING = 512;
/** Of a pack so large, further ones are not asked whom they are like. */
const MANY = 8_192;

/** A pattern and what it is to be filed under. */
export interface Draft extends SharedPattern {
  readonly definition: PatternDefinition;
  readonly paths: readonly AccessPath[];
}

/** Keeps patterns back that need not be looked up as long as there are few like them. */
export interface Waiting {
  /** The patterns to be filed now: none, the one that is given, or those that waited too. */
  admit(draft: Draft): readonly Draft[];
  /** Those that still wait. */
  all(): readonly Draft[];
}

/** Nothing waits. @param few - most patterns alike that wait. */
export function createWaiting(few: number = FEW_ALIKE): Waiting {
  /** By what patterns have in common; null when there were enough. */
  const queues = new Map<string, Draft[] | null>();
  let count = 0;
  let seen = 0;
  return {
    admit(draft) {
      seen += 1;
      const place = seen > MANY ? ofDear(draft) : (ofDear(draft) ?? ofAlike(draft, few));
      if (place === undefined) return [draft];
      const { name, most } = place;
      const queue = queues.get(name) ?? (queues.has(name) ? null : []);
      if (queue === null || (count >= MAX_WAITING && most <= few)) return [draft];
      queue.push(draft);
      count += 1;
      if (queue.length <= most) {
        queues.set(name, queue);
        return [];
      }
      queues.set(name, null);
      count -= queue.length;
      return queue;
    },
    all: () => [...queues.values()].flatMap((queue) => queue ?? []),
  };
}

/** Where a pattern waits: with whom, and how many may. */
interface Place {
  readonly name: string;
  readonly most: number;
}

/** With patterns of ranges of the same dear fact. */
function ofDear({ paths }: Draft): Place | undefined {
  const name = paths.flatMap((path) => (path.kind === 'range' ? [path.range.field] : [])).find(isDear);
  return name === undefined ? undefined : { name, most: FEW_DEAR_RANGES };
}

/** With patterns that need the same; undefined for one that is best looked up. */
function ofAlike({ definition: { match, scope }, paths }: Draft, few: number): Place | undefined {
  const needs = needsOf(match);
  if (!(needs && isRare(needs)) && !paths.every(isLookedUpByValue)) return undefined;
  const servers = conjunctsOf(match).filter(({ field }) => field === 'api' || field === 'provider');
  return {
    name: JSON.stringify([needs ?? null, servers, scope ?? null]),
    most: needs === undefined ? Math.floor(few / WITHOUT_NEEDS) : few,
  };
}

function isLookedUpByValue({ kind }: AccessPath): boolean {
  return kind === 'key' || kind === 'item' || kind === 'range';
}
