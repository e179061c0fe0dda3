import { gzipSync } from 'node:zlib';
import test from 'ava';
import { countDatadog, countOtlp, countSentry, isModelSpan } from './model-spans.js';

test('isModelSpan: a model call, and not the HTTP request below it', (t) => {
  t.true(isModelSpan({ 'gen_ai.operation.name': 'chat' }));
  t.true(isModelSpan({ 'openinference.span.kind': 'LLM' }));
  t.true(isModelSpan({ 'langfuse.observation.type': 'generation' }));
  t.false(isModelSpan({ 'http.request.method': 'POST' }));
});

test('countOtlp: model calls of all scopes', (t) => {
  const span = (key: string) => ({ attributes: [{ key }] });
  const scopeSpans = [
    { spans: [span('gen_ai.operation.name'), span('http.request.method')] },
    { spans: [span('openinference.span.kind')] },
    {},
  ];
  t.is(countOtlp({ resourceSpans: [{ scopeSpans }, {}] }), 2);
  t.is(countOtlp({}), 0);
});

test('countDatadog: names of spans, not attributes that begin alike', (t) => {
  const name = Buffer.from('\xa4name\xaeopenai.request', 'latin1');
  const attribute = Buffer.from('\xb4openai.request.model', 'latin1');
  t.is(countDatadog(Buffer.concat([name, attribute, name])), 2);
  t.is(countDatadog(Buffer.alloc(0)), 0);
});

test('countSentry: items of an envelope, plain and compressed', (t) => {
  const items = [
    { attributes: { 'gen_ai.operation.name': { value: 'chat' } } },
    { attributes: { 'sentry.op': { value: 'http.client' } } },
  ];
  const lines = [{ sent_at: '' }, { type: 'span', item_count: 2 }, { version: 2, items }];
  const envelope = Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'));
  t.is(countSentry(envelope, undefined), 1);
  t.is(countSentry(gzipSync(envelope), 'gzip'), 1);
});
