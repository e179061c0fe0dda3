import type { Part, Suite } from '../benchmark.js';
import { added } from './added.js';
import { byHand } from './by-hand.js';
import { engines } from './engines-part.js';
import { filters } from './filters-part.js';
import { fuzzy } from './fuzzy-part.js';
import { growth } from './growth.js';
import { matchingPage, type Chapter } from './matching-page.js';
import { garbage, processes, sections } from './memory-parts.js';
import { build, compiled, source } from './reload-parts.js';

const FILE = 'docs/MATCHING.md';

const MATCH: readonly Part[] = [growth(1), growth(10), growth(100), engines, added, fuzzy, filters, byHand];

const RELOAD: readonly Part[] = [compiled, source, build];

const MEMORY: readonly Part[] = [sections, processes, garbage];

/** How long a look-up takes. */
export const match: Suite = {
  name: 'match',
  summary: 'look-ups among a thousand to a million patterns, beside rule engines, filters and a plain walk',
  file: FILE,
  page: pageOf('match', MATCH),
  parts: MATCH,
};

/** How packs come into a process that is at work. */
export const reload: Suite = {
  name: 'reload',
  summary: 'loading and building a million patterns while decisions are made',
  file: FILE,
  page: pageOf('reload', RELOAD),
  parts: RELOAD,
};

/** What patterns and look-ups take of memory. */
export const memory: Suite = {
  name: 'memory',
  summary: 'memory of a million patterns by section and by process, and what a look-up leaves behind',
  file: FILE,
  page: pageOf('memory', MEMORY),
  parts: MEMORY,
};

function pageOf(chapter: Chapter, parts: readonly Part[]): Suite['page'] {
  const names = parts.map(({ name }) => name);
  return (reports, present) => matchingPage(chapter, names, reports, { present });
}
