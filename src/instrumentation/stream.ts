// HOT: runs on every chunk of a streamed answer. Benchmark: npm run bench -- stream
import type { Attributes } from '@opentelemetry/api';
import type { StreamReader } from './adapters/adapter.js';
import { isRecord } from './adapters/shape.js';
import { abandonCall, countError, failCall, finishCall, metricAttributes, type Call } from './call.js';

/** OpenAI's and Anthropic's `Stream`: for-await, `tee()` and `toReadableStream()` all read `iterator`. */
interface SdkStream {
  iterator: () => AsyncIterator<unknown>;
  readonly controller?: { readonly signal?: AbortSignal };
}

/** A stream of any other SDK: an async generator, or an object that gives an iterator. */
type AnyStream = AsyncIterable<unknown> & Partial<AsyncIterator<unknown>>;

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
interface Watch {
  readonly call: Call;
  readonly reader: StreamReader;
  /** Attributes of the time between chunks, the same for each. */
  readonly chunkAttributes: Attributes;
  /** Steps asked for and not answered yet. An abort meanwhile is told by the step, as its end or its error. */
  steps: number;
}

/** Ends the spans of streams that were dropped without being read to the end. */
const dropped = new FinalizationRegistry<Pick<Watch, 'call' | 'reader'>>(({ call, reader }) => {
  abandonCall(call, reader.result());
});

function watchStream(call: Call): Watch {
  const reader = call.target.streamReader(call.engine.options.captureContent);
  const watch: Watch = { call, reader, chunkAttributes: metricAttributes(call), steps: 0 };
  call.streamed = true;
  dropped.register(watch, { call, reader });
  return watch;
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
  const original = stream[Symbol.asyncIterator];
  const observed = (): AsyncIterator<unknown> => observeIterator(original.call(stream), watch);
  Object.defineProperty(stream, Symbol.asyncIterator, {
    value: observed,
    configurable: true,
    writable: true,
  });
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
    if (!progress.deref()?.steps) abandonCall(call, reader.result());
  };
  signal.addEventListener('abort', onAbort, { once: true });
}

function observeIterator(inner: AsyncIterator<unknown>, watch: Watch): AsyncIterableIterator<unknown> {
  const outer: AsyncIterableIterator<unknown> = {
    async next(...args: [] | [unknown]) {
      watch.steps += 1;
      try {
        const step = await inner.next(...args);
        if (step.done === true) endOfStream(watch);
        else noteChunk(watch, step.value);
        return step;
      } catch (error) {
        failCall(watch.call, error);
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
      abandonCall(watch.call, watch.reader.result());
      return leave.call(inner, value);
    };
  }
  if (fail) {
    outer.throw = (error?: unknown) => {
      failCall(watch.call, error);
      return fail.call(inner, error);
    };
  }
  return outer;
}

/** A stream that ends without saying why was cut short, by an abort most likely. */
function endOfStream({ call, reader }: Watch): void {
  const facts = reader.result();
  if (facts.finishReasons) finishCall(call, facts);
  else abandonCall(call, facts);
}

function noteChunk({ call, reader, chunkAttributes }: Watch, chunk: unknown): void {
  try {
    const now = performance.now();
    if (call.firstChunkAt === 0) call.firstChunkAt = now;
    else
      call.engine.instruments.timePerOutputChunk.record(
        (now - call.lastChunkAt) / 1000,
        chunkAttributes,
        call.context,
      );
    call.lastChunkAt = now;
    reader.chunk(chunk);
  } catch (error) {
    countError(call.engine, error);
  }
}
