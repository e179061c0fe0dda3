import type { Clock } from '../contract/clock.js';
import type { PackDefinition, PatternDefinition } from '../contract/pattern.js';
import { durationMs } from './duration.js';

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

/** Pattern versions whose first sight is remembered; the oldest is forgotten first. */
const MAX_REMEMBERED = 1_000_000;

/** Says when patterns die. One for each process, since it remembers when a version was first seen. */
export interface Deadlines {
  /** The moment a pattern dies on the steady clock, in milliseconds since the epoch; `Infinity` when it never does. */
  of(definition: PatternDefinition): number;
}

/**
 * Deadlines on the clock that never jumps: how far off `expires` is, is read from the time of day once, when the pattern is
 * loaded. A `ttl` runs from when its id and version were first seen here, so that reading the same file again does not
 * prolong a life; a new version starts a new one.
 */
export function createDeadlines(clock: Clock): Deadlines {
  const firstSeen = new Map<string, number>();
  function firstSight(definition: PatternDefinition, now: number): number {
    const key = versionKey(definition);
    const known = firstSeen.get(key);
    if (known !== undefined) return known;
    const [oldest] = firstSeen.size >= MAX_REMEMBERED ? firstSeen.keys() : [];
    if (oldest !== undefined) firstSeen.delete(oldest);
    firstSeen.set(key, now);
    return now;
  }
  return {
    of(definition) {
      const { expires, ttl } = definition;
      if (expires === undefined && ttl === undefined) return Infinity;
      const now = clock.steady();
      const byDate = expires === undefined ? Infinity : now + (Date.parse(expires) - clock.wall());
      const age = ttl === undefined ? undefined : durationMs(ttl);
      return age === undefined ? byDate : Math.min(byDate, firstSight(definition, now) + age);
    },
  };
}

function versionKey({ id, version }: PatternDefinition): string {
  return `${id}@${version}`;
}
