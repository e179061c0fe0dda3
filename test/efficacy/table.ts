import type { GoldenRequest } from '../../src/cli/requests/golden-file.js';
import type { Verdicts } from './judge.js';

/** A row: how the requests of one provider or of one class fared. */
export interface Row {
  readonly name: string;
  readonly failing: number;
  /** Repaired before the first failure. */
  readonly before: number;
  /** Repaired from the second on: before the first, or by what the first one taught. */
  readonly second: number;
  readonly healthy: number;
  readonly touched: number;
}

/** The rows of a table, by name, without the failures whose repair drops something; the sum of all is the last. */
export function rowsBy(verdicts: Verdicts, nameOf: (request: GoldenRequest) => string): readonly Row[] {
  const { healthy } = verdicts;
  const failures = verdicts.failures.filter(({ request }) => request.expect === 'fix');
  const names = [...new Set([...failures, ...healthy].map(({ request }) => nameOf(request)))].sort();
  const within = (name: string): Verdicts => ({
    failures: failures.filter(({ request }) => nameOf(request) === name),
    healthy: healthy.filter(({ request }) => nameOf(request) === name),
  });
  return [...names.map((name) => rowOf(name, within(name))), rowOf('all', { failures, healthy })];
}

function rowOf(name: string, { failures, healthy }: Verdicts): Row {
  return {
    name,
    failing: failures.length,
    before: failures.filter(({ isRepaired }) => isRepaired).length,
    second: failures.filter(({ isRepaired, isLearned }) => isRepaired || isLearned).length,
    healthy: healthy.length,
    touched: healthy.filter(({ isTouched }) => isTouched).length,
  };
}

/** A table in Markdown. */
export function renderTable(title: string, rows: readonly Row[]): string {
  const lines = rows.map(({ name, failing, before, second, healthy, touched }) =>
    [name, failing, share(before, failing), share(second, failing), failing - second, healthy, touched].join(
      ' | ',
    ),
  );
  return [
    `| ${title} | failing | repaired before the first failure | from the second on | not | healthy | touched |`,
    '|---|---|---|---|---|---|---|',
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
}

function share(part: number, whole: number): string {
  return whole === 0 ? '0' : `${part} (${Math.round((part / whole) * 100)} %)`;
}
