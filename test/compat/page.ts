import type { Comparison } from './compare.js';
import type { Cell } from './run-pair.js';

/** A cell of the matrix and what was found in it. */
export interface CellResult {
  readonly cell: Cell;
  readonly comparison: Comparison;
}

const PACKAGES = { openai: 'openai', anthropic: '@anthropic-ai/sdk' } as const;

const INTRODUCTION = `# Compatibility

Every way of calling an SDK in \`test/programs/compat\` runs twice, each time in a process of its own: bare and under Arc.
Equal must be what the caller gets, its errors (class, message, status, cause), rejections nobody handles, the HTTP
requests byte for byte, and whether a request is aborted. Under Arc every model request has one span that starts and
ends once, with token counts where the answer has them. \`npm run compat\` runs the table and writes this page.

A release that is not listed is instrumented when its shape fits, and \`arc doctor\` calls it \`untested\`.

| package | version | Node.js | module | cases | differences | open spans |
|---|---|---|---|---|---|---|
`;

/** The compatibility page of a finished matrix. */
export function renderPage(results: readonly CellResult[]): string {
  const rows = results.map(({ cell: { release, format, node }, comparison: { ran, differences, open } }) => [
    PACKAGES[release.sdk],
    release.version,
    node.version,
    format === 'cjs' ? 'CommonJS' : 'ES module',
    ran,
    differences.length,
    open,
  ]);
  return `${INTRODUCTION}${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n${notThere(results)}`;
}

/** Cases a release does not have, once for each release. */
function notThere(results: readonly CellResult[]): string {
  const byRelease = new Map(
    results.map(({ cell: { release }, comparison }) => [
      `${PACKAGES[release.sdk]} ${release.version}`,
      comparison.notThere,
    ]),
  );
  const lines = [...byRelease]
    .filter(([, names]) => names.length > 0)
    .map(([name, names]) => `- ${name}: ${names.join('; ')}`);
  return lines.length === 0
    ? ''
    : `\n## Not there\n\nCases that call what a release does not have.\n\n${lines.join('\n')}\n`;
}
