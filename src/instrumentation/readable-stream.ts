/** Who watches a stream. */
export interface StreamObserver {
  /** Puts the observer between an iterator and whoever reads it. */
  steps(inner: Pick<AsyncIterator<unknown>, 'next'>): Pick<AsyncIterator<unknown>, 'next'>;
  /** Told when the stream is left before its end. */
  left(): void;
}

/** What a stream and the streams it was split into share. */
interface Shared {
  readonly observer: StreamObserver;
  /** Chunks seen so far, by the fastest of them. */
  seen: number;
  /** Those not cancelled yet: only the last one's cancelling reaches the source. */
  open: number;
}

/** Where one of them stands. */
interface Branch {
  readonly shared: Shared;
  read: number;
  left: boolean;
}

type Reader = ReadableStreamDefaultReader<unknown>;
type Source = ReadableStream<unknown>;
type ReaderOptions = Parameters<Source['getReader']>[0];
type IteratorOptions = Parameters<Source['values']>[0];
type PipeOptions = Parameters<Source['pipeTo']>[1];

/**
 * Observes a web stream in place, by every way out of it: for-await and `values()`, `getReader()`, `tee()`, `cancel()`,
 * `pipeTo()` and `pipeThrough()`. The stream, its readers and its branches stay the platform's own. Each chunk is shown to
 * the observer once, however many branches read it.
 */
export function observeReadableStream(stream: Source, observer: StreamObserver): void {
  watch(stream, { shared: { observer, seen: 0, open: 1 }, read: 0, left: false });
}

function watch(stream: Source, branch: Branch): void {
  const { getReader, tee, cancel, values } = stream;
  const iterate = stream[Symbol.asyncIterator];
  const acquire = getReader as (options?: ReaderOptions) => Reader; // its overloads in one
  override(stream, 'getReader', (options?: ReaderOptions) => {
    const reader = acquire.call(stream, options);
    return options?.mode === undefined ? watchReader(reader, branch) : reader;
  });
  override(stream, 'tee', () => {
    const parts = tee.call(stream);
    branch.shared.open += 1;
    for (const part of parts) watch(part, { ...branch });
    return parts;
  });
  override(stream, 'cancel', (reason?: unknown) => {
    if (!stream.locked) leave(branch);
    return cancel.call(stream, reason);
  });
  override(stream, 'values', (options?: IteratorOptions) =>
    watchIterator(values.call(stream, options), branch, options?.preventCancel === true),
  );
  override(stream, Symbol.asyncIterator, () => watchIterator(iterate.call(stream), branch, false));
  watchPipes(stream);
}

function watchReader(reader: Reader, branch: Branch): Reader {
  const { read, cancel } = reader;
  const next = once(read.bind(reader) as () => Promise<IteratorResult<unknown>>, branch); // the same, but for a type of its own
  override(reader, 'read', next);
  override(reader, 'cancel', (reason?: unknown) => {
    leave(branch);
    return cancel.call(reader, reason);
  });
  return reader;
}

function watchIterator(
  inner: AsyncIterator<unknown>,
  branch: Branch,
  staysOpen: boolean,
): AsyncIterator<unknown> {
  const stop = inner.return;
  override(inner, 'next', once(inner.next.bind(inner), branch));
  if (stop && !staysOpen) {
    override(inner, 'return', (value?: unknown) => {
      leave(branch);
      return stop.call(inner, value);
    });
  }
  return inner;
}

/** Shows the observer the chunks that no other branch has come to yet. */
function once(next: AsyncIterator<unknown>['next'], branch: Branch): () => Promise<IteratorResult<unknown>> {
  const { shared } = branch;
  const observed = shared.observer.steps({ next });
  return () => {
    const isNew = branch.read === shared.seen;
    branch.read += 1;
    if (isNew) shared.seen = branch.read;
    return isNew ? observed.next() : next();
  };
}

function leave(branch: Branch): void {
  if (branch.left) return;
  branch.left = true;
  branch.shared.open -= 1;
  if (branch.shared.open === 0) branch.shared.observer.left();
}

/** The platform pipes without looking at `getReader`, so what is piped is a stream that reads through the observed one. */
function watchPipes(stream: Source): void {
  const { pipeTo, pipeThrough } = stream;
  override(stream, 'pipeTo', (to: WritableStream<unknown>, options?: PipeOptions) =>
    stream.locked ? pipeTo.call(stream, to, options) : pipe(stream, to, options),
  );
  override(stream, 'pipeThrough', (pair: ReadableWritablePair, options?: PipeOptions) => {
    // The platform's own complaint about streams in use.
    if (stream.locked || pair.writable.locked) return pipeThrough.call(stream, pair, options);
    // As the standard has it, what goes wrong shows at the readable end.
    pipe(stream, pair.writable, options).catch(() => undefined);
    return pair.readable;
  });
}

async function pipe(stream: Source, to: WritableStream<unknown>, options: PipeOptions): Promise<void> {
  const reader = stream.getReader();
  try {
    await relay(reader).pipeTo(to, options);
  } finally {
    reader.releaseLock();
  }
}

/** Reads a chunk at a time and only when asked, so that back-pressure stays as it was. */
function relay(reader: Reader): Source {
  return new ReadableStream<unknown>(
    {
      async pull(controller) {
        const step = await reader.read();
        if (step.done) controller.close();
        else controller.enqueue(step.value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** An own property, hidden as the method on the prototype is. */
function override(target: object, key: PropertyKey, value: (...args: never[]) => unknown): void {
  Object.defineProperty(target, key, { value, configurable: true, writable: true });
}
