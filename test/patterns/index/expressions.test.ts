import test from 'ava';
import fc from 'fast-check';
import type { RequestFacts } from '../../../src/patterns/facts.js';
import { literalsOf } from '../../../src/patterns/index/expression-literals.js';
import { compileRegex } from '../../../src/patterns/regex.js';
import { openaiRequest } from '../requests.js';
import { find, patternsOf, segmentFrom, segmentOf, tryInTurn } from './linear.js';

/** A piece of an expression with a text it may match. */
interface Piece {
  readonly source: string;
  readonly sample: string;
}

const piece = (source: string, sample: string): Piece => ({ source, sample });
const atom = fc.constantFrom(
  ...['abc', 'K', 'z9', 'é', '😀', 'a b'].map((text) => piece(text, text)),
  piece('.', 'x'),
  piece('\\d', '7'),
  piece('[ab]', 'b'),
  piece('[^ab]', 'c'),
  piece('[a-c\\-]', '-'),
  piece('[[:alpha:]]', 'q'),
  piece('\\.', '.'),
  piece('\\x41', 'A'),
  piece('\\x{1F600}', '😀'),
  piece('^', ''),
  piece('$', ''),
  piece('\\b', ''),
  piece('\\A', ''),
  piece('(?i)', ''),
  piece('(?m)', ''),
  piece('(?i:Straße k)', 'sTRASSE K'),
  piece('\\pL', 'λ'),
  piece('\\Qa.b\\E', 'a.b'),
  piece('\\n', '\n'),
);
const { expression } = fc.letrec<{ expression: Piece }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    atom,
    fc.array(tie('expression'), { minLength: 1, maxLength: 4 }).map((pieces) => ({
      source: pieces.map(({ source }) => source).join(''),
      sample: pieces.map(({ sample }) => sample).join(''),
    })),
    fc
      .tuple(
        tie('expression'),
        tie('expression'),
        fc.boolean(),
        fc.constantFrom('(', '(?:', '(?P<name>', '(?i:', '(?-i:'),
      )
      .map(([a, b, isFirst, open]) =>
        piece(`${open}${a.source}|${b.source})`, isFirst ? a.sample : b.sample),
      ),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('*', '+', '?', '{0}', '{2}', '{1,3}', '{0,2}', '{2,}', '+?'),
        fc.nat(2),
      )
      .map(([a, quantifier, times]) => piece(`(?:${a.source})${quantifier}`, a.sample.repeat(times + 1))),
  ),
}));

const filling = fc.constantFrom('', ' ', 'abc', 'x\n', 'ABC ', '77');

test('literals: whatever an expression matches has one of its literals', (t) => {
  let matched = 0;
  fc.assert(
    fc.property(expression, filling, filling, fc.boolean(), ({ source, sample }, before, after, isUpper) => {
      fc.pre(isExpression(source));
      const text = before + (isUpper ? sample.toUpperCase() : sample) + after;
      if (!compileRegex(source)(text)) return;
      matched += 1;
      const { exact, start = exact, need = exact, isAnchored } = literalsOf(source);
      t.true(need === undefined || need.some((literal) => text.includes(literal)), `${source} ~ ${text}`);
      t.true(
        !isAnchored || start === undefined || start.some((literal) => text.startsWith(literal)),
        `${source} ~ ${text}`,
      );
    }),
    { numRuns: 4_000 },
  );
  t.true(matched > 500, `${matched} texts matched`);
});

test('expressions: what fits is found', (t) => {
  const sources = expression.filter(({ source }) => isExpression(source));
  fc.assert(
    fc.property(
      fc.array(sources, { minLength: 1, maxLength: 12 }),
      fc.array(filling, { maxLength: 3 }),
      (pieces, texts) => {
        const { patterns, segment } = segmentOf(
          pieces.map(({ source }, index) => ({
            [index % 2 ? 'facts.prompt_text' : 'user']: { matches: source },
          })),
        );
        const text = pieces.map(({ sample }, index) => `${texts[index % 3] ?? ''}${sample}`).join('');
        const view = openaiRequest({ user: text, messages: [{ role: 'user', content: text }] });
        t.deepEqual(find(segment, view), tryInTurn(patterns, view));
      },
    ),
    { numRuns: 500 },
  );
});

test('literals: what is known of some expressions', (t) => {
  const known = (source: string) => {
    const { exact, start = exact, need = exact, isAnchored = false } = literalsOf(source);
    return { start, need, isAnchored };
  };
  t.deepEqual(known('^(?:foo|bar)\\d+ the end'), {
    start: ['foo', 'bar'],
    need: [' the end'],
    isAnchored: true,
  });
  t.deepEqual(known('error (?:code|number) [45]'), {
    start: ['error code 4', 'error code 5', 'error number 4', 'error number 5'],
    need: ['error code 4', 'error code 5', 'error number 4', 'error number 5'],
    isAnchored: false,
  });
  t.deepEqual(known('a.*(?:xylophone|\\w+ violin)'), {
    start: ['a'],
    need: ['xylophone', ' violin'],
    isAnchored: false,
  });
  t.is(literalsOf('(?i)hello').need, undefined);
  t.deepEqual(literalsOf('(?i)hello 12:30 ').need, [' 12:30 ']);
  t.deepEqual(literalsOf('one\\Qtwo\\E'), {});
});

test('expressions: of those of models, only the ones that fit a model are tested', (t) => {
  const asked: string[] = [];
  const patterns = patternsOf([{ model: { matches: '^gpt-5' } }, { model: { matches: '^o[134]' } }]).map(
    (pattern) => ({
      ...pattern,
      fits: (facts: RequestFacts) => {
        asked.push(pattern.definition.id);
        return pattern.fits(facts);
      },
    }),
  );
  const segment = segmentFrom(patterns);
  const view = openaiRequest({ model: 'gpt-5-mini' });
  t.deepEqual([find(segment, view), find(segment, view)], [['test.p0'], ['test.p0']]);
  t.deepEqual(asked, ['test.p0', 'test.p0']);
});

function isExpression(source: string): boolean {
  try {
    compileRegex(source);
    return true;
  } catch {
    return false;
  }
}
