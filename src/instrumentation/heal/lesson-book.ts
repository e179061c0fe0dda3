import { PROCESS_CLOCK, type Clock } from '../../contract/clock.js';
import type { PatternDefinition } from '../../contract/pattern.js';
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

interface State {
  kept: ReadonlyMap<string, PatternDefinition>;
  /** How often a remedy was refused, by the id of its pattern. */
  readonly refusals: Map<string, number>;
  exchange: LessonExchange | undefined;
}

/** An empty book over the packs of a process. */
export function createLessonBook({ packs, failed, clock = PROCESS_CLOCK }: LessonBookParts): LessonBook {
  const state: State = { kept: new Map(), refusals: new Map(), exchange: undefined };
  const { refusals } = state;
  const isNew = ({ id }: PatternDefinition): boolean => {
    const present = state.kept.get(id) ?? packs.find(id);
    return present === undefined || !isAlive(present, clock);
  };
  const book: LessonBook = {
    mayTry: ({ id }) => (refusals.get(id) ?? 0) < MAX_REFUSALS,
    keep(pattern) {
      if (!isNew(pattern)) return false;
      const lesson = dated(pattern, clock);
      state.kept = putIn(packs, state.kept, [lesson]);
      state.exchange?.tell(lesson);
      return true;
    },
    reject({ id }, inSameWords) {
      refusals.set(id, inSameWords ? MAX_REFUSALS : (refusals.get(id) ?? 0) + 1);
      if (refusals.size > MAX_LESSONS) refusals.delete(oldest(refusals));
    },
    known: () => [...state.kept.values()].filter((lesson) => isAlive(lesson, clock)),
    receive(lessons) {
      const fresh = checked(lessons)
        .map((lesson) => dated(lesson, clock))
        .filter((lesson) => isAlive(lesson, clock) && isNew(lesson));
      if (fresh.length > 0) state.kept = putIn(packs, state.kept, fresh);
    },
    share: (isWanted) => share(isWanted, state, book, failed),
  };
  return book;
}

function share(isWanted: boolean, state: State, book: LessonBook, failed: LessonBookParts['failed']): void {
  if (isWanted === (state.exchange !== undefined)) return;
  try {
    if (isWanted) {
      // Loaded when lessons are shared: most processes do not heal.
      const { openLessonExchange } = require('./lesson-exchange.js') as typeof import('./lesson-exchange.js');
      state.exchange = openLessonExchange(book, failed);
    } else {
      state.exchange?.close();
      state.exchange = undefined;
    }
  } catch (error) {
    failed(error);
  }
}

function checked(lessons: readonly unknown[]): readonly PatternDefinition[] {
  if (lessons.length === 0) return [];
  // Loaded when there is something to check.
  const { checkLesson } =
    require('../../fixes/learn/check-lesson.js') as typeof import('../../fixes/learn/check-lesson.js');
  return lessons.slice(-MAX_LESSONS).flatMap((raw) => checkLesson(raw) ?? []);
}

function isAlive({ expires }: PatternDefinition, clock: Clock): boolean {
  return expires === undefined || Date.parse(expires) > clock.wall();
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
