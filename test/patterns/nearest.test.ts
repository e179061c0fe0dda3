import test from 'ava';
import { didYouMean, nearest } from '../../src/patterns/nearest.js';

const names = ['temperature', 'top_p', 'tools', 'model'];

const finds = test.macro({
  exec(t, typed: string, expected: string | undefined) {
    t.is(nearest(typed, names), expected);
  },
  title: (_, typed, expected) => `nearest: "${typed}" gives ${expected ?? 'nothing'}`,
});
test(finds, 'temprature', 'temperature');
test(finds, 'Model', 'model');
test(finds, 'modle', 'model');
test(finds, 'too', 'tools');
test(finds, 'frequency', undefined);
test(finds, '', undefined);

test('didYouMean: is empty when no name is near', (t) => {
  t.is(didYouMean('xxxxxxxx', names), '');
  t.is(didYouMean('topp', names), ' Did you mean "top_p"?');
});
