import type { Suite } from '../benchmark.js';
import { added } from './added.js';
import { byHand } from './by-hand.js';
import { engines } from './engines-part.js';
import { filters } from './filters-part.js';
import { fuzzy } from './fuzzy-part.js';
import { growth } from './growth.js';
import { matchingPage } from './matching-page.js';
import { garbage, processes, sections } from './memory-parts.js';
import { build, compiled, source } from './reload-parts.js';

const FILE = 'docs/MATCHING.md';

/** How long a look-up takes. */
export const match: Suite = {
  name: 'match',
  summary: 'look-ups among a thousand to a million patterns, beside rule engines, filters and a plain walk',
  file: FILE,
  page: (reports, present) => matchingPage('match', reports, present),
  parts: [growth(1), growth(10), growth(100), engines, added, fuzzy, filters, byHand],
};

/** How packs come into a process that is at work. */
export const reload: Suite = {
  name: 'reload',
  summary: 'loading and building a million patterns while decisions are made',
  file: FILE,
  page: (reports, present) => matchingPage('reload', reports, present),
  parts: [compiled, source, build],
};

/** What patterns and look-ups take of memory. */
export const memory: Suite = {
  name: 'memory',
  summary: 'memory of a million patterns by section and by process, and what a look-up leaves behind',
  file: FILE,
  page: (reports, present) => matchingPage('memory', reports, present),
  parts: [sections, processes, garbage],
};
