import { contentsOf, googleField, partsOf } from '../../patterns/google-request.js';
import {
  answerOf,
  callOf,
  countAnswers,
  countCalls,
  isModelTurn,
  turnFault,
} from '../../patterns/google-turns.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { joined } from '../repairs/join-contents.js';
import { NO_RESULT } from '../repairs/no-result.js';
import { withContents } from './contents.js';

/** Stands in front of calls whose question was cut off with the history. */
const CUT_OFF = { role: 'user', parts: [{ text: '(earlier messages are missing)' }] } as const;

/** See {@link pairTurns}. */
export function pairGoogleTurns(params: Fields): Fields {
  return withContents(params, pairTurns(contentsOf(params)));
}

/**
 * Puts calls and their answers into the order Google demands: calls directly after a turn of the user, in the next content as
 * many answers, and no others. Turns that were split are joined, missing answers say that they are missing, answers to
 * nothing become text.
 * @returns the same list when it was in order.
 */
function pairTurns(contents: readonly unknown[]): readonly unknown[] {
  const inOrder = contents.every(
    (content, index) => turnFault(contents[index - 1], content, contents[index + 1]) === undefined,
  );
  if (inOrder) return contents;
  return balance(join(contents));
}

/** Joins what belongs to one turn, and puts a turn of the user in front of calls that have none. */
function join(contents: readonly unknown[]): readonly unknown[] {
  const joined: unknown[] = [];
  for (const content of contents) {
    let turn = content;
    for (
      let last = joined.at(-1);
      isRecord(last) && isRecord(turn) && belongsTo(last, turn);
      last = joined.at(-1)
    ) {
      turn = joinTurns(last, turn);
      joined.pop();
    }
    joined.push(turn);
  }
  const [first] = joined;
  return isModelTurn(first) && countCalls(first) > 0 ? [CUT_OFF, ...joined] : joined;
}

function belongsTo(last: Fields, content: Fields): boolean {
  if (isModelTurn(last) !== isModelTurn(content)) return false;
  return isModelTurn(last)
    ? countCalls(last) + countCalls(content) > 0
    : countAnswers(last) > 0 && countAnswers(content) > 0;
}

function joinTurns(last: Fields, content: Fields): Fields {
  const isBare = Object.keys(last).every((key) => key === 'role' || key === 'parts');
  if (isBare && partsOf(last).length === 0) return content;
  return copyWith(last, 'parts', joined(partsOf(last), partsOf(content)));
}

/** Gives each turn of calls as many answers as it has calls, and turns other answers into text. */
function balance(contents: readonly unknown[]): readonly unknown[] {
  const balanced: unknown[] = [];
  contents.forEach((content, index) => {
    const before = contents[index - 1];
    const calls = isModelTurn(before) ? callsIn(before) : [];
    balanced.push(isModelTurn(content) ? content : withAnswers(content, calls));
    if (countCalls(content) > 0 && isModelTurn(content) && countAnswers(contents[index + 1]) === 0)
      balanced.push({ role: 'user', parts: callsIn(content).map(noAnswer) });
  });
  return balanced;
}

function callsIn(content: unknown): readonly unknown[] {
  return partsOf(content).map(callOf).filter(isRecord);
}

function withAnswers(content: unknown, calls: readonly unknown[]): unknown {
  const count = countAnswers(content);
  if (count === 0 || count === calls.length || !isRecord(content)) return content;
  const parts = partsOf(content);
  const { open, answers } = match(calls, parts);
  const last = parts.findLastIndex((part) => isRecord(answerOf(part)));
  const missing = open.slice(0, Math.max(0, calls.length - count)).map(noAnswer);
  const surplus = new Set(count > calls.length ? answers.slice(calls.length - count) : []);
  const kept = parts.map((part, index) => (surplus.has(index) ? asText(answerOf(part)) : part));
  return copyWith(content, 'parts', [...kept.slice(0, last + 1), ...missing, ...kept.slice(last + 1)]);
}

/** Calls without an answer, and the positions of all answers, those to no call at the end. */
function match(
  calls: readonly unknown[],
  parts: readonly unknown[],
): { readonly open: readonly unknown[]; readonly answers: readonly number[] } {
  const open = [...calls];
  const paired: number[] = [];
  const loose: number[] = [];
  parts.forEach((part, index) => {
    const answer = answerOf(part);
    if (!isRecord(answer)) return;
    const call = open.findIndex((item) => isAnswerTo(answer, item));
    if (call >= 0) open.splice(call, 1);
    (call < 0 ? loose : paired).push(index);
  });
  return { open, answers: [...paired, ...loose] };
}

function isAnswerTo(answer: unknown, call: unknown): boolean {
  const id = own(answer, 'id');
  return id !== undefined && own(call, 'id') !== undefined
    ? id === own(call, 'id')
    : own(answer, 'name') === own(call, 'name');
}

function noAnswer(call: unknown): object {
  const id = own(call, 'id');
  return {
    functionResponse: {
      ...(id === undefined ? {} : { id }),
      name: own(call, 'name'),
      response: { error: NO_RESULT },
    },
  };
}

function asText(answer: unknown): object {
  const response = googleField(answer, 'response');
  const text = typeof response === 'string' ? response : (JSON.stringify(response) ?? '(empty)');
  const name = own(answer, 'name');
  return { text: `Result of ${typeof name === 'string' ? name : 'a tool'}: ${text}` };
}
