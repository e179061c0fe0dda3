import { failCall, countError } from './call.js';
import { observeData } from './api-promise.js';
import type { Attempt } from './heal/attempt.js';
import { healing } from './heal/healing.js';
import { callWith } from './otel-global.js';

/**
 * Observes a call that answers to a callback. The callback runs in the caller's context, not in that of the call: what it
 * asks of models next is no part of it.
 * @param args - the arguments of the call, in which the callback is replaced.
 * @returns false when the call answers by what it returns.
 */
export function observeCallback(attempt: Attempt, args: unknown[]): boolean {
  const { call } = attempt;
  try {
    const { engine, target } = call;
    const parent = engine.parentContext();
    const observed = target.observeCallback?.(args, (callback) => {
      function tell(this: unknown, ...given: unknown[]): unknown {
        const [error, data] = given;
        if (error) failCall(call, error);
        else observeData(data, call);
        return callWith(parent, callback, this, given);
      }
      return function told(this: unknown, ...given: unknown[]): unknown {
        const isSentAgain = given[0] && engine.options.heal && healing().healedCallback(attempt, given, tell);
        return isSentAgain ? undefined : tell.apply(this, given);
      };
    });
    return observed === true;
  } catch (error) {
    countError(call.engine, error);
    return false;
  }
}
