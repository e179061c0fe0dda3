import { chmodSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { runProgram } from '../helpers/spawn-program.js';
import { tempDir } from '../helpers/temp-dir.js';

/** An `npm` that prints what it is told for each of its commands, so that only the counting is tested. */
const NPM = `#!/bin/sh
case "$1 $2" in
  'ci '|'ci --prefix') exit 0 ;;
  'run --silent') cat gates; exit "$(cat gates.status)" ;;
  'test --') cat tap; exit "$(cat tap.status)" ;;
esac
exit 64
`;

interface Run {
  readonly gates?: string;
  readonly gatesStatus?: number;
  readonly tap: string;
  readonly tapStatus?: number;
}

const ciRun = test.macro({
  async exec(t, { gates = '', gatesStatus = 0, tap, tapStatus = 0 }: Run, lastLine: string, code: number) {
    const dir = tempDir(t, {
      'bin/npm': NPM,
      // Present, so that nothing is installed.
      'bin/prometheus': '#!/bin/sh\n',
      'bin/chromium': '#!/bin/sh\n',
      '.ci/.keep': '',
      gates,
      'gates.status': String(gatesStatus),
      tap,
      'tap.status': String(tapStatus),
    });
    copyFileSync(join(REPO_ROOT, '.ci/run'), join(dir, '.ci/run'));
    for (const name of ['npm', 'prometheus', 'chromium']) chmodSync(join(dir, 'bin', name), 0o755);
    const PATH = `${join(dir, 'bin')}:${process.env['PATH'] ?? ''}`;
    const result = await runProgram(t, { command: 'bash', args: ['.ci/run'], cwd: dir, env: { PATH } });
    t.is(result.stdout.trimEnd().split('\n').at(-1), lastLine, result.stderr);
    t.is(result.code, code);
  },
  title: (words) => `.ci/run: ${words ?? ''}`,
});

const GATES = 'ok gate check:lint (1 s)\nok gate check:docs (1 s)\n';

test(
  'counts tests and gates',
  ciRun,
  { gates: GATES, tap: 'TAP version 13\nok 1 - a\nok 2 - b\n1..2\n' },
  '4 passed, 0 failed',
  0,
);
test(
  'counts a failed test and fails',
  ciRun,
  { gates: GATES, tap: 'ok 1 - a\nnot ok 2 - b\n', tapStatus: 1 },
  '3 passed, 1 failed',
  1,
);
test(
  'counts skipped tests',
  ciRun,
  { gates: GATES, tap: 'ok 1 - a\nok 2 - b # SKIP\n' },
  '3 passed, 0 failed, 1 skipped',
  0,
);
test(
  'counts a failed gate and still runs the tests',
  ciRun,
  { gates: 'not ok gate check:lint (1 s)\n', gatesStatus: 1, tap: 'ok 1 - a\n' },
  '1 passed, 1 failed',
  1,
);
test(
  'fails when a build breaks before the gates',
  ciRun,
  { gatesStatus: 2, tap: 'ok 1 - a\n' },
  '1 passed, 1 failed',
  1,
);
test('fails when no test ran', ciRun, { gates: GATES, tap: '1..0\n' }, '2 passed, 1 failed', 1);
test(
  'fails when the test command ends badly without a failed test',
  ciRun,
  { gates: GATES, tap: 'ok 1 - a\n', tapStatus: 1 },
  '3 passed, 1 failed',
  1,
);
