import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { REPO_ROOT } from '../../helpers/repo-root.js';
import { runProgram } from '../../helpers/spawn-program.js';
import { INSTALL } from '../peers.js';
import type { Report } from '../report.js';
import { ENGINES } from './engines.js';
import { FILTERS } from './filters.js';
import { PERTURBATIONS } from './perturb.js';
import { REQUEST_KINDS } from './requests.js';

const MAIN = join(REPO_ROOT, 'dist', 'test', 'bench', 'main.js');
/** Each contestant is a process, which takes its time where other tests run beside it. */
const TIMEOUT_MS = 110_000;
const FEW = '200';

/** Runs parts of a suite with next to no effort: the figures mean nothing, but every row must be there. */
async function measure(t: ExecutionContext, suite: string, only: string): Promise<readonly Report[]> {
  const tiny = ['--patterns', FEW, '--rounds', '1', '--calls', '8', '--json'];
  const { stdout, stderr, code } = await runProgram(t, {
    args: [MAIN, suite, '--only', only, ...tiny],
    timeoutMs: TIMEOUT_MS,
  });
  t.is(code, 0, stderr);
  const { reports } = JSON.parse(stdout) as { reports: readonly Report[] };
  t.deepEqual(
    reports.map(({ benchmark }) => benchmark),
    only.split(','),
  );
  for (const { benchmark, command, columns, rows } of reports) {
    t.true(command.startsWith(`npm run bench -- ${suite} --only ${benchmark} `));
    for (const { name, figures, note } of rows) {
      t.true(note === undefined || note === `not installed: ${INSTALL}`, note);
      for (const key of Object.keys(figures)) t.true(columns.some((column) => column.key === key));
      t.true(note !== undefined || Object.values(figures).some(Number.isFinite), `${benchmark}: ${name}`);
    }
  }
  return reports;
}

const names = (report?: Report): readonly string[] => report?.rows.map(({ name }) => name) ?? [];

test.serial('bench match: every kind of request, with ratio to a walk and growth', async (t) => {
  const [report] = await measure(t, 'match', '1kB');
  t.deepEqual(
    names(report),
    Object.values(REQUEST_KINDS).map((kind) => `${FEW} patterns, ${kind}`),
  );
});

test.serial('bench match: every engine and filter, with figures or with a reason', async (t) => {
  const [engines, filters] = await measure(t, 'match', 'engines,filters');
  for (const name of Object.keys(ENGINES))
    t.true(
      names(engines).some((row) => row.includes(name)),
      name,
    );
  t.deepEqual(names(filters), Object.keys(FILTERS));
});

test.serial('bench match: patterns that cost more, and similar ones by threshold', async (t) => {
  const [added, fuzzy] = await measure(t, 'match', 'added,fuzzy');
  t.is(names(added).length, 9);
  t.is(names(fuzzy).length, 3 * (Object.keys(PERTURBATIONS).length + 1));
  const same = fuzzy?.rows.filter(({ name }) => name.endsWith(': as it is')) ?? [];
  t.deepEqual(
    same.map(({ figures }) => figures['found']),
    [1, 1, 1],
  );
});

test.serial('bench reload: compiled and from source, beside a process that loads nothing', async (t) => {
  const [compiled, source, build] = await measure(t, 'reload', 'compiled,source,build');
  t.deepEqual(names(compiled), ['nothing is loaded', `compiled, ${FEW}`]);
  t.deepEqual(names(source), ['nothing is loaded', `JSON Lines, ${FEW}`, 'YAML, 10']);
  t.deepEqual(names(build), [`JSON Lines, ${FEW}`, 'YAML, 10']);
});

test.serial('bench memory: sections, processes, garbage', async (t) => {
  const [sections, processes, garbage] = await measure(t, 'memory', 'sections,processes,garbage');
  t.deepEqual(names(sections).slice(0, 3), ['all', 'the index', 'the patterns']);
  t.is(names(processes).length, 5 + 3);
  t.is(names(garbage).length, 2 * 3);
});
