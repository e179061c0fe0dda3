import type { Command } from 'commander';
import { numberIn } from '../../contract/option-values.js';
import { resolveOptions } from '../../contract/options.js';
import { repairLogged, type RepairedRequest } from '../../fixes/repair-request.js';
import { loadBuiltinPacks } from '../../instrumentation/packs/builtin-packs.js';
import { createPackHolder, type PackHolder } from '../../patterns/pack-holder.js';
import type { LoggedRequest } from '../../patterns/request-names.js';
import type { CommandContext } from '../command.js';
import { readOne } from '../commands/pack-files.js';

/** Which patterns decide, and what they may do; what is not said comes from the environment, as in a process. */
export interface DeciderFlags {
  readonly pack?: readonly string[];
  readonly builtin: boolean;
  readonly lossy?: boolean;
  readonly minConfidence?: number;
}

/** Decides on logged requests the way a process with the same settings does. */
export interface Decider {
  /** The packs in force. */
  readonly holder: PackHolder;
  readonly decide: (request: LoggedRequest) => RepairedRequest;
}

/** Adds the flags every command has that decides on requests. */
export function withDeciderFlags(command: Command): Command {
  return command
    .option('--pack <file...>', 'pattern files beside the built-in packs (ARC_PACKS)')
    .option('--no-builtin', 'leave the built-in packs out')
    .option('--lossy', 'let repairs act that drop something (ARC_LOSSY)')
    .option('--min-confidence <number>', 'lowest confidence that acts (ARC_MIN_CONFIDENCE)', (text) =>
      numberIn(0, 1)(text, '--min-confidence'),
    );
}

/**
 * Loads the packs and settings.
 * @param now - milliseconds since the epoch, when the requests are thought to be sent.
 * @throws {ArcError} `ARC_CONFIG_INVALID` for a setting, `ARC_PACK_INVALID` for a pack, `ARC_USAGE` for a file that cannot
 * be read.
 */
export function createDecider(
  { pack, builtin, lossy, minConfidence }: DeciderFlags,
  { env }: CommandContext,
  now: number = Date.now(),
): Decider {
  const code = {
    ...(pack && { packs: pack }),
    ...(!builtin && { builtinPack: false }),
    ...(lossy !== undefined && { lossy }),
    ...(minConfidence !== undefined && { minConfidence }),
  };
  const { options } = resolveOptions(code, env);
  const holder = createPackHolder();
  if (options.builtinPack) loadBuiltinPacks(holder);
  for (const file of options.packs) addPack(holder, file);
  return { holder, decide: (request) => repairLogged(request, holder.matcher(), options, now) };
}

function addPack(holder: PackHolder, file: string): void {
  const loaded = readOne(file, () => undefined);
  if (loaded.kind === 'delta') holder.patch(loaded.delta);
  else holder.putImage(loaded.image, 'file', loaded.isChecked);
}
