import { basename } from 'node:path';
import type { Command } from 'commander';
import { ArcError } from '../../contract/errors.js';
import type { CliCommand, CommandContext } from '../command.js';
import { plural } from '../plural.js';
import { readPackFile } from './pack-files.js';
import { builtinText, listBuiltin } from './packs-builtin.js';
import { registerLearned } from './packs-learned.js';
import { registerFileCommands } from './packs-files.js';
import { printRollout } from './packs-rollout.js';
import { callCore, coreError, DEFAULT_CORE_URL, isRecord, listOf } from './packs-client.js';

interface CoreFlags {
  readonly core: string;
}

interface ListFlags extends CoreFlags {
  readonly builtin?: boolean;
  readonly patterns?: boolean;
  readonly json?: boolean;
}

interface ChangeFlags extends CoreFlags {
  readonly wait: boolean;
  readonly name?: string;
}

/** How long `add` and `remove` wait for the processes' reports, in milliseconds. */
const WAIT_MS = 5_000;
/** Allowed beyond that for Core's own work, in milliseconds. */
const GRACE_MS = 10_000;

const EXAMPLES = `
Examples:
  $ arc packs lint fleet.yaml                    check a file before anybody gets it
  $ arc packs test fleet.yaml                    run the tests in it
  $ arc packs add fleet.yaml                     put it into every running process
  $ arc packs rollback fleet                     back to the version before
  $ arc packs remove fleet                       take it back
  $ arc packs learned --yaml > learned.yaml      what was learned from refusals, as a file
  $ arc packs build fleet.yaml -o fleet.arcpack  compile it, for ARC_PACKS=fleet.arcpack`;

/** `arc packs`: puts packs of patterns into running processes and takes them back. */
export const packsCommand: CliCommand = {
  register(program, context) {
    const packs = program
      .command('packs')
      .description('Put packs of patterns into running processes, through Arc Core.')
      .addHelpText('after', EXAMPLES);
    const sub = (spec: string, summary: string): Command =>
      withCore(packs.command(spec).description(summary), context);
    sub('add <file>', 'Check a pack, hand it to every process and wait until they run it.')
      .option('--name <name>', 'name it so, whatever the file says')
      .option('--no-wait', 'return without waiting for the processes')
      .addHelpText('after', '\nExample:\n  $ arc packs add fleet.yaml')
      .action((file: string, flags: ChangeFlags) => run(context, () => add(file, flags, context)));
    sub('remove <name>', 'Take a pack back from every process.')
      .option('--no-wait', 'return without waiting for the processes')
      .addHelpText('after', '\nExample:\n  $ arc packs remove fleet')
      .action((name: string, flags: ChangeFlags) => run(context, () => remove(name, flags, context)));
    sub('list', 'List the packs on offer, or those that ship with Arc.')
      .option('--builtin', 'those that ship with Arc; needs no Arc Core')
      .option('--patterns', 'of those, every pattern')
      .option('--json', 'print JSON')
      .addHelpText('after', '\nExamples:\n  $ arc packs list --json\n  $ arc packs list --builtin --patterns')
      .action((flags: ListFlags) => run(context, () => list(flags, context)));
    sub('show <name>', 'Print a pack as it was added; or a pack that ships with Arc, or one of its patterns.')
      .addHelpText(
        'after',
        '\nExamples:\n  $ arc packs show fleet > fleet.yaml\n  $ arc packs show openai.reasoning.max-tokens',
      )
      .action((name: string, flags: CoreFlags) => run(context, () => showPack(name, flags, context)));
    sub('rollback <name>', 'Put the version of a pack that was on offer before this one back on offer.')
      .option('--no-wait', 'return without waiting for the processes')
      .addHelpText(
        'after',
        '\nA second rollback takes the first one back.\n\nExample:\n  $ arc packs rollback fleet',
      )
      .action((name: string, flags: ChangeFlags) => run(context, () => rollback(name, flags, context)));
    registerLearned(sub, context, (action) => run(context, action));
    registerFileCommands(packs, context, (action) => run(context, async () => action()));
  },
};

function withCore(command: Command, { env }: CommandContext): Command {
  const fallback = env['ARC_CORE_URL'] || DEFAULT_CORE_URL;
  return command.option('--core <url>', 'where Arc Core serves its page and API (ARC_CORE_URL)', fallback);
}

/** Sets the exit code 1 when `action` says false. Problems of a pack are printed as compilers do, without a prefix. */
async function run(context: CommandContext, action: () => Promise<boolean>): Promise<void> {
  try {
    if (!(await action())) process.exitCode = 1;
  } catch (error) {
    if (!ArcError.is(error) || error.code !== 'ARC_PACK_INVALID') throw error;
    context.stderr(error.message);
    process.exitCode = 1;
  }
}

