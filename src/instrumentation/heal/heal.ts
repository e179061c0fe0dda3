import { isRefused, type Refusal } from '../../fixes/learn/refusal.js';
import type { Callback } from '../adapters/adapter.js';
import { isApiPromise } from '../api-promise.js';
import { countError } from '../call.js';
import { healApiPromise } from './api-promise.js';
import { healingOf, repairedArgs, sendAgain, type Attempt, type Healing } from './attempt.js';
import { isOver, noteHealed, noteRefused } from './outcome.js';
import { refusalOf } from './refusal-of.js';

/** Longest refusal read off a response, in bytes. */
const MAX_BODY_BYTES = 65_536;

/**
 * What a call gives, with a refusal that names its remedy answered by a second, repaired request. The caller sees one
 * answer: that of the second, or the first refusal as it was. An `APIPromise` stays the object it is.
 */
export function healed(result: unknown, attempt: Attempt): unknown {
  const { call } = attempt;
  if (call.engine.options.mode !== 'apply') return result;
  if (isApiPromise(result)) {
    healApiPromise(result, attempt);
    return result;
  }
  if (!(result instanceof Promise)) return result;
  if (call.target.transport) return result.then((response: unknown) => afterResponse(attempt, response));
  return result.catch((error: unknown) => afterError(attempt, error));
}

/**
 * The same for a call that answers to a callback. It is told once, of the second attempt, or of the first refusal.
 * @param given - what the SDK tells: an error.
 * @param tell - tells the caller.
 * @returns false when there is no remedy, and the caller is to be told at once.
 */
export function healedCallback(attempt: Attempt, given: readonly unknown[], tell: Callback): boolean {
  const { call } = attempt;
  const healing = healingOf(attempt, refusalOf(given[0]));
  if (!healing) return false;
  const toldAgain: Callback = function toldAgain(...second) {
    const [error] = second;
    const isLast = !error || isOver(healing, error);
    if (!error) noteHealed(healing);
    else if (!isLast) noteRefused(healing, refusalOf(error));
    return tell.apply(this, isLast ? second : [...given]);
  };
  try {
    const repaired = repairedArgs(healing);
    if (call.target.observeCallback?.(repaired, () => toldAgain) !== true) return false;
    sendAgain(attempt, repaired);
    return true;
  } catch (error) {
    countError(call.engine, error);
    return false;
  }
}

/** @throws the error, where there is no remedy or it is refused as well. */
async function afterError(attempt: Attempt, error: unknown): Promise<unknown> {
  const healing = healingOf(attempt, refusalOf(error));
  if (!healing) throw error;
  try {
    const answer = await sendAgain(attempt, repairedArgs(healing));
    noteHealed(healing);
    return answer;
  } catch (second) {
    if (isOver(healing, second)) throw second;
    noteRefused(healing, refusalOf(second));
    throw error;
  }
}

/** The same for `fetch`, which answers a refusal with a response like any other. */
async function afterResponse(attempt: Attempt, response: unknown): Promise<unknown> {
  if (!(response instanceof Response) || !isRefused(response.status)) return response;
  const healing = healingOf(attempt, await refusalIn(response));
  if (!healing) return response;
  try {
    const second = await sendAgain(attempt, repairedArgs(healing));
    if (second instanceof Response && second.ok) {
      noteHealed(healing);
      return second;
    }
    await noteResponse(healing, second);
  } catch (error) {
    if (isOver(healing, error)) throw error;
    noteRefused(healing, undefined);
  }
  return response;
}

/** Nobody reads the second response, so it is read or cancelled here. */
async function noteResponse(healing: Healing, second: unknown): Promise<void> {
  const refusal = second instanceof Response ? await refusalIn(second) : undefined;
  noteRefused(healing, refusal);
  if (second instanceof Response) await second.body?.cancel();
}

/** The caller's copy of the body stays unread. */
async function refusalIn(response: Response): Promise<Refusal | undefined> {
  if (Number(response.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return undefined;
  try {
    return { status: response.status, message: await response.clone().text() };
  } catch {
    return undefined;
  }
}
