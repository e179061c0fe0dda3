// HOT: runs on every LLM call. Benchmark: npm run bench -- call
import { noFacts } from './adapters/adapter.js';
import { isRecord } from './adapters/shape.js';
import { abandonCall, countError, failCall, finishCall, type Call } from './call.js';
import { observeStream } from './stream.js';

/**
 * The part of the SDKs' `APIPromise` Arc uses. Its body is parsed lazily, once somebody awaits it, so that `asResponse()`
 * can still read it raw; a plain `.then()` by Arc would break that.
 */
interface ApiPromise {
  _thenUnwrap(transform: (data: unknown, props?: unknown) => unknown): ApiPromise;
  parse(): Promise<unknown>;
  asResponse(): Promise<unknown>;
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

/** A call's promises, the derived ones included: held by each of them, collected only with the last. */
interface Watch {
  readonly call: Call;
}

/** Ends the spans of calls whose promises were dropped before anybody read them. */
const dropped = new FinalizationRegistry<Call>((call) => {
  if (!call.streamed) abandonCall(call, noFacts());
});

/** Observes a call's promise, on the object itself: the caller gets what the SDK made. */
export function observeApiPromise(promise: ApiPromise, call: Call): ApiPromise {
  const watch: Watch = { call };
  dropped.register(watch, call);
  return observeConsumption(promise, watch, true);
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

function observeData(data: unknown, call: Call): void {
  try {
    const { target } = call;
    const isStream = observeStream(target.streamOf ? target.streamOf(data) : data, call);
    if (!isStream) finishCall(call, target.response(data));
  } catch (error) {
    countError(call.engine, error);
  }
}

/**
 * Watches the ways a caller can consume a promise. Each returns a promise of its own, so that a rejection nobody handles
 * still ends the process as it would without Arc.
 * @param raw - whether the promise gives what the provider answered; derived ones give what a transform made of it, and
 * the provider's answer is seen on the way into the first transform.
 */
function observeConsumption(promise: ApiPromise, watch: Watch, raw: boolean): ApiPromise {
  const { parse, asResponse, _thenUnwrap } = promise;
  let parsed: Promise<unknown> | undefined;
  const onData = (data: unknown): unknown => {
    if (raw) observeData(data, watch.call);
    return data;
  };
  const onError = (error: unknown): never => {
    failCall(watch.call, error);
    throw error;
  };
  promise.parse = () => (parsed ??= parse.call(promise).then(onData, onError));
  promise.asResponse = () =>
    asResponse.call(promise).then((response) => {
      // A raw response read before any parse may never be parsed: its headers are all Arc will see.
      if (!parsed) finishCall(watch.call, noFacts());
      return response;
    }, onError);
  promise._thenUnwrap = (transform) => {
    const derived = _thenUnwrap.call(promise, (data, props) => transform(onData(data), props));
    return observeConsumption(derived, watch, false);
  };
  return promise;
}
