import type { ApiPromise } from '../api-promise.js';
import { healingOf, repairedArgs, sendAgain, type Attempt } from './attempt.js';
import { isOver, noteHealed, noteRefused } from './outcome.js';
import { refusalOf } from './refusal-of.js';

/** Where the SDKs' `APIPromise` keeps the answer that is not yet parsed. */
const RESPONSE = 'responsePromise';

/** A second attempt's promise, in a box: on its own, whoever awaits it would parse the answer. */
interface Second {
  readonly promise: ApiPromise;
}

/** Makes the second attempt; rejects where there is none, or where it helped nothing. */
type Again = (error: unknown) => Promise<Second>;

/**
 * Heals a call that gives an `APIPromise`, on the object itself. Each of its ways to be read goes to the second attempt's
 * promise once the first is refused: newer SDKs keep the first response where no property leads to it.
 */
export function healApiPromise(promise: ApiPromise, attempt: Attempt): void {
  const response: unknown = Reflect.get(promise, RESPONSE);
  if (!(response instanceof Promise)) return;
  let second: Promise<Second> | undefined;
  healReaders(promise, (error) => (second ??= again(attempt, response, error)));
}

/** @throws the error, where there is no remedy or it is refused as well. */
async function again(attempt: Attempt, response: Promise<unknown>, error: unknown): Promise<Second> {
  // What parsing an answer throws is no refusal, whatever it looks like.
  const isRefusal = await response.then(
    () => false,
    (reason: unknown) => reason === error,
  );
  const healing = isRefusal ? healingOf(attempt, refusalOf(error)) : undefined;
  if (!healing) throw error;
  try {
    const second = sendAgain(attempt, repairedArgs(healing)) as ApiPromise; // the same method of the same SDK
    await Reflect.get(second, RESPONSE);
    noteHealed(healing);
    return { promise: second };
  } catch (failure) {
    if (isOver(healing, failure)) throw failure;
    noteRefused(healing, refusalOf(failure));
    throw error;
  }
}

/** Replaces the methods by which a promise is read, and of those derived from it. */
function healReaders(promise: ApiPromise, again: Again): void {
  const { parse, asResponse, withResponse, _thenUnwrap: thenUnwrap, _responseProps: responseProps } = promise;
  promise.parse = () => either(parse.call(promise), (second) => second.parse(), again);
  promise.asResponse = () => either(asResponse.call(promise), (second) => second.asResponse(), again);
  if (withResponse)
    promise.withResponse = () =>
      either(withResponse.call(promise), (second) => second.withResponse?.(), again);
  if (responseProps)
    promise._responseProps = () =>
      either(responseProps.call(promise), (second) => second._responseProps?.(), again);
  promise._thenUnwrap = (transform) => {
    const derived = thenUnwrap.call(promise, transform);
    let second: Second | undefined;
    healReaders(derived, async (error) => {
      const { promise: other } = await again(error);
      return (second ??= { promise: other._thenUnwrap(transform) });
    });
    return derived;
  };
}

async function either(
  first: Promise<unknown>,
  read: (second: ApiPromise) => Promise<unknown> | undefined,
  again: Again,
): Promise<unknown> {
  try {
    return await first;
  } catch (error) {
    return read((await again(error)).promise);
  }
}
