import { startSideProcess } from '../side-process.js';
import type { Sample } from '../paired.js';
import type { CorpusKind } from './corpus.js';
import type { EngineName } from './engines.js';
import type { FilterName } from './filters.js';
import type { RequestKind } from './requests.js';

/** One kind of work in a process of its own: what it is given, what it is asked, what it answers. */
interface Work<Given, Order, Answer> {
  readonly given: Given;
  readonly order: Order;
  readonly answer: Answer;
}

/** Patterns to write to a file, in the form its name says. */
export interface PackOrder {
  readonly kind: CorpusKind;
  readonly count: number;
  readonly path: string;
}

/** Look-ups of one kind. */
export interface LookUps {
  readonly kind: RequestKind;
  readonly bytes: number;
  readonly calls: number;
}

/** What a process holds when its memory is looked at. */
export type HolderName = 'nothing' | 'compiled pack' | 'Map of the texts' | 'Map of 53-bit hashes';

/** All kinds of work. */
export interface Works {
  readonly write: Work<null, PackOrder, Sample>;
  readonly lookUp: Work<{ readonly files: readonly string[] }, LookUps, Sample>;
  readonly engine: Work<
    { readonly engine: EngineName; readonly count: number },
    'build' | 'answers' | { readonly calls: number; readonly milliseconds: number },
    Sample | readonly string[]
  >;
  readonly fuzzy: Work<
    { readonly threshold: number; readonly count: number },
    { readonly perturbation: string; readonly calls: number },
    Sample
  >;
  readonly filter: Work<
    { readonly filter: FilterName; readonly count: number },
    'build' | { readonly calls: number },
    Sample
  >;
  readonly load: Work<
    null,
    { readonly path: string | undefined; readonly milliseconds: number },
    { readonly ready: number; readonly late: readonly number[] }
  >;
  readonly build: Work<null, { readonly from: string; readonly to: string }, Sample>;
  readonly hold: Work<
    { readonly holder: HolderName; readonly count: number; readonly file: string | undefined },
    'figures',
    Sample
  >;
  readonly garbage: Work<{ readonly file: string }, LookUps, Sample>;
}

/** Name of a kind of work. */
export type WorkName = keyof Works;

/** A process that does one kind of work. */
export interface Working<Name extends WorkName> {
  /** @throws {Error} with the process's reason, or its last words. */
  ask(order: Works[Name]['order']): Promise<Works[Name]['answer']>;
  kill(): void;
}

/** What the program is told. */
export interface Assignment<Name extends WorkName = WorkName> {
  readonly work: Name;
  readonly given: Works[Name]['given'];
}

/** Flags of node: collections are asked for, a collection of young objects comes late, and there is room. */
const FLAGS: Readonly<Partial<Record<WorkName, readonly string[]>>> = {
  engine: ['--expose-gc', '--max-old-space-size=10240'],
  write: ['--max-old-space-size=8192'],
  fuzzy: ['--expose-gc', '--max-old-space-size=8192'],
  garbage: ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'],
};

/** Starts a process for a kind of work. */
export function startWork<Name extends WorkName>(work: Name, given: Works[Name]['given']): Working<Name> {
  const process = startSideProcess({
    file: require.resolve('./worker.js'),
    args: [JSON.stringify({ work, given } satisfies Assignment<Name>)],
    execArgv: FLAGS[work] ?? ['--expose-gc'],
  });
  return { ask: (order) => process.ask(order), kill: () => process.kill() };
}

/** Does one thing in a process of its own, which ends then. */
export async function workOnce<Name extends WorkName>(
  work: Name,
  given: Works[Name]['given'],
  order: Works[Name]['order'],
): Promise<Works[Name]['answer']> {
  const process = startWork(work, given);
  try {
    return await process.ask(order);
  } finally {
    process.kill();
  }
}
