/** A process of its own for what takes much memory or must not share a heap with another contestant. */
import { answerOrders } from '../side-process.js';
import { build, write } from './build-work.js';
import { engine } from './engine-work.js';
import { filter } from './filters.js';
import { fuzzy } from './fuzzy-work.js';
import { hold } from './hold-work.js';
import { load } from './load-work.js';
import { garbage, lookUp } from './look-up-work.js';
import type { Assignment, WorkName, Works } from './task.js';

type Program<Name extends WorkName> = (
  given: Works[Name]['given'],
) => Promise<(order: Works[Name]['order']) => Promise<Works[Name]['answer']> | Works[Name]['answer']>;

const PROGRAMS: { readonly [Name in WorkName]: Program<Name> } = {
  write,
  build,
  lookUp,
  garbage,
  engine,
  fuzzy,
  filter,
  load,
  hold,
};

const { work, given } = JSON.parse(process.argv[2] ?? '{}') as Assignment; // from the benchmark that started this process
const program = PROGRAMS[work] as Program<WorkName>; // what is given belongs to the work of this name
const ready = Promise.resolve().then(() => program(given));
ready.catch(() => undefined); // told when the first order comes

answerOrders(async (order: Works[WorkName]['order']) => (await ready)(order));
