import type { Command } from 'commander';
import type { CommandContext } from '../command.js';
import { builtinFiles } from './packs-builtin.js';
import { build, type BuildFlags } from './packs-build.js';
import { convert, type ConvertFlags } from './packs-convert.js';
import { diff } from './packs-diff.js';
import { inspect } from './packs-inspect.js';
import { lintPacks, type LintFlags } from './packs-lint.js';
import { testPacks, type TestFlags } from './packs-test.js';

/** Runs an action whose false is exit code 1. */
type Run = (action: () => boolean) => Promise<void>;

/** Adds the commands of `arc packs` that need files and no Arc Core. */
export function registerFileCommands(packs: Command, context: CommandContext, run: Run): void {
  registerChecks(packs, context, run);
  registerBuild(packs, context, run);
  registerViews(packs, context, run);
}

function registerChecks(packs: Command, context: CommandContext, run: Run): void {
  packs
    .command('lint <files...>')
    .description('Check pack files, compiled or not, and run their tests; needs no Arc Core.')
    .option('--strict', 'fail on warnings too')
    .addHelpText('after', '\nExample:\n  $ arc packs lint packs/*.yaml')
    .action((files: string[], flags: LintFlags) => run(() => lintPacks(files, flags, context)));
  packs
    .command('test [files...]')
    .description(
      'Run the tests inside the patterns of pack files, or of those that ship with Arc; needs no Arc Core.',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  $ arc packs test fleet.yaml\n  $ arc packs test')
    .action((files: string[], flags: TestFlags) =>
      run(() => testPacks(files.length > 0 ? files : builtinFiles(), flags, context)),
    );
}

function registerBuild(packs: Command, context: CommandContext, run: Run): void {
  packs
    .command('build <files...>')
    .description('Compile pack files into one that a process loads by reading.')
    .requiredOption('-o, --output <file>', 'the file to write, .arcpack by custom')
    .option('--name <name>', 'name of the pack, whatever the files say')
    .option('--pack-version <version>', 'version of the pack, whatever the files say')
    .addHelpText(
      'after',
      `
Files: YAML, JSON, JSON Lines (.jsonl, one pattern a line), compiled packs, and changes of a pack behind it.

Examples:
  $ arc packs build fleet.yaml -o fleet.arcpack
  $ arc packs build prompts.jsonl rules.yaml -o fleet.arcpack --name fleet --pack-version 8
  $ arc packs build fleet.arcpack change.yaml -o fleet-9.arcpack`,
    )
    .action((files: string[], flags: BuildFlags) => run(() => build(files, flags, context)));
}

function registerViews(packs: Command, context: CommandContext, run: Run): void {
  packs
    .command('inspect <file>')
    .description('Show what a compiled pack holds: sections, sizes, how its patterns are found.')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ arc packs inspect fleet.arcpack')
    .action((file: string, { json = false }: { json?: boolean }) => run(() => inspect(file, json, context)));
  packs
    .command('diff <from> <to>')
    .description('Show which patterns differ between two packs. Exit code 1 when some do.')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ arc packs diff fleet-8.arcpack fleet-9.yaml')
    .action((from: string, to: string, { json = false }: { json?: boolean }) =>
      run(() => diff(from, to, json, context)),
    );
  packs
    .command('convert <file>')
    .description('Write a pack, compiled or not, as YAML or JSON Lines.')
    .option('--to <form>', 'yaml or jsonl; by default as the output file is called, else yaml')
    .option('-o, --output <file>', 'write there instead of to standard output')
    .addHelpText('after', '\nExample:\n  $ arc packs convert fleet.arcpack -o fleet.yaml')
    .action((file: string, flags: ConvertFlags) => run(() => convert(file, flags, context)));
}
