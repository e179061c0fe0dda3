import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { shippedFiles } from '../../src/cli/commands/verify.js';
import { readGoldenFile, type GoldenRequest } from '../../src/cli/requests/golden-file.js';
import { readRequestLines } from '../../src/cli/requests/request-lines.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { judge, type Verdicts } from './judge.js';
import { providerOf, renderPage } from './page.js';
import { renderTable, rowsBy } from './table.js';

const PAGE = join(REPO_ROOT, 'docs', 'EFFICACY.md');

const HELP = `How many failing requests leave repaired, and whether a healthy one is touched. Exits with 1 when one is.

  npm run efficacy                            the golden requests that ship with Arc
  npm run efficacy -- --file requests.jsonl   requests of your own: {id?, provider, api, body, error?}, one a line

  --write  write docs/EFFICACY.md; for the shipped requests only
  --json   one verdict a line
`;

/** `npm run efficacy`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      file: { type: 'string' },
      write: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const { file } = values;
  const verdicts = judge(file === undefined ? shipped() : await own(file));
  process.stdout.write(values.json ? jsonLines(verdicts) : report(verdicts));
  if (values.write && file === undefined) await writePage(renderPage(verdicts));
  process.exitCode = verdicts.healthy.some(({ isTouched }) => isTouched) ? 1 : 0;
}

function shipped(): readonly GoldenRequest[] {
  return shippedFiles().flatMap((file) => readGoldenFile(file).requests);
}

/** Requests of a log: those with an error are the failing ones. */
async function own(file: string): Promise<readonly GoldenRequest[]> {
  const requests: GoldenRequest[] = [];
  for await (const line of readRequestLines(file)) {
    if ('problem' in line) throw new Error(`${file}:${line.line} ${line.problem}`);
    const { id, provider = line.request.api.split('.')[0] ?? '', error, ...request } = line.request;
    const expect = error ? 'fix' : 'pass';
    requests.push({ ...request, name: id, provider, class: 'own', expect, ...(error && { error }) });
  }
  return requests;
}

function report(verdicts: Verdicts): string {
  const tables = [
    renderTable('provider', rowsBy(verdicts, providerOf)),
    renderTable(
      'class',
      rowsBy(verdicts, ({ class: kind }) => kind),
    ),
  ];
  return `${[...tables, ...disagreements(verdicts)].join('\n\n')}\n`;
}

/** Where Arc, the strict provider and whoever wrote the request do not agree. */
function disagreements({ failures, healthy }: Verdicts): readonly string[] {
  const lines = [
    ...failures
      .filter(({ isRefused }) => !isRefused)
      .map(({ request }) => `taken as it is, though it failed: ${request.provider}: ${request.name}`),
    ...failures.flatMap(({ request, complaint }) =>
      complaint === undefined ? [] : [`${request.provider}: ${request.name}: ${complaint}`],
    ),
    ...healthy
      .filter(({ isTouched }) => isTouched)
      .map(({ request }) => `touched, though healthy: ${request.provider}: ${request.name}`),
    ...healthy.flatMap(({ request, complaint }) =>
      complaint === undefined
        ? []
        : [`refused, though healthy: ${request.provider}: ${request.name}: ${complaint}`],
    ),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function jsonLines({ failures, healthy }: Verdicts): string {
  return [...failures, ...healthy]
    .map(({ request: { name, provider, api, class: kind, expect }, ...verdict }) =>
      JSON.stringify({ name, provider, api, class: kind, expect, ...verdict }),
    )
    .map((line) => `${line}\n`)
    .join('');
}

async function writePage(page: string): Promise<void> {
  const options = await resolveConfig(PAGE);
  writeFileSync(PAGE, await format(page, { ...options, parser: 'markdown' }));
}

void main();
