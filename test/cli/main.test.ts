import test, { type ExecutionContext } from 'ava';
import { ARC_VERSION } from '../../src/contract/package-info.js';
import { nodeBinaries } from '../helpers/node-binaries.js';
import { runProgram, type ProgramResult } from '../helpers/spawn-program.js';
import { ARC } from '../e2e/world.js';

const COMMANDS = ['core', 'packs', 'traces', 'check', 'verify', 'record', 'replay', 'doctor', 'demo'];
const PACKS_COMMANDS = [
  ...['add', 'remove', 'list', 'show', 'rollback', 'learned'],
  ...['lint', 'test', 'build', 'inspect', 'diff', 'convert'],
];

function arc(t: ExecutionContext, ...args: readonly string[]): Promise<ProgramResult> {
  return runProgram(t, { args: [...ARC, ...args], env: { COLUMNS: '200' } });
}

/** The commands a help text lists, each with its description. */
function listed(help: string): readonly (readonly [string, string])[] {
  const section = /^Commands:\n((?: {2}.*\n)+)/m.exec(help)?.[1] ?? '';
  return [...section.matchAll(/^ {2}(\w+)(?: [[<].*?[\]>])* {2,}(\S.*)$/gm)].map(([, name, text]) => [
    name ?? '',
    text ?? '',
  ]);
}

test.serial('arc --help: lists every command with a description, examples and exit codes', async (t) => {
  const { stdout, stderr, code } = await arc(t, '--help');
  t.is(code, 0);
  t.is(stderr, '');
  t.deepEqual(
    listed(stdout).map(([name]) => name),
    [...COMMANDS, 'help'],
  );
  t.regex(stdout, /^Examples:\n {2}\$ node --require arc\/otel-register app\.js/m);
  t.regex(stdout, /Exit codes: 0 done, 1 failed, 2 wrong usage\./);
});

test.serial('arc --version: prints the version alone', async (t) => {
  const { stdout, code } = await arc(t, '--version');
  t.is(stdout, `${ARC_VERSION}\n`);
  t.is(code, 0);
});

const help = test.macro<[readonly string[]]>({
  async exec(t, command) {
    const { stdout, stderr, code } = await arc(t, ...command, '--help');
    t.is(code, 0);
    t.is(stderr, '');
    const [usage, description] = stdout.split('\n\n');
    t.regex(usage ?? '', new RegExp(`^Usage: arc ${command.join(' ')} `));
    t.regex(description ?? '', /^[A-Z][^]{20,}\.$/);
    t.regex(stdout, new RegExp(`^Examples?:\\n {2}\\$ .*arc ${command.join(' ')}`, 'm'));
  },
  title: (_, command) => `arc ${command.join(' ')} --help: has a description and an example`,
});
for (const command of COMMANDS) test.serial(help, [command]);
for (const command of PACKS_COMMANDS) test.serial(help, ['packs', command]);

test.serial('arc packs --help: lists its commands', async (t) => {
  const { stdout } = await arc(t, 'packs', '--help');
  t.deepEqual(
    listed(stdout).map(([name]) => name),
    [...PACKS_COMMANDS, 'help'],
  );
});

const wrong = test.macro<[readonly string[], RegExp]>({
  async exec(t, args, reason) {
    const { stdout, stderr, code } = await arc(t, ...args);
    t.is(code, 2);
    t.is(stdout, '', 'errors go to standard error');
    t.regex(stderr, reason);
  },
  title: (_, args) => `arc ${args.join(' ')}: exit code 2 and a reason`,
});
const HINT = '\\n\\(add --help for usage\\)\\n$';
test.serial(wrong, ['frobnicate'], new RegExp(`unknown command 'frobnicate'${HINT}`));
test.serial(wrong, ['packs', 'frobnicate'], new RegExp(`unknown command 'frobnicate'${HINT}`));
test.serial(wrong, ['--frob'], new RegExp(`unknown option '--frob'${HINT}`));
test.serial(wrong, ['doctor', '--frob'], new RegExp(`unknown option '--frob'${HINT}`));
test.serial(wrong, ['packs', 'add'], new RegExp(`missing required argument 'file'${HINT}`));
test.serial(wrong, ['doctor', 'extra'], new RegExp(`too many arguments.*${HINT}`));
test.serial(
  wrong,
  ['core', '--web-port', '99999'],
  /webPort \(--web-port\): must be an integer from 0 to 65535, received "99999"/,
);
test.serial(wrong, ['packs', 'add', 'absent.yaml'], /cannot read absent\.yaml: ENOENT/);
test.serial(wrong, ['packs', 'list', '--core', 'ftp://core'], /--core: must be an http or https URL/);
test.serial(
  wrong,
  ['doctor', '--core', 'not a url'],
  /--core: must be an http or https URL, received "not a url"/,
);
test.serial(wrong, [], /^Usage: arc /);

test.serial('arc: an unreachable Core fails with exit code 1 and says what to do', async (t) => {
  for (const command of [['traces'], ['packs', 'list']]) {
    const { stdout, stderr, code } = await arc(t, ...command, '--core', 'http://127.0.0.1:9');
    t.is(code, 1);
    t.is(stdout, '');
    t.regex(
      stderr,
      /^arc: Arc Core does not answer at http:\/\/127\.0\.0\.1:9 \(.+\); start it with `arc core`, or name it/,
    );
    t.notRegex(stderr, /fetch failed/, 'the reason is told, not that there is one');
  }
});

test.serial('arc: writes no colour codes where standard output is no terminal', async (t) => {
  for (const args of [['--help'], ['doctor'], ['frobnicate']]) {
    const { stdout, stderr } = await arc(t, ...args);
    t.false(`${stdout}${stderr}`.includes('\u001B'));
  }
});

for (const { name, path } of nodeBinaries()) {
  test.serial(`arc --version: runs on ${name}`, async (t) => {
    const { stdout, stderr } = await runProgram(t, { command: path, args: [...ARC, '--version'] });
    t.is(stdout, `${ARC_VERSION}\n`);
    t.is(stderr, '');
  });
}
