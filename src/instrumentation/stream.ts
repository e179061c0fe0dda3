// HOT: runs on every chunk of a streamed answer. Benchmark: npm run bench -- stream
import type { Attributes } from '@opentelemetry/api';
import { noFacts, type ResponseFacts, type StreamReader } from './adapters/adapter.js';
import { isRecord } from './adapters/shape.js';
import { abandonCall, countError, failCall, finishCall, metricAttributes } from './call.js';
import type { Call } from './call-state.js';
import { recordLegacyChunk } from './legacy-names.js';
import { observeReadableStream, type StreamObserver } from './readable-stream.js';
import { restoreNames } from './restore-names.js';
import { forgetStream, trackStream, type OpenStream } from './stream-age.js';

/** OpenAI's and Anthropic's `Stream`: for-await, `tee()` and `toReadableStream()` all read `iterator`. */
interface SdkStream {
  iterator: () => AsyncIterator<unknown>;
  readonly controller?: { readonly signal?: AbortSignal };
}

/** A stream of any other SDK: an async generator, or an object that gives an iterator, Ollama's with its `abort()`. */
type AnyStream = AsyncIterable<unknown> &
  Partial<AsyncIterator<unknown>> & { readonly abortController?: { readonly signal?: AbortSignal } };

function isSdkStream(value: unknown): value is SdkStream {
  return isRecord(value) && typeof value['iterator'] === 'function' && Symbol.asyncIterator in value;
}

function isAnyStream(value: unknown): value is AnyStream {
  return isRecord(value) && typeof Reflect.get(value, Symbol.asyncIterator) === 'function';
}

/**
 * Observes a stream in place, whatever its kind: the object stays the SDK's own.
 * @returns false when the value is no stream.
 */
export function observeStream(value: unknown, call: Call): boolean {
  if (isSdkStream(value)) observeSdkStream(value, call);
  else if (isAnyStream(value)) observeAnyStream(value, call);
  else return false;
  return true;
}

/** A stream being observed. Held by the stream and by its iterators, so it is collected only with the last of them. */
export interface Watch {
  readonly call: Call;
  readonly reader: StreamReader;
  /** Attributes of the time between chunks, the same for each. */
  readonly chunkAttributes: Attributes;
  /** Steps asked for and not answered yet. An abort meanwhile is told by the step, as its end or its error. */
  steps: number;
}

/** Ends the spans of streams that were dropped without being read to the end. */
const dropped = new FinalizationRegistry<Pick<Watch, 'call' | 'reader'>>(({ call, reader }) => {
  abandonCall(call, told(call, reader));
});

/** Begins to observe a stream: it, not the promise, now says when the call is over. */
export function watchStream(call: Call): Watch {
  const { captureContent, contentEvents } = call.engine.options;
  const reader = call.target.streamReader(captureContent || contentEvents);
  const watch: Watch = { call, reader, chunkAttributes: metricAttributes(call), steps: 0 };
  call.streamed = true;
  dropped.register(watch, { call, reader });
  limitAge(call, reader);
  return watch;
}

/** Holds no stream, for the reason given at `endOnAbort`. */
function limitAge(call: Call, reader: StreamReader): void {
  const open: OpenStream = {
    until: performance.now() + call.engine.options.maxStreamAgeMs,
    expire: () => abandonCall(call, told(call, reader)),
  };
  trackStream(open);
  call.onEnd = () => forgetStream(open);
}

function observeSdkStream(stream: SdkStream, call: Call): void {
  const watch = watchStream(call);
  const original = stream.iterator;
  stream.iterator = function iterator(this: unknown) {
    return observeIterator(original.call(this), watch);
  };
  const signal = stream.controller?.signal;
  if (signal) endOnAbort(signal, new WeakRef(watch), watch);
}

