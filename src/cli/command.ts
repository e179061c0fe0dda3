import type { Command } from 'commander';

/** What a command may touch of the world: tests hand in their own. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes one line to standard output. */
  readonly stdout: (line: string) => void;
  /** Writes one line to standard error. */
  readonly stderr: (line: string) => void;
  /** True when standard output is a terminal and NO_COLOR is not set. */
  readonly colour: boolean;
}

/** One command of `arc`; `register` adds it with its flags, help and examples. */
export interface CliCommand {
  register(program: Command, context: CommandContext): void;
}
