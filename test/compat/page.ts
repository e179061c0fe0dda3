import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison } from './compare.js';
import type { Cell } from './run-pair.js';

/** A cell of the matrix and what was found in it. */
export interface CellResult {
  readonly cell: Cell;
  readonly comparison: Comparison;
}

const INTRODUCTION = `# Compatibility

Every way of calling a package in \`test/programs/compat\` runs twice, each time in a process of its own: bare and under Arc.
Equal must be what the caller gets, its errors (class, message, status, cause), rejections nobody handles, the HTTP
requests byte for byte, and whether a request is aborted. Under Arc every model request has one span that starts and
ends once, with token counts where the answer has them. \`npm run compat\` runs the table and writes this page.

A package is loaded by \`require\` and by \`import\`; where it has a CommonJS copy and an ES module copy, these are the two.
Differences and open spans are the sums over the releases of Node.js in the row.

A release that is not listed is instrumented when its shape fits, and \`arc doctor\` calls it \`untested\`.

| package | version | loaded by | Node.js | cases | differences | open spans |
|---|---|---|---|---|---|---|
`;

/** The compatibility page of a finished matrix. */
export function renderPage(results: readonly CellResult[]): string {
  const rows = groups(results).map((group) => `| ${rowOf(group).join(' | ')} |`);
  return `${INTRODUCTION}${rows.join('\n')}\n${together(results)}${notThere(results)}`;
}

/** A page with the rows of another run in place of its own, where that ran every Node.js of the row. */
export function replaceRows(page: string, results: readonly CellResult[]): string {
  const rows = new Map(groups(results).map((group) => [keyOf(rowOf(group)), rowOf(group)]));
  const lines = page.split('\n').map((line) => {
    const row = rows.get(keyOf(line.split('|').slice(1)));
    return row ? `| ${row.join(' | ')} |` : line;
  });
  return lines.join('\n');
}

/** Package, version, loader and releases of Node.js. */
function keyOf(cells: readonly (string | number)[]): string {
  return cells
    .slice(0, 4)
    .map((cell) => String(cell).trim())
    .join(' ');
}

/** Results of one package, version and format that ran the same number of cases. */
function groups(results: readonly CellResult[]): readonly (readonly CellResult[])[] {
  const byRow = new Map<string, CellResult[]>();
  for (const result of results) {
    const { release, format } = result.cell;
    const key = [release.sdk.id, release.version, format, result.comparison.ran].join(' ');
    byRow.set(key, [...(byRow.get(key) ?? []), result]);
  }
  return [...byRow.values()];
}

function rowOf(group: readonly CellResult[]): readonly (string | number)[] {
  const [first] = group;
  if (!first) return [];
  const { release, format } = first.cell;
  const sum = (count: (comparison: Comparison) => number): number =>
    group.reduce((total, { comparison }) => total + count(comparison), 0);
  return [
    release.sdk.package,
    release.version,
    format === 'cjs' ? 'require' : 'import',
    group.map(({ cell }) => cell.node.version).join(', '),
    first.comparison.ran,
    sum(({ differences }) => differences.length),
    sum(({ open }) => open),
  ];
}

/** Releases of the packages a framework is used with. */
function together(results: readonly CellResult[]): string {
  const sdks = [...new Set(results.map(({ cell }) => cell.release.sdk))];
  const lines = sdks
    .filter(({ beside }) => beside.length > 0)
    .map(({ package: name, folder, beside }) => {
      const versions = beside.map((other) => `${other} ${versionIn(folder, other)}`);
      return `- ${name}: ${versions.join('; ')}`;
    });
  return lines.length === 0
    ? ''
    : `\n## Used with\n\nPackages the cases of a package use beside it.\n\n${lines.join('\n')}\n`;
}

function versionIn(folder: string, name: string): string {
  const file = join(folder, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return '';
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version; // every package.json has one
}

/** Cases a release does not have, once for each release. */
function notThere(results: readonly CellResult[]): string {
  const byRelease = new Map<string, Set<string>>();
  for (const { cell, comparison } of results) {
    const { sdk, version } = cell.release;
    const name = `${sdk.package} ${version}`;
    byRelease.set(name, new Set([...(byRelease.get(name) ?? []), ...comparison.notThere]));
  }
  const lines = [...byRelease]
    .filter(([, names]) => names.size > 0)
    .map(([name, names]) => `- ${name}: ${[...names].join('; ')}`);
  return lines.length === 0
    ? ''
    : `\n## Not there\n\nCases that call what a release does not have.\n\n${lines.join('\n')}\n`;
}
