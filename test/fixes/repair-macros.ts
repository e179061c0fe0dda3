import test from 'ava';
import type { FixOperation } from '../../src/contract/fix.js';
import type { RequestView } from '../../src/contract/request.js';
import { applyFix } from '../../src/fixes/apply.js';
import { deepFreeze } from './freeze.js';

/** Checks what a repair makes of a request. */
export const repairs = test.macro({
  exec(t, operation: FixOperation, view: RequestView, expected: object) {
    const { params } = applyFix(deepFreeze(view), [operation]);
    t.deepEqual({ ...params }, { ...expected });
  },
  title: (given, operation) => `repair ${JSON.stringify(operation)}: ${given ?? ''}`,
});

/** Checks that a repair leaves a request as it is, the object itself. */
export const keeps = test.macro({
  exec(t, operation: FixOperation, view: RequestView) {
    t.is(applyFix(deepFreeze(view), [operation]).params, view.params);
  },
  title: (given, operation) => `repair ${JSON.stringify(operation)}: keeps ${given ?? ''}`,
});
