import test from 'ava';
import { httpStatusOf } from '../../src/instrumentation/error-status.js';

const status = test.macro({
  exec(t, error: unknown, expected: number | undefined) {
    t.is(httpStatusOf(error), expected);
  },
  title: (_, error, expected) => `status: ${JSON.stringify(error)} is ${expected}`,
});
test(status, { status: 429 }, 429);
test(status, { statusCode: 400 }, 400);
test(status, { status_code: 404 }, 404);
test(status, { $metadata: { httpStatusCode: 503 } }, 503);
test(status, { status: 'failed', statusCode: 500 }, 500);
test(status, { status: null }, undefined);
test(status, 'no object', undefined);
