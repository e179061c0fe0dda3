import { PROCESS_CLOCK, type Clock } from '../../contract/clock.js';
import type { PatternDefinition } from '../../contract/pattern.js';
import { checkLesson } from '../../fixes/learn/check-lesson.js';
import { durationMs } from '../../patterns/duration.js';
import type { PackHolder } from '../../patterns/pack-holder.js';
import type { LessonExchange } from './lesson-exchange.js';

/** What a process has learned from refusals: patterns in force like any other, and remedies that were none. */
export interface LessonBook {
  /** False for a remedy that was tried and did not help. */
  mayTry(pattern: PatternDefinition): boolean;
  /** The remedy held: it acts from now on, in every thread that shares. @returns true when that is new. */
  keep(pattern: PatternDefinition): boolean;
  /**
   * The remedy was refused as well.
   * @param inSameWords - as the request was without it. Other words may be about something else: those are three chances.
   */
  reject(pattern: PatternDefinition, inSameWords: boolean): void;
  /** What acts now, with the instant it ends. */
  known(): readonly PatternDefinition[];
  /** Takes in what was learned elsewhere in the process. Each is checked like any pattern from outside. */
  receive(lessons: readonly unknown[]): void;
  /** Shares with the other threads of the process and other copies of Arc, or no longer. */
  share(isWanted: boolean): void;
}

/** Name of the pack that holds what was learned. */
export const LEARNED_PACK = 'arc.learned';

/** Patterns that are kept, and remedies that are remembered as none; the oldest go first. */
const MAX_LESSONS = 256;

/** Refusals in other words after which a remedy is not tried again. */
const MAX_REFUSALS = 3;

/** How long a lesson from elsewhere acts that does not say so. */
const LIFE = '30d';

/** What a book is kept with. */
export interface LessonBookParts {
  readonly packs: PackHolder;
  /** Told what goes wrong between threads. */
  readonly failed: (error: unknown) => void;
  readonly clock?: Clock;
}

/** An empty book over the packs of a process. */
export function createLessonBook({ packs, failed, clock = PROCESS_CLOCK }: LessonBookParts): LessonBook {
  let kept: ReadonlyMap<string, PatternDefinition> = new Map();
  const refusals = new Map<string, number>();
  let exchange: LessonExchange | undefined;
  const isAlive = ({ expires }: PatternDefinition): boolean =>
    expires === undefined || Date.parse(expires) > clock.wall();
  const isNew = ({ id }: PatternDefinition): boolean => {
    const present = kept.get(id) ?? packs.find(id);
    return present === undefined || !isAlive(present);
  };
  function adopt(lessons: readonly PatternDefinition[]): void {
    kept = putIn(packs, kept, lessons);
  }
  const book: LessonBook = {
    mayTry: ({ id }) => (refusals.get(id) ?? 0) < MAX_REFUSALS,
    keep(pattern) {
      if (!isNew(pattern)) return false;
      const lesson = dated(pattern, clock);
      adopt([lesson]);
      exchange?.tell(lesson);
      return true;
    },
    reject({ id }, inSameWords) {
      refusals.set(id, inSameWords ? MAX_REFUSALS : (refusals.get(id) ?? 0) + 1);
      if (refusals.size > MAX_LESSONS) refusals.delete(oldest(refusals));
    },
    known: () => [...kept.values()].filter(isAlive),
    receive(lessons) {
      const checked = lessons.slice(-MAX_LESSONS).flatMap((raw) => checkLesson(raw) ?? []);
      const fresh = checked
        .map((lesson) => dated(lesson, clock))
        .filter((each) => isAlive(each) && isNew(each));
      if (fresh.length > 0) adopt(fresh);
    },
    share(isWanted) {
      if (isWanted === (exchange !== undefined)) return;
      try {
        if (isWanted) exchange = exchanging().openLessonExchange(book, failed);
        else {
          exchange?.close();
          exchange = undefined;
        }
      } catch (error) {
        failed(error);
      }
    },
  };
  return book;
}

/** Loaded when lessons are shared: most processes do not heal. */
function exchanging(): typeof import('./lesson-exchange.js') {
  return require('./lesson-exchange.js') as typeof import('./lesson-exchange.js');
}

/** With the instant it ends in place of its age, which would start anew in each thread and could not be renewed. */
function dated({ ttl = LIFE, ...pattern }: PatternDefinition, clock: Clock): PatternDefinition {
  const latest = clock.wall() + (durationMs(ttl) ?? 0);
  const end = Math.min(latest, pattern.expires === undefined ? Infinity : Date.parse(pattern.expires));
  return { ...pattern, expires: new Date(end).toISOString() };
}

/** Puts lessons in force, and the oldest out where there are too many. @returns all that are kept. */
function putIn(
  packs: PackHolder,
  kept: ReadonlyMap<string, PatternDefinition>,
  lessons: readonly PatternDefinition[],
): ReadonlyMap<string, PatternDefinition> {
  const next = new Map(kept);
  for (const lesson of lessons) {
    next.delete(lesson.id);
    next.set(lesson.id, lesson);
  }
  const isFull = next.size > MAX_LESSONS;
  while (next.size > MAX_LESSONS) next.delete(oldest(next));
  const [only, ...others] = lessons;
  if (only && others.length === 0 && !isFull) packs.add(only, LEARNED_PACK, 'code');
  else packs.put({ name: LEARNED_PACK, version: '', patterns: [...next.values()] }, 'code');
  return next;
}

/** The first of a collection that keeps the order of arrival. */
function oldest(map: ReadonlyMap<string, unknown>): string {
  return String(map.keys().next().value);
}
