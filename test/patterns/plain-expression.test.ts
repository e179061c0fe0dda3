import test from 'ava';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { plainExpression } from '../../src/patterns/plain-expression.js';
import { compileRegex } from '../../src/patterns/regex.js';

const unit = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', '1', '-', ' ', 'é', '😀') },
  fc.constantFrom(
    '.',
    '\\d',
    '\\w',
    '\\s',
    '\\.',
    '\\$',
    '\\\\',
    '[ab]',
    '[^a]',
    '[a-c1-9]',
    '[-@]',
    '[^\\d-]',
    '[./]',
  ),
);
const count = fc.constantFrom('', '', '', '?', '*', '+', '{2}', '{0,2}', '{1,}', '{3,1}', '??', '{', '{,2}');
const { expression } = fc.letrec<{ expression: string; branch: string; item: string }>((tie) => ({
  expression: fc.array(tie('branch'), { minLength: 1, maxLength: 3 }).map((branches) => branches.join('|')),
  branch: fc.array(tie('item'), { maxLength: 4 }).map((items) => items.join('')),
  item: fc.oneof(
    { weight: 6, arbitrary: fc.tuple(unit, count).map((parts) => parts.join('')) },
    fc.constantFrom('^', '$', '\\b', '(?i)', '\\A', '\\pL', '[[:alpha:]]', ']', '}', '\ud800'),
    fc
      .tuple(fc.constantFrom('(', '(?:', '(?i:', '(?P<n>'), tie('expression'), count)
      .map(([open, inner, times]) => `${open}${inner})${times}`),
  ),
}));
const character = fc.constantFrom(
  'a',
  'b',
  'c',
  'A',
  '1',
  '-',
  '.',
  '$',
  ' ',
  '\n',
  '\r',
  '\u00a0',
  '\u2028',
  'é',
  '😀',
  '\ud83d',
);
const text = fc.array(character, { maxLength: 12 }).map((characters) => characters.join(''));

test('plain expressions: what JavaScript runs, RE2 takes, with the same answers', (t) => {
  let plain = 0;
  fc.assert(
    fc.property(expression, fc.array(text, { minLength: 5, maxLength: 5 }), (source, texts) => {
      const own = plainExpression(source);
      if (!own) return;
      plain += 1;
      const linear = RE2JS.compile(source);
      for (const each of texts)
        t.is(own.regex.test(each), linear.test(each), `${JSON.stringify(source)} on ${JSON.stringify(each)}`);
    }),
    { numRuns: 20_000 },
  );
  t.true(plain > 2_000, `${plain} of 20000 were plain`);
});

const taken = test.macro({
  exec(t, source: string, longest: number | undefined) {
    t.is(plainExpression(source)?.longest, longest);
  },
  title: (_, source) => `plain expressions: ${source}`,
});
test(taken, '^gpt-4o(?:-mini)?-search-preview(?:-\\d{4}-\\d{2}-\\d{2})?$', Infinity);
test(taken, '(?:^|[./])claude-(?:opus-4-[78]|sonnet-5)(?:[-@]\\d{8})?(?:-v\\d+(?::\\d+)?)?$', 64);
test(taken, 'order number.{0,40}\\d+', Infinity);
test(taken, 'a*b', 64);
test(taken, 'a?a?a?a?a?a?a?a?a?aaaaaaaaa', 64);
test(taken, '(?:a?){30}', undefined);
test(taken, '(a+)+$', undefined);
test(taken, '.*.*.*x', undefined);
test(taken, '(?i)abc', Infinity);
test(taken, 'a(?=b)', undefined);

test('plain expressions: a text too long for them is left to RE2', (t) => {
  const holds = compileRegex('x\\d*y');
  t.true(holds(`x${'1'.repeat(20)}y`));
  t.true(holds(`x${'1'.repeat(200)}y`));
  t.false(holds(`x${'1'.repeat(200)}z`));
});
