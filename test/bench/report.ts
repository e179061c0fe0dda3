/** A figure of every row. */
export interface Column {
  /** Name in `--json`. */
  readonly key: string;
  readonly title: string;
  /** Digits behind the point. */
  readonly digits: number;
}

/** One line of a table; a figure that makes no sense for it is left out. */
export interface Row {
  readonly name: string;
  readonly figures: Readonly<Record<string, number | undefined>>;
  /** Why there are no figures. */
  readonly note?: string;
}

/** What a benchmark found, with what is needed to judge it and to run it again. */
export interface Report {
  readonly benchmark: string;
  /** What to type to get these figures. */
  readonly command: string;
  /** Version, operating system, number of processors. */
  readonly machine: string;
  readonly rounds: number;
  /** What is compared with what, in one line. */
  readonly comparison: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/**
 * The report as a text: one line of what is compared, the table, one line of how.
 * @example formatReport(report) // 'call: cost added to …\n\n  …'
 */
export function formatReport(report: Report): string {
  const { columns, rows } = report;
  const head = ['', ...columns.map(({ title }) => title)];
  const body = rows
    .filter(({ note }) => note === undefined)
    .map(({ name, figures }) => [
      name,
      ...columns.map(({ key, digits }) => figures[key]?.toFixed(digits) ?? '–'),
    ]);
  const notes = rows.flatMap(({ name, note }) => (note === undefined ? [] : [`${name}: ${note}`]));
  const table = [head, ...body];
  const widths = head.map((_, column) => Math.max(...table.map((cells) => (cells[column] ?? '').length)));
  const lines = table.map((cells) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  const how = `${report.rounds} rounds · ${report.machine} · ${report.command}`;
  return [`${report.benchmark}: ${report.comparison}`, '', ...lines, ...notes, '', how, ''].join('\n');
}
