import { failCall, countError } from './call.js';
import type { Call } from './call-state.js';
import { observeData } from './api-promise.js';
import { callWith } from './otel-global.js';

/**
 * Observes a call that answers to a callback. The callback runs in the caller's context, not in that of the call: what it
 * asks of models next is no part of it.
 * @returns false when the call answers by what it returns.
 */
export function observeCallback(call: Call, args: unknown[]): boolean {
  try {
    const { engine, target } = call;
    const parent = engine.parentContext();
    const observed = target.observeCallback?.(
      args,
      (callback) =>
        function told(this: unknown, ...given: unknown[]): unknown {
          const [error, data] = given;
          if (error) failCall(call, error);
          else observeData(data, call);
          return callWith(parent, callback, this, given);
        },
    );
    return observed === true;
  } catch (error) {
    countError(call.engine, error);
    return false;
  }
}