async function add(file: string, flags: ChangeFlags, context: CommandContext): Promise<boolean> {
  const waitMs = flags.wait ? WAIT_MS : 0;
  const query = new URLSearchParams({ file: basename(file), waitMs: String(waitMs) });
  if (flags.name !== undefined) query.set('name', flags.name);
  const body = readPackFile(file);
  const call = {
    method: 'POST',
    path: `/packs?${query.toString()}`,
    body,
    timeoutMs: waitMs + GRACE_MS,
  } as const;
  const answer = await callCore(flags.core, call);
  if (answer.status !== 200) throw coreError(answer);
  const pack = isRecord(answer.body) && isRecord(answer.body['pack']) ? answer.body['pack'] : {};
  const change = isRecord(answer.body) ? answer.body['change'] : undefined;
  const verb = isRecord(change) ? String(change['action']) : 'unchanged';
  const size = `${plural(Number(pack['patterns']), 'pattern')}, ${String(pack['hash']).slice(0, 12)}`;
  context.stdout(`${verb} ${String(pack['name'])} ${String(pack['version'])} (${size})`);
  return printRollout(listOf(answer.body, 'processes'), flags.wait, context);
}

async function remove(name: string, flags: ChangeFlags, context: CommandContext): Promise<boolean> {
  const waitMs = flags.wait ? WAIT_MS : 0;
  const path = `/packs/${encodeURIComponent(name)}?waitMs=${waitMs}`;
  const answer = await callCore(flags.core, { method: 'DELETE', path, timeoutMs: waitMs + GRACE_MS });
  if (answer.status === 404) throw noSuchPack(name);
  if (answer.status !== 200) throw coreError(answer);
  context.stdout(`removed ${name}`);
  return printRollout(listOf(answer.body, 'processes'), flags.wait, context);
}

async function rollback(name: string, flags: ChangeFlags, context: CommandContext): Promise<boolean> {
  const waitMs = flags.wait ? WAIT_MS : 0;
  const path = `/packs/${encodeURIComponent(name)}/rollback?waitMs=${waitMs}`;
  const answer = await callCore(flags.core, {
    method: 'POST',
    path,
    body: '{}',
    timeoutMs: waitMs + GRACE_MS,
  });
  if (answer.status !== 200) throw coreError(answer);
  const pack = isRecord(answer.body) && isRecord(answer.body['pack']) ? answer.body['pack'] : {};
  context.stdout(`back to ${name} ${String(pack['version'])} (${String(pack['hash']).slice(0, 12)})`);
  return printRollout(listOf(answer.body, 'processes'), flags.wait, context);
}

async function list(flags: ListFlags, context: CommandContext): Promise<boolean> {
  if (flags.builtin || flags.patterns) return listBuiltin(flags, context);
  const answer = await callCore(flags.core, { path: '/packs' });
  if (answer.status !== 200) throw coreError(answer);
  const packs = listOf(answer.body, 'packs');
  if (flags.json) context.stdout(JSON.stringify(packs, null, 2));
  else if (packs.length === 0) context.stdout('no packs on offer; add one with `arc packs add FILE`');
  else for (const pack of packs) context.stdout(describe(pack));
  return true;
}

function describe(pack: Readonly<Record<string, unknown>>): string {
  const { name, version, patterns, hash, addedAt } = pack;
  const fields = [
    String(name).padEnd(24),
    String(version).padEnd(10),
    plural(Number(patterns), 'pattern').padEnd(14),
  ];
  return `${fields.join(' ')} ${String(hash).slice(0, 12)} added ${String(addedAt)}`;
}

async function showPack(name: string, flags: CoreFlags, context: CommandContext): Promise<boolean> {
  const builtin = builtinText(name);
  if (builtin !== undefined) return print(builtin, context);
  const answer = await callCore(flags.core, { path: `/packs/${encodeURIComponent(name)}` });
  if (answer.status === 404) throw noSuchPack(name);
  if (answer.status !== 200) throw coreError(answer);
  const pack = isRecord(answer.body) && isRecord(answer.body['pack']) ? answer.body['pack'] : {};
  return print(String(pack['source']), context);
}

function print(text: string, { stdout }: CommandContext): true {
  for (const line of text.trimEnd().split('\n')) stdout(line);
  return true;
}

function noSuchPack(name: string): ArcError {
  return new ArcError('ARC_NOT_FOUND', `no pack named "${name}"; see \`arc packs list\``);
}
