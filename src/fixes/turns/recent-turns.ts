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
  items: readonly unknown[],
  weigh: (item: unknown) => number,
  room: Room,
): readonly unknown[] {
  const weights = items.map(weigh);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total <= room.most || items.some(isIrreplaceable)) return items;
  const leftBy = leftWith(items, weights, total);
  const cuts = cutsOf(items);
  const deepest = cuts.findLast((cut) => leftBy(cut) <= room.most);
  const cut = cuts.find((candidate) => leftBy(candidate) <= room.aim) ?? deepest;
  return cut === undefined ? items : items.filter((item, index) => !goes(item, index, cut));
}

/** Stands for turns that are not there: a summary of what was compacted, or an item by its name alone. */
function isIrreplaceable(item: unknown): boolean {
  if (typeOf(item) === 'item_reference' || typeOf(item).startsWith('compaction')) return true;
  const content = own(item, 'content');
  return Array.isArray(content) && content.some((block) => typeOf(block) === 'compaction');
}

/** Every cut that splits nothing, the smallest first. */
function cutsOf(items: readonly unknown[]): readonly Cut[] {
  const ties = items.map(tiesOf);
  const isClean = cleanEnds(ties);
  const questions = items.flatMap((_, index) => (opensTurn(items, ties, index) ? [index] : []));
  const turns = questions.filter((end) => end > 0 && isClean(end)).map((end): Cut => ({ end, kept: [0, 0] }));
  const last = questions.at(-1);
  if (last === undefined) return [];
  let first = last + 1;
  while (first < items.length && isQuestion(items[first], ties[first])) first += 1;
  const steps = items.flatMap((_, end): readonly Cut[] =>
    end > first && beginsStep(ties, end) && isClean(end) ? [{ end, kept: [last, first] }] : [],
  );
  return [...turns, ...(isClean(last) ? steps : [])];
}

/** Whether no call in front of an index is answered behind it, nor the other way round. Linear in the number of ids. */
function cleanEnds(ties: readonly Ties[]): (end: number) => boolean {
  const calls = new Map<unknown, number>();
  const early = new Map<unknown, number>();
  const reach = ties.map(() => -1);
  const tie = (from: number, to: number): void => {
    reach[from] = Math.max(reach[from] ?? -1, to);
  };
  ties.forEach((tied, index) => {
    for (const id of tied.answers) {
      const call = calls.get(id);
      if (call === undefined) early.set(id, index);
      else tie(call, index);
    }
    for (const id of tied.calls) {
      const answer = early.get(id);
      if (answer !== undefined) tie(answer, index);
      early.delete(id);
      calls.set(id, index);
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
function opensTurn(items: readonly unknown[], ties: readonly Ties[], index: number): boolean {
  if (!isQuestion(items[index], ties[index])) return false;
  let before = index - 1;
  while (before >= 0 && isInstruction(roleOf(items[before]))) before -= 1;
  return before < 0 || !isQuestion(items[before], ties[before]);
}

/** True for what the user says. In Google's contents the role may be left out. */
function isQuestion(item: unknown, ties: Ties | undefined): boolean {
  if (ties?.isAnswer === true) return false;
  const role = roleOf(item);
  return role === 'user' || (role === '' && partsOf(item).length > 0);
}

/** True for what the model does with the results of its last calls. */
function beginsStep(ties: readonly Ties[], index: number): boolean {
  return ties[index]?.isAnswer === false && ties[index - 1]?.isAnswer === true;
}

/** What stays with a cut, from sums over what may go, so that each cut is told at once. */
function leftWith(
  items: readonly unknown[],
  weights: readonly number[],
  total: number,
): (cut: Cut) => number {
  let sum = 0;
  const before = [
    0,
    ...weights.map((weight, index) => (sum += isInstruction(roleOf(items[index])) ? 0 : weight)),
  ];
  const until = (index: number): number => before[index] ?? sum;
  return ({ end, kept: [start, stop] }) => total - (until(end) - (until(stop) - until(start)));
}

function goes(item: unknown, index: number, { end, kept: [start, stop] }: Cut): boolean {
  return index < end && !(index >= start && index < stop) && !isInstruction(roleOf(item));
}
