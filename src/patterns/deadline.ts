import type { Clock } from '../contract/clock.js';
import type { PackDefinition, PatternDefinition } from '../contract/pattern.js';
import { durationMs } from './duration.js';
import { createFirstSights } from './first-sights.js';
import { ageKey, type AgeSet } from './image/age-set.js';

/**
 * Writes the end of each `ttl` into `expires`, for whoever keeps packs for others: a process that restarts does not start
 * the time anew then.
 * @param previous - the pack this one replaces. A version that was in it keeps its end.
 * @param atMs - when the pack came, in milliseconds since the epoch.
 */
export function stampExpiry(
  pack: PackDefinition,
  previous: PackDefinition | undefined,
  atMs: number,
): PackDefinition {
  const known = new Map(previous?.patterns.map((pattern) => [versionKey(pattern), pattern]));
  const patterns = pack.patterns.map((pattern) => {
    const age = pattern.ttl === undefined ? undefined : durationMs(pattern.ttl);
    if (age === undefined) return pattern;
    const before = known.get(versionKey(pattern));
    const end = before?.ttl === pattern.ttl ? before?.expires : undefined;
    const byAge = end ?? new Date(atMs + age).toISOString();
    const isSooner = pattern.expires !== undefined && Date.parse(pattern.expires) <= Date.parse(byAge);
    return isSooner ? pattern : { ...pattern, expires: byAge };
  });
  return { ...pack, patterns };
}

/** Pattern versions that came alone or in a pack's text and are remembered; the oldest is forgotten first. */
const MAX_REMEMBERED = 1_000_000;

/** Says when patterns die. One for each process, since it remembers when a version was first seen. */
export interface Deadlines {
  /** The deadlines of patterns that are loaded now. */
  load(): Lives;
}

/**
 * Deadlines of patterns that were loaded together, on the steady clock. Asked for one by one, at any time later: a pattern
 * is decoded when it is first needed.
 */
export interface Lives {
  /** What the steady clock is ahead of the time of day, in milliseconds, as it was when the patterns were loaded. */
  readonly ahead: number;
  /** Notes the versions of an image that have a `ttl`: their time runs from now on, unless they were here before. */
  see(ages: AgeSet): void;
  /** The moment a pattern dies, in milliseconds since the epoch; `Infinity` when it never does. */
  of(definition: PatternDefinition): number;
}

/** For patterns that are only looked at: `expires` as the time of day has it, and no `ttl`. */
export const UNTIMED: Lives = Object.freeze({
  ahead: 0,
  see: () => undefined,
  of: ({ expires }: PatternDefinition) => (expires === undefined ? Infinity : Date.parse(expires)),
});

/**
 * Deadlines on the clock that never jumps: how far off `expires` is, is read from the time of day once, when the pattern is
 * loaded. A `ttl` runs from when its id and version were first seen here, so that reading the same file again does not
 * prolong a life; a new version starts a new one.
 */
export function createDeadlines(clock: Clock): Deadlines {
  const firstSeen = new Map<string, number>();
  const inImages = createFirstSights();
  function firstSight(definition: PatternDefinition, now: number): number {
    const key = versionKey(definition);
    const inImage = inImages.of(ageKey(definition.id, definition.version)) ?? Infinity;
    const known = Math.min(firstSeen.get(key) ?? Infinity, inImage);
    if (known !== Infinity) return known;
    const [oldest] = firstSeen.size >= MAX_REMEMBERED ? firstSeen.keys() : [];
    if (oldest !== undefined) firstSeen.delete(oldest);
    firstSeen.set(key, now);
    return now;
  }
  return {
    load() {
      const now = clock.steady();
      const ahead = now - clock.wall();
      return {
        ahead,
        see: (ages) => inImages.see(ages, now),
        of(definition) {
          const { expires, ttl } = definition;
          const byDate = expires === undefined ? Infinity : Date.parse(expires) + ahead;
          const age = ttl === undefined ? undefined : durationMs(ttl);
          return age === undefined ? byDate : Math.min(byDate, firstSight(definition, now) + age);
        },
      };
    },
  };
}

/**
 * The deadlines of patterns that were loaded one after the other and are put into one segment.
 * @param ends - deadline of each that has one, by id.
 * @param ahead - the largest of those they were loaded with: by it none is taken for dead too early.
 */
export function keepLives(ends: ReadonlyMap<string, number>, ahead: number): Lives {
  return { ahead, see: () => undefined, of: ({ id }) => ends.get(id) ?? Infinity };
}

function versionKey({ id, version }: Pick<PatternDefinition, 'id' | 'version'>): string {
  return `${id}@${version}`;
}
