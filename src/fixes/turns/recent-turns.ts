import { isInstruction, roleOf, typeOf } from '../../patterns/conversation.js';
import { partsOf } from '../../patterns/google-request.js';
import { own } from '../../patterns/own.js';
import { type Ties, tiesOf } from './ties.js';

/** How much of a conversation may stay, in whatever it is weighed in. */
export interface Room {
  /** What is aimed at, so that the next question fits too. */
  readonly aim: number;
  /** What is allowed at most, where the aim is out of reach. */
  readonly most: number;
}

/** An item of a conversation, and what a cut has to know of it. */
interface Item {
  readonly value: unknown;
  readonly ties: Ties;
  /** An instruction, which outlives its turn. */
  readonly lasts: boolean;
  readonly isQuestion: boolean;
}

/** Leaves out what stands in front of `end`, but for instructions and the question at `kept`. */
interface Cut {
  readonly end: number;
  /** Start and end of the question the cut leaves in front; empty where a question opens what stays. */
  readonly kept: readonly [start: number, end: number];
}

/**
 * Leaves out the oldest turns of a conversation until the rest has room. A turn begins with a question of the user and goes
 * whole. Where the last turn alone has no room, its oldest calls go with their results; its question and its last exchange
 * stay. Instructions stay, and so do a call and its result, or neither.
 * @param weigh - what an item takes of the room; never negative.
 * @returns the same list where everything has room, or nothing that may go would make enough of it.
 */
export function recentTurns(
  values: readonly unknown[],
  weigh: (value: unknown) => number,
  room: Room,
): readonly unknown[] {
  const weights = values.map(weigh);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total <= room.most || values.some(standsForTurns)) return values;
  const items = values.map(itemOf);
  const leftBy = leftWith(items, weights, total);
  const cuts = cutsOf(items);
  const deepest = cuts.findLast((cut) => leftBy(cut) <= room.most);
  const cut = cuts.find((candidate) => leftBy(candidate) <= room.aim) ?? deepest;
  if (cut === undefined) return values;
  const kept = items.filter((item, index) => !goes(item, index, cut));
  return kept.length === values.length ? values : kept.map(({ value }) => value);
}

/** A summary of what was compacted, or an item by its name alone: nobody here knows what goes with it. */
function standsForTurns(value: unknown): boolean {
  if (typeOf(value) === 'item_reference' || typeOf(value).startsWith('compaction')) return true;
  const content = own(value, 'content');
  return Array.isArray(content) && content.some((block) => typeOf(block) === 'compaction');
}

/** In Google's contents the user's role may be left out. */
function itemOf(value: unknown): Item {
  const ties = tiesOf(value);
  const role = roleOf(value);
  const isAnswer = ties.answers.length > 0;
  return {
    value,
    ties,
    lasts: isInstruction(role) && !isAnswer && ties.calls.length === 0,
    isQuestion: !isAnswer && (role === 'user' || (role === '' && partsOf(value).length > 0)),
  };
}

/** Every cut that splits nothing, the smallest first. */
function cutsOf(items: readonly Item[]): readonly Cut[] {
  const isClean = cleanEnds(items);
  const openings = items.flatMap((_, index) => (opensTurn(items, index) ? [index] : []));
  const last = openings.at(-1);
  if (last === undefined) return [];
  const turns = openings.filter((end) => end > 0 && isClean(end)).map((end): Cut => ({ end, kept: [0, 0] }));
  let first = last + 1;
  while (items[first]?.isQuestion === true) first += 1;
  const steps = items.flatMap((_, end): readonly Cut[] =>
    end > first && beginsStep(items, end) && isClean(end) ? [{ end, kept: [last, first] }] : [],
  );
  return isClean(last) ? [...turns, ...steps] : turns;
}

/** Whether no call in front of an index is answered behind it, nor the other way round. Linear in the number of ids. */
function cleanEnds(items: readonly Item[]): (end: number) => boolean {
  const calls = new Map<unknown, number>();
  const early = new Map<unknown, number>();
  const reach = items.map(() => -1);
  const tie = (from: number, to: number): void => {
    reach[from] = Math.max(reach[from] ?? -1, to);
  };
  let calling: number | undefined;
  items.forEach(({ ties }, index) => {
    for (const id of ties.answers) {
      // An answer that does not say which call it answers is to one of the last.
      const call = calls.get(id) ?? (id === undefined ? calling : undefined);
      if (call === undefined) early.set(id, index);
      else tie(call, index);
    }
    for (const id of ties.calls) {
      const answer = early.get(id);
      if (answer !== undefined) tie(answer, index);
      early.delete(id);
      calls.set(id, index);
      calling = index;
    }
  });
  let furthest = -1;
  const furthestBefore = reach.map((to) => {
    const before = furthest;
    furthest = Math.max(furthest, to);
    return before;
  });
  return (end) => (furthestBefore[end] ?? -1) < end;
}

/** True for the first message of the user after something else. */
function opensTurn(items: readonly Item[], index: number): boolean {
  if (items[index]?.isQuestion !== true) return false;
  let before = index - 1;
  while (items[before]?.lasts === true) before -= 1;
  return items[before]?.isQuestion !== true;
}

/** True for what the model does with the results of its last calls. */
function beginsStep(items: readonly Item[], index: number): boolean {
  return items[index]?.ties.answers.length === 0 && (items[index - 1]?.ties.answers.length ?? 0) > 0;
}

/** What stays with a cut, from sums over what may go, so that each cut is told at once. */
function leftWith(items: readonly Item[], weights: readonly number[], total: number): (cut: Cut) => number {
  let sum = 0;
  const before = [0, ...weights.map((weight, index) => (sum += items[index]?.lasts === true ? 0 : weight))];
  const until = (index: number): number => before[index] ?? sum;
  return ({ end, kept: [start, stop] }) => total - (until(end) - (until(stop) - until(start)));
}

function goes({ lasts }: Item, index: number, { end, kept: [start, stop] }: Cut): boolean {
  return index < end && !(index >= start && index < stop) && !lasts;
}