/** A generator is its own iterator, so its steps are replaced on the object; of anything else the iterator is. */
function observeAnyStream(stream: AnyStream, call: Call): void {
  const watch = watchStream(call);
  if (stream instanceof ReadableStream) return observeReadableStream(stream, observerOf(watch));
  if (typeof stream.next === 'function') {
    const { next, return: leave, throw: fail } = stream;
    const inner = {
      next: next.bind(stream),
      ...(leave && { return: leave.bind(stream) }),
      ...(fail && { throw: fail.bind(stream) }),
    };
    const { [Symbol.asyncIterator]: _own, ...steps } = observeIterator(inner, watch);
    Object.assign(stream, steps);
    return;
  }
  const signal = stream.abortController?.signal;
  if (signal) endOnAbort(signal, new WeakRef(watch), watch);
  const original = stream[Symbol.asyncIterator];
  const observed = (): AsyncIterator<unknown> => observeIterator(original.call(stream), watch);
  Object.defineProperty(stream, Symbol.asyncIterator, {
    value: observed,
    configurable: true,
    writable: true,
  });
}

function observerOf(watch: Watch): StreamObserver {
  return {
    steps: (inner) => observeIterator(inner, watch),
    left: () => abandonCall(watch.call, told(watch.call, watch.reader)),
  };
}

/**
 * A function of its own, since closures made in one function share what any of them holds: this listener must not hold
 * the stream, whose collection the SDKs rely on to close the connection.
 */
function endOnAbort(
  signal: AbortSignal,
  progress: WeakRef<Watch>,
  { call, reader }: Pick<Watch, 'call' | 'reader'>,
): void {
  const onAbort = (): void => {
    if (!progress.deref()?.steps) abandonCall(call, told(call, reader));
  };
  signal.addEventListener('abort', onAbort, { once: true });
}

function observeIterator(inner: AsyncIterator<unknown>, watch: Watch): AsyncIterableIterator<unknown> {
  const outer: AsyncIterableIterator<unknown> = {
    async next(...args: [] | [unknown]) {
      watch.steps += 1;
      try {
        for (;;) {
          const step = await inner.next(...args);
          if (step.done === true) endOfStream(watch);
          else noteChunk(watch, step.value);
          if (step.done === true || watch.call.usage?.hide(step.value) !== true) return step;
        }
      } catch (error) {
        failCall(watch.call, error, undefined, told(watch.call, watch.reader));
        throw error;
      } finally {
        watch.steps -= 1;
      }
    },
    [Symbol.asyncIterator]: () => outer,
  };
  const { return: leave, throw: fail } = inner;
  if (leave) {
    outer.return = (value?: unknown) => {
      abandonCall(watch.call, told(watch.call, watch.reader));
      return leave.call(inner, value);
    };
  }
  if (fail) {
    outer.throw = (error?: unknown) => {
      failCall(watch.call, error, undefined, told(watch.call, watch.reader));
      return fail.call(inner, error);
    };
  }
  return outer;
}

/** A stream that ends without saying why was cut short, by an abort most likely. */
export function endOfStream({ call, reader }: Watch): void {
  const facts = told(call, reader);
  if (facts.finishReasons) finishCall(call, facts);
  else abandonCall(call, facts);
}

/** What a stream has told so far. Does not throw: the caller's own error, or the end, is on its way. */
function told(call: Call, reader: StreamReader): ResponseFacts {
  try {
    return reader.result();
  } catch (error) {
    countError(call.engine, error);
    return noFacts();
  }
}

/** Measures a chunk and shows it to the reader. Does not throw. */
export function noteChunk(watch: Watch, chunk: unknown): void {
  const { call, reader } = watch;
  try {
    const now = performance.now();
    if (call.firstChunkAt === 0) call.firstChunkAt = now;
    else recordGap(watch, (now - call.lastChunkAt) / 1000);
    call.lastChunkAt = now;
    reader.chunk(chunk);
    if (call.toolNames) restoreNames(chunk, call.toolNames);
  } catch (error) {
    countError(call.engine, error);
  }
}

function recordGap({ call, chunkAttributes }: Watch, seconds: number): void {
  const { engine, context } = call;
  const { semconv } = engine.options;
  if (semconv !== 'legacy') engine.instruments.timePerOutputChunk.record(seconds, chunkAttributes, context);
  if (semconv !== 'latest') recordLegacyChunk(engine, seconds, chunkAttributes, context);
}
