import type { Clock } from '../contract/clock.js';
import type { PatternDefinition } from '../contract/pattern.js';
import { durationMs } from './duration.js';

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
  function firstSight({ id, version }: PatternDefinition, now: number): number {
    const key = `${id}@${version}`;
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
