import { section } from '../page-section.js';
import { INSTALL } from '../peers.js';
import type { Report } from '../report.js';

const CHAPTERS = { match: 'Look-ups', reload: 'Loading and building', memory: 'Memory' } as const;

/** A suite with a chapter of the page. */
export type Chapter = keyof typeof CHAPTERS;

const INTRODUCTION = `# Matching

What a million patterns cost: to look a request up among them, to load them into a process at work, and to keep. Each
chapter is written by a command of its own, \`npm run bench -- match --write\`, \`reload --write\` and \`memory --write\`; with
\`--only\` only the sections it names. Only figures of one section compare with each other: repeat it on the machine that
matters. The peers have to be installed before, by \`${INSTALL}\`.

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
 * The page with some sections written anew.
 * @param parts - names of all parts of the suite, in order.
 * @param present - the page as it is; all other sections stay.
 */
export function matchingPage(
  chapter: Chapter,
  parts: readonly string[],
  reports: readonly Report[],
  { present = '', date = new Date() }: { readonly present?: string; readonly date?: Date } = {},
): string {
  if (reports.length === 0) throw new Error('no part was run');
  const names = Object.keys(CHAPTERS) as readonly Chapter[]; // the keys of the table
  const chapters = names.map((name) => {
    if (name !== chapter) return [...present.matchAll(sections(name))].map(([text]) => text);
    return parts.flatMap((part) => {
      const report = reports.find(({ benchmark }) => benchmark === part);
      const text = report
        ? sectionOf(name, report, date)
        : [...present.matchAll(sections(name, part))].map(([each]) => each)[0];
      return text === undefined ? [] : [text];
    });
  });
  return [
    INTRODUCTION,
    ...names.flatMap((name, index) => {
      const texts = chapters[index] ?? [];
      return texts.length === 0 ? [] : [`## ${CHAPTERS[name]}`, '', ...texts];
    }),
  ].join('\n');
}

/** Finds the sections of a chapter, or of one part. */
function sections(chapter: Chapter, part = '\\S+'): RegExp {
  return new RegExp(`<!-- ${chapter} (${part}) -->[^]*?<!-- end -->\n`, 'gu');
}

function sectionOf(chapter: Chapter, report: Report, date: Date): string {
  const { benchmark, machine } = report;
  const made = `Made on ${date.toISOString().slice(0, 10)} with ${machine}.`;
  return [`<!-- ${chapter} ${benchmark} -->`, '', ...section(report, 3), made, '', '<!-- end -->', ''].join(
    '\n',
  );
}
