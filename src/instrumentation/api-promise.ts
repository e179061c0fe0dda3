// HOT: runs on every LLM call. Benchmark: npm run bench -- call
import { noFacts } from './adapters/adapter.js';
import { observeAnswer } from './adapters/fetch-response.js';
import { isRecord } from './adapters/shape.js';
import { countError, failCall, finishCall } from './call.js';
import type { Call } from './call-state.js';
import { restoreNames } from './restore-names.js';
import { observeStream } from './stream.js';
import { noteRead, noteUnread, type SharedCall } from './unread.js';

/** A transform of what a promise gives. */
type Transform = (data: unknown, props?: unknown) => unknown;

/**
 * The part of the SDKs' `APIPromise` Arc uses. Its body is parsed lazily, once somebody awaits it, so that `asResponse()`
 * can still read it raw; a plain `.then()` by Arc would break that.
 */
export interface ApiPromise {
  _thenUnwrap(transform: Transform): ApiPromise;
  parse(): Promise<unknown>;
  asResponse(): Promise<unknown>;
  withResponse?(): Promise<unknown>;
  /** The newest Anthropic SDK reads the response of a streamed turn here and parses it elsewhere. */
  _responseProps?(): Promise<unknown>;
}

/** Recognised by shape, not by `instanceof`: several copies of an SDK in one process are normal. */
export function isApiPromise(value: unknown): value is ApiPromise {
  return (
    isRecord(value) &&
    typeof value['_thenUnwrap'] === 'function' &&
    typeof value['parse'] === 'function' &&
    typeof value['asResponse'] === 'function'
  );
}

/** What Arc keeps on a promise it observes. */
interface PromiseWatch {
  readonly shared: SharedCall;
  /**
   * Whether the promise gives what the provider answered; derived ones give what a transform made of it, and the
   * provider's answer is seen on the way into the first transform.
   */
  readonly raw: boolean;
  /** The methods that are replaced; newer SDKs put them on each promise rather than on the class. */
  readonly parse: ApiPromise['parse'];
  readonly asResponse: ApiPromise['asResponse'];
  readonly thenUnwrap: ApiPromise['_thenUnwrap'];
  readonly responseProps: ApiPromise['_responseProps'];
  parsed: Promise<unknown> | undefined;
}

/** Observes a call's promise, on the object itself: the caller gets what the SDK made. */
export function observeApiPromise(promise: ApiPromise, call: Call): ApiPromise {
  const shared = { call };
  noteUnread(shared);
  return watch(promise, shared, true);
}

/** A constructor that hands on an object made elsewhere; a class built on it puts its private fields there, unseen. */
const Existing = function existing(object: object) {
  return object;
} as unknown as new (object: object) => object; // TypeScript has no type for a function used this way

class Watched extends Existing {
  readonly #watch: PromiseWatch;

  constructor(promise: ApiPromise, watch: PromiseWatch) {
    super(promise);
    this.#watch = watch;
  }

  static watchOf(promise: ApiPromise): PromiseWatch {
    return (promise as unknown as Watched).#watch; // the methods below are only put on promises that have it
  }
}

const { watchOf } = Watched;

function watch(promise: ApiPromise, shared: SharedCall, raw: boolean): ApiPromise {
  const { parse, asResponse, _thenUnwrap: thenUnwrap, _responseProps: responseProps } = promise;
  new Watched(promise, { shared, raw, parse, asResponse, thenUnwrap, responseProps, parsed: undefined });
  // The functions are the same for all promises: no closures are made for a call.
  promise.parse = parseWatched;
  promise.asResponse = asResponseWatched;
  promise._thenUnwrap = thenUnwrapWatched;
  if (responseProps && shared.call.params['stream'] === true) promise._responseProps = responsePropsWatched;
  return promise;
}

/** `then`, `catch` and `finally` go through it, and make promises of their own: a rejection nobody handles stays one. */
function parseWatched(this: ApiPromise): Promise<unknown> {
  const watched = watchOf(this);
  if (watched.parsed) return watched.parsed;
  noteRead(watched.shared);
  const parsed = watched.parse.call(this);
  const { call } = watched.shared;
  watched.parsed = parsed;
  // Asked first, so told first: what comes back is observed before the caller sees it.
  parsed.then(
    (data) => watched.raw && observeData(data, call),
    (error: unknown) => failCall(call, error),
  );
  return parsed;
}

/** Returns a promise of its own, since the caller gets it as it is: a rejection nobody handles stays one. */
function asResponseWatched(this: ApiPromise): Promise<unknown> {
  const watched = watchOf(this);
  const { call } = watched.shared;
  noteRead(watched.shared);
  return watched.asResponse.call(this).then(
    (response) => {
      // A raw response read before any parse may never be parsed: its headers are all Arc will see.
      if (!watched.parsed) finishCall(call, noFacts());
      return response;
    },
    (error: unknown) => {
      failCall(call, error);
      throw error;
    },
  );
}

/** A stream whose response is taken this way is made by somebody else: its events are seen on their way there. */
function responsePropsWatched(this: ApiPromise): Promise<unknown> {
  const watched = watchOf(this);
  const { call } = watched.shared;
  noteRead(watched.shared);
  const props = watched.responseProps?.call(this) ?? Promise.resolve();
  return props.then(
    (value) => {
      if (!watched.parsed && isRecord(value)) {
        call.streamed = true; // the response, not the promise, says when the call is over
        observeAnswer(value['response'], call);
      }
      return value;
    },
    (error: unknown) => {
      failCall(call, error);
      throw error;
    },
  );
}

function thenUnwrapWatched(this: ApiPromise, transform: Transform): ApiPromise {
  const { shared, raw, thenUnwrap } = watchOf(this);
  const derived = thenUnwrap.call(this, (data, props) => {
    if (raw) observeData(data, shared.call);
    return transform(data, props);
  });
  return watch(derived, shared, false);
}

/** Observes the plain promises of SDKs that have no `APIPromise`. */
export function observePromise(promise: Promise<unknown>, call: Call): Promise<unknown> {
  return promise.then(
    (data) => {
      observeData(data, call);
      return data;
    },
    (error: unknown) => {
      failCall(call, error);
      throw error;
    },
  );
}

/** Observes what the provider answered: a stream, or all of it. */
export function observeData(data: unknown, call: Call): void {
  try {
    const { target } = call;
    const isStream = observeStream(target.streamOf ? target.streamOf(data) : data, call);
    if (isStream) return;
    finishCall(call, target.response(data));
    if (call.toolNames) restoreNames(data, call.toolNames);
  } catch (error) {
    countError(call.engine, error);
  }
}
