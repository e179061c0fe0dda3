import { isRecord } from '../adapters/shape.js';
import type { Method } from '../method-patch.js';
import { callWith } from '../otel-global.js';
import { endWhenDropped, endWork, type OpenWork, type Outcome } from './work.js';

type Step = IteratorResult<unknown>;

/** A run under way. Holds nothing of the generator, whose collection ends what is left. */
interface Run {
  readonly open: OpenWork;
  /** Steps asked for and not answered yet. An abort meanwhile is told by the step, as its end or its error. */
  steps: number;
  /** After an abort, no further step is asked for. */
  isAborted: boolean;
}

/**
 * Observes a piece of work that is an async generator, on the object itself: each step runs with the span of the work
 * active, whoever asks for it.
 * @param begin - starts the work, at the first step; gives undefined, and does not throw, when it is to be left alone.
 * @param signal - aborts the work.
 */
export function observeRun(
  generator: AsyncGenerator,
  begin: () => OpenWork | undefined,
  signal: unknown,
): void {
  const { next, return: leave, throw: fail } = generator;
  let run: Run | undefined;
  let isBegun = false;
  const start = (): void => {
    isBegun = true;
    const open = begin();
    if (!open) return;
    run = { open, steps: 0, isAborted: false };
    endWhenDropped(generator, open);
    if (signal instanceof AbortSignal) endOnAbort(signal, run);
  };
  const inside = (method: (...values: never[]) => unknown, values: unknown[]): Promise<Step> => {
    const plain = method as Method; // a method of the generator, given what it is always given
    const result = run
      ? callWith(run.open.context, plain, generator, values)
      : plain.apply(generator, values);
    return result as Promise<Step>;
  };
  generator.next = (...values) => {
    if (!isBegun) start();
    return run ? observeStep(inside(next, values), run) : inside(next, values);
  };
  generator.return = (value) => {
    if (run) endWork(run.open, {});
    return inside(leave, [value]);
  };
  generator.throw = (error) => {
    if (run) endWork(run.open, outcomeOf(error));
    return inside(fail, [error]);
  };
}

async function observeStep(asked: Promise<Step>, run: Run): Promise<Step> {
  run.steps += 1;
  try {
    const step = await asked;
    if (step.done === true) endWork(run.open, {});
    return step;
  } catch (error) {
    endWork(run.open, outcomeOf(error));
    throw error;
  } finally {
    run.steps -= 1;
    endIfLeft(run);
  }
}

/** A function of its own: closures made in one function share what any of them holds, here the generator. */
function endOnAbort(signal: AbortSignal, run: Run): void {
  const onAbort = (): void => {
    run.isAborted = true;
    endIfLeft(run);
  };
  signal.addEventListener('abort', onAbort, { once: true });
}

function endIfLeft({ open, steps, isAborted }: Run): void {
  if (isAborted && steps === 0) endWork(open, {});
}

/** Interrupts and the like are thrown up through the graph to end it, and are no failures. */
export function outcomeOf(error: unknown): Outcome {
  return isRecord(error) && error['is_bubble_up'] === true ? {} : { error };
}
