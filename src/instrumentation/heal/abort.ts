import { isRecord } from '../adapters/shape.js';

/** Where SDKs take a caller's signal, in their options or beside the parameters. */
const SIGNALS: readonly string[] = ['signal', 'abortSignal'];

/** Objects in those arguments that take it as well: of Google's SDK, and of Mistral's. */
const HOLDERS: readonly string[] = ['config', 'fetchOptions'];

/** True when the caller has given the call up. Never throws. */
export function isAborted(args: readonly unknown[]): boolean {
  try {
    return args.some(
      (argument) =>
        isRecord(argument) && (holdsAborted(argument) || HOLDERS.some((key) => holdsAborted(argument[key]))),
    );
  } catch {
    return true; // arguments that cannot be read are not sent twice
  }
}

/** By shape, not by class: signals are polyfilled, and come from other realms. */
function holdsAborted(holder: unknown): boolean {
  if (!isRecord(holder)) return false;
  return SIGNALS.some((name) => {
    const signal = holder[name];
    return isRecord(signal) && signal['aborted'] === true;
  });
}
