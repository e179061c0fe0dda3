import type { Callback, ParamsAccess } from './adapter.js';
import { isRecord, list, record, text, type UnknownRecord } from './shape.js';

/** A command's input is what it sends. */
export const commandAccess: ParamsAccess = {
  read: ([command]) => record(command)['input'],
  write(args, params) {
    args[0] = withInput(args[0], params);
  },
};

/** `send(command, callback)` and `send(command, options, callback)`, as the AWS SDK looks for the callback. */
export function observeCallback(args: unknown[], observe: (callback: Callback) => Callback): boolean {
  const index = typeof args[1] === 'function' ? 1 : 2;
  const callback = args[index];
  if (typeof callback !== 'function') return false;
  args[index] = observe(callback as Callback); // just found to be a function
  return true;
}

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
