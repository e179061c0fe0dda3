import { isRecord } from '../adapters/shape.js';

/** Where SDKs take a caller's signal, in their options or beside the parameters. */
const SIGNALS: readonly string[] = ['signal', 'abortSignal'];

/** True when the caller has given the call up. */
export function isAborted(args: readonly unknown[]): boolean {
  return args.some(
    (argument) => isRecord(argument) && (holdsAborted(argument) || holdsAborted(argument['config'])),
  );
}

function holdsAborted(holder: unknown): boolean {
  if (!isRecord(holder)) return false;
  return SIGNALS.some((name) => {
    const signal = holder[name];
    return signal instanceof AbortSignal && signal.aborted;
  });
}
