import test from 'ava';
import { shippedFiles } from '../../src/cli/commands/verify.js';
import { readGoldenFile, type GoldenRequest } from '../../src/cli/requests/golden-file.js';
import { refusalOf } from '../helpers/strict/refusal-of.js';
import { judge } from './judge.js';
import { providerOf, renderPage } from './page.js';
import { rowsBy } from './table.js';

const FILES = shippedFiles().map((file) => readGoldenFile(file));
const REQUESTS = FILES.flatMap(({ requests }) => requests);

for (const { family, requests } of FILES) {
  const failing = requests.filter(({ expect }) => expect !== 'pass');

  test(`golden ${family}: every failing request is refused in the words it has`, (t) => {
    for (const request of failing) t.like(refusalOf(request), request.error ?? {}, request.name);
  });

  test(`golden ${family}: every failing request has its error and a public source`, (t) => {
    for (const { name, error, source = '' } of failing) {
      t.truthy(error, name);
      t.regex(source, /^https:\/\//, name);
    }
  });

  test(`golden ${family}: every healthy request and every repaired body is taken`, (t) => {
    for (const request of requests) {
      const { name, expect, body, repaired } = request;
      if (expect === 'pass') t.is(refusalOf({ ...request, body })?.message, undefined, name);
      if (repaired !== undefined)
        t.is(refusalOf({ ...request, body: repaired as GoldenRequest['body'] })?.message, undefined, name); // checked when read
    }
  });

  test(`golden ${family}: names are unique`, (t) => {
    const names = requests.map(({ name, provider, api, class: kind }) => [provider, api, kind, name].join());
    t.is(new Set(names).size, names.length);
  });
}

test('golden: enough of them', (t) => {
  t.true(REQUESTS.filter(({ expect }) => expect !== 'pass').length >= 150);
  t.true(REQUESTS.filter(({ expect }) => expect === 'pass').length >= 120);
});

const CHAT = { provider: 'openai', api: 'openai.chat.completions', class: 'a class' } as const;
const messages = [{ role: 'user', content: 'Hi' }];
const FAILING: GoldenRequest = {
  ...CHAT,
  name: 'the old limit',
  expect: 'fix',
  body: { model: 'o3', max_tokens: 50, messages },
};
const HEALTHY: GoldenRequest = { ...FAILING, name: 'plain', expect: 'pass', body: { model: 'o3', messages } };
/** The expected body is another one than Arc's. */
const OTHER: GoldenRequest = { ...FAILING, repaired: { model: 'o3', messages } };

test('efficacy: a failing and a healthy request are judged and make the rows of a table', (t) => {
  const verdicts = judge([FAILING, HEALTHY]);
  t.like(verdicts.failures[0], { isRefused: true, isRepaired: true });
  t.like(verdicts.healthy[0], { isTouched: false });
  const [row, all] = rowsBy(verdicts, providerOf);
  t.like(row, { name: 'openai', failing: 1, before: 1, second: 1, healthy: 1, touched: 0 });
  t.deepEqual(all, { ...row, name: 'all' });
});

test('efficacy: another body than the expected one is no repair', (t) => {
  const [verdict] = judge([OTHER]).failures;
  t.like(verdict, { isRepaired: false, complaint: 'repaired into something else' });
});

test('efficacy: the page has both tables and what is left', (t) => {
  const page = renderPage(judge([OTHER, HEALTHY]));
  t.regex(page, /\| provider \| failing \|/);
  t.regex(page, /\| a class \| 1 \| 0 \(0 %\) \|/);
  t.regex(page, /## Not repaired\n\n- openai: the old limit/);
});
