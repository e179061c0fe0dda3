import type { ParamsAccess } from './adapter.js';
import { isRecord, list, record, text, type UnknownRecord } from './shape.js';

/** A command's input is what it sends. */
export const commandAccess: ParamsAccess = {
  read: ([command]) => record(command)['input'],
  write(args, params) {
    args[0] = withInput(args[0], params);
  },
};

/**
 * A copy of a command that sends something else: of the same class, with the same middleware. The caller may send its own
 * command again.
 */
export function withInput(command: unknown, input: UnknownRecord): object {
  const original = record(command);
  const copy: object = Object.create(Object.getPrototypeOf(original) as object | null) as object;
  return Object.assign(copy, original, { input });
}

/**
 * The operation a command stands for, e.g. `Converse`. Read from its schema where it has one, since bundlers rename
 * classes.
 */
export function operationOf(command: unknown): string | undefined {
  if (!isRecord(command)) return undefined;
  const [, , name] = list(command['schema']);
  return text(name) ?? command.constructor.name.replace(/Command$/, '');
}
