import test from 'ava';
import type { FixOperation } from '../../../src/contract/fix.js';
import { applyFix } from '../../../src/fixes/apply.js';
import { openaiRequest } from '../../patterns/requests.js';
import { deepFreeze } from '../freeze.js';

/** Checks what one step makes of the parameters of a chat. */
export const repairs = test.macro({
  exec(t, operation: FixOperation, params: object, expected: object) {
    const view = openaiRequest({ ...params });
    const result = applyFix({ ...view, params: deepFreeze({ ...params }) }, [operation]);
    t.deepEqual({ ...result.params }, { ...expected });
  },
  title: (given, operation) => `repair ${JSON.stringify(operation)}: ${given ?? ''}`,
});

/** Checks that one step returns the parameters themselves. */
export const keeps = test.macro({
  exec(t, operation: FixOperation, params: object) {
    const frozen = deepFreeze({ ...params });
    t.is(applyFix({ ...openaiRequest({}), params: frozen }, [operation]).params, frozen);
  },
  title: (given, operation) => `repair ${JSON.stringify(operation)}: keeps ${given ?? ''}`,
});
