import test from 'ava';
import { PackError } from '../../src/contract/errors.js';
import { runTest } from '../../src/fixes/run-test.js';
import { readPackText } from '../../src/patterns/parse-pack.js';
import { testsOf, viewOf } from '../../src/patterns/pattern-tests.js';
import { definePattern } from '../../src/patterns/shorthand.js';

const PACK = `
pack: p
patterns:
  - id: cool
    scope: { api: [openai.chat.completions, mistral.chat], provider: azure.ai.openai, agent: triage, service: cart }
    match: { model: gpt-4, temperature: { '>': 0.9 } }
    fix: [{ set: { temperature: 0.7 } }]
    confidence: 0.1
    rollout: 0
    mode: off
    expires: 2001-01-01T00:00:00Z
    tests:
      - { name: hot, request: { model: gpt-4, temperature: 1 }, expect: fix }
      - { request: { model: gpt-4, temperature: 1 }, expect: { params: { temperature: 0.7, model: gpt-4 } } }
      - { request: { model: gpt-4, temperature: 0.9 }, expect: pass }
      - { request: { provider: openai, model: gpt-4, temperature: 1 }, expect: pass }
      - { request: { context: { agent: billing }, model: gpt-4, temperature: 1 }, expect: pass }
      - { request: { model: gpt-4, params: { temperature: 1, provider: x } }, expect: fix }
  - pattern: { model: m }
    fix: { n: 1 }
`;

const outcomes = (source: string) => {
  const text = readPackText(source, 'p.yaml');
  return testsOf(text).map(({ pattern, test: one }) => runTest(pattern, one));
};

test('run test: confidence, rollout, mode, age and service do not matter, the rest of the scope does', (t) => {
  t.deepEqual(
    outcomes(PACK).map(({ passed }) => passed),
    [true, true, true, true, true, true],
  );
});

test('run test: says what was expected and what came of it', (t) => {
  const failing = PACK.replace(/expect: fix/g, 'expect: pass').replace(/expect: pass }$/gm, (found) => found);
  const [hot] = outcomes(failing);
  t.deepEqual(hot, {
    passed: false,
    message: 'expected pass, was repaired',
    differences: [{ path: 'temperature', before: 1, after: 0.7 }],
  });
  const [cold] = outcomes(PACK.replace('temperature: 1 }, expect: fix', 'temperature: 0 }, expect: fix'));
  t.like(cold, { passed: false, message: 'expected fix, did not match' });
  const [, other] = outcomes(PACK.replace('params: { temperature: 0.7', 'params: { temperature: 0.6'));
  t.deepEqual(other, {
    passed: false,
    message: 'expected these parameters, was repaired to others',
    differences: [{ path: 'temperature', before: 0.6, after: 0.7 }],
  });
});

test('run test: a fix that changes nothing, and one that is refused, are told apart', (t) => {
  const of = (fix: string, request: string) =>
    outcomes(
      `id: a\nmatch: { api: anthropic.messages, model: m }\nfix: [${fix}]\ntests: [{ request: ${request}, expect: fix }]`,
    )[0];
  t.like(of('{ unset: [top_k] }', '{ model: m }'), {
    passed: false,
    message: 'expected fix, matched, but the fix changed nothing',
  });
  t.like(of('{ set: { max_tokens: 30000 } }', '{ model: m, max_tokens: 1 }'), {
    passed: false,
    message: 'expected fix, matched, but no fix may do that',
  });
});

test('tests of a pack: each stands beside its pattern, whatever the form of the document', (t) => {
  const one = `match: { model: m }\nfix: [{ set: { n: 1 } }]\nid: a\ntests: [{ request: { model: m }, expect: fix }]`;
  const list = `- ${one.replaceAll('\n', '\n  ')}\n- { pattern: { model: x }, fix: { n: 2 } }`;
  const paths = (source: string) => testsOf(readPackText(source, 'f')).map(({ path }) => path.join('.'));
  t.deepEqual(paths(one), ['tests.0']);
  t.deepEqual(paths(list), ['0.tests.0']);
  t.is(paths(PACK)[5], 'patterns.0.tests.5');
  t.throws(() => readPackText('id: a', 'f'), { instanceOf: PackError });
});

test('view of a test: what is left out is the first one the pattern names, else what the API is named after', (t) => {
  const bare = definePattern({ pattern: { n: 1 }, fix: { n: 2 } });
  t.deepEqual(viewOf({ n: 1 }, bare), {
    provider: 'openai',
    operation: 'chat',
    api: 'openai.chat.completions',
    model: undefined,
    params: { n: 1 },
  });
  const embed = definePattern({
    pattern: { api: { in: ['mistral.embeddings'] } },
    fix: { encodingFormat: 'x' },
  });
  t.like(viewOf({}, embed), { provider: 'mistral_ai', operation: 'embeddings', api: 'mistral.embeddings' });
  t.like(viewOf({ api: 'aws.bedrock.converse', modelId: 'nova' }, bare), {
    provider: 'aws.bedrock',
    model: 'nova',
  });
  t.like(viewOf({ api: 'openai.completions' }, bare), { operation: 'text_completion' });
  t.like(viewOf({ api: 'google.generate_content' }, bare), { operation: 'generate_content' });
});
