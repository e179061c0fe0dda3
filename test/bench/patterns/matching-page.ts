import { section } from '../page-section.js';
import { INSTALL } from '../peers.js';
import type { Report } from '../report.js';

const CHAPTERS = { match: 'Look-ups', reload: 'Loading and building', memory: 'Memory' } as const;

/** A suite with a chapter of the page. */
export type Chapter = keyof typeof CHAPTERS;

const INTRODUCTION = `# Matching

What a million patterns cost: to look a request up among them, to load them into a process at work, and to keep. Each
chapter is written by a command of its own, \`npm run bench -- match --write\`, \`reload --write\` and \`memory --write\`. Only
figures of one chapter compare with each other: repeat it on the machine that matters. The peers have to be installed
before, by \`${INSTALL}\`.

How it is measured:

- Patterns and requests are made by a generator that makes the same in every run. Words are as unequally frequent as
  those of a language; the prompts of an application share their openings.
- Each contestant has a process of its own. They take turns, each round starts with another one, and the figures are
  medians over the rounds; ratios are those within a round.
- Single look-ups are timed, and what reading the clock takes is taken off. The strings of a request are new each time,
  so that nothing is remembered of them.
- A look-up that must miss and finds something, one that must hit and does not, and an engine that answers otherwise than
  the others end the benchmark.
`;

/**
 * The page with one chapter written anew.
 * @param present - the page as it is; the other chapters stay.
 */
export function matchingPage(
  chapter: Chapter,
  reports: readonly Report[],
  present: string,
  date: Date = new Date(),
): string {
  const names = Object.keys(CHAPTERS) as readonly Chapter[]; // the keys of the table
  const chapters = names.flatMap((name) => {
    const text = name === chapter ? chapterOf(name, reports, date) : present.match(pattern(name))?.[0];
    return text === undefined ? [] : [text];
  });
  return [INTRODUCTION, ...chapters, ''].join('\n');
}

function pattern(name: Chapter): RegExp {
  return new RegExp(`<!-- ${name} -->[^]*<!-- /${name} -->`, 'u');
}

function chapterOf(name: Chapter, reports: readonly Report[], date: Date): string {
  const [first] = reports;
  if (!first) throw new Error('no part was run');
  return [
    `<!-- ${name} -->`,
    '',
    `## ${CHAPTERS[name]}`,
    '',
    `Made on ${date.toISOString().slice(0, 10)} with ${first.machine}.`,
    '',
    ...reports.flatMap((report) => section(report, 3)),
    `<!-- /${name} -->`,
    '',
  ].join('\n');
}
