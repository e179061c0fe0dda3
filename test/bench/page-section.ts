import type { Report } from './report.js';

/**
 * A report as a section of a page: its table, what was not measured, and what to type.
 * @param level - of the heading.
 */
export function section(
  { benchmark, comparison, columns, rows, rounds, command }: Report,
  level = 2,
): string[] {
  const measured = rows.filter(({ note }) => note === undefined);
  const notes = rows.flatMap(({ name, note }) => (note === undefined ? [] : [`- ${name}: ${oneLine(note)}`]));
  return [
    `${'#'.repeat(level)} ${benchmark}`,
    '',
    comparison.charAt(0).toUpperCase() + comparison.slice(1),
    '',
    ...table(
      ['', ...columns.map(({ title }) => title)],
      measured.map(({ name, figures }) => [
        name,
        ...columns.map(({ key, digits }) => figures[key]?.toFixed(digits) ?? '–'),
      ]),
    ),
    '',
    ...(notes.length > 0 ? ['Not measured:', '', ...notes, ''] : []),
    `${rounds} rounds, \`${command}\`.`,
    '',
  ];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** A table in Markdown, numbers to the right. */
export function table(head: readonly string[], body: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...body.map(line)];
}
