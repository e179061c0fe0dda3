import test from 'ava';
import { callFromSpan } from '../../../collector/store/call-from-span.js';
import { callSpan, FIXED } from '../fixtures.js';

test('callFromSpan: a repaired call carries its patterns, best first', (t) => {
  const call = callFromSpan(callSpan(FIXED));
  t.like(call, { decision: 'fix', patternVersion: 2, confidence: 0.97, status: 'ok', modelSent: 'gpt-4' });
  t.deepEqual(call?.patterns, [
    { id: 'openai.gpt-4.high-temperature', version: 2 },
    { id: 'fleet.second', version: 1 },
  ]);
});

test('callFromSpan: the pattern of the span counts when the list is missing or malformed', (t) => {
  const span = callSpan({ 'arc.pattern.id': 'a.b', 'arc.pattern.version': 4, 'arc.patterns': 'a.b@4' });
  t.deepEqual(callFromSpan(span)?.patterns, [{ id: 'a.b', version: 4 }]);
});

test('callFromSpan: the model asked for is the original one where it was changed', (t) => {
  const call = callFromSpan(callSpan({ 'arc.request.original.model': 'gpt-4-32k' }));
  t.like(call, { modelAsked: 'gpt-4-32k', modelSent: 'gpt-4' });
});

test('callFromSpan: the message of the exception stands in for that of the status', (t) => {
  const events = [{ name: 'exception', timeUs: 1, attributes: { 'exception.message': 'rate limit' } }];
  t.like(callFromSpan(callSpan({}, { status: 'error', events })), {
    status: 'error',
    errorMessage: 'rate limit',
  });
});

test('callFromSpan: spans without an operation, and those of agents and tools, are no calls', (t) => {
  t.is(callFromSpan(callSpan({}, { attributes: {} })), undefined);
  for (const operation of ['execute_tool', 'invoke_agent']) {
    t.is(callFromSpan(callSpan({ 'gen_ai.operation.name': operation })), undefined);
  }
});

test('callFromSpan: attributes of the wrong type count as absent', (t) => {
  const call = callFromSpan(callSpan({ 'gen_ai.usage.input_tokens': '12', 'arc.decision': 7 }));
  t.like(call, { inputTokens: null, decision: null });
});
