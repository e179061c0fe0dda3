import test from 'ava';
import { errorType } from '../../src/instrumentation/spans.js';

class RateLimitError extends Error {
  readonly status = 429;
}
/** As esbuild names the second class of a name. */
class RateLimitError2 extends RateLimitError {}
/** As a minifier names classes. */
class Qe extends Error {
  readonly status = 429;
}
class n extends TypeError {
  override readonly name = 'AbortError';
}

const is = test.macro<[unknown, string]>({
  exec: (t, error, expected) => t.is(errorType(error), expected),
  title: (words) => `errorType: ${words ?? ''}`,
});
test('the class', is, new RateLimitError(), 'RateLimitError');
test('a class a bundler has renamed', is, new RateLimitError2(), 'RateLimitError');
test('the HTTP status in place of a minified class', is, new Qe(), '429');
test('what a minified error without a status calls itself', is, new n(), 'AbortError');
test('a value that is no error', is, 'refused', '_OTHER');
