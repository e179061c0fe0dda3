import test from 'ava';
import type { FieldChange } from '../../src/contract/decision.js';
import type { FixOperation } from '../../src/contract/fix.js';
import { applyFix } from '../../src/fixes/apply.js';
import { openaiRequest } from '../patterns/requests.js';
import { deepFreeze } from './freeze.js';

const base = deepFreeze({
  model: 'gpt-4',
  temperature: 1.4,
  n: null,
  max_tokens: 100,
  messages: [{ role: 'user', content: 'hi' }],
  thinking: { type: 'enabled', budget_tokens: 500 },
  response_format: { type: 'json_schema', json_schema: { name: 'a' } },
});

const changes = test.macro({
  exec(t, operation: FixOperation, expected: readonly FieldChange[]) {
    t.deepEqual(applyFix(openaiRequest(base), [operation]).changes, expected);
  },
  title: (_, operation, expected) =>
    `applyFix: ${JSON.stringify(operation)} makes ${JSON.stringify(expected)}`,
});

test(changes, { set: { temperature: 0.7 } }, [{ path: 'temperature', before: 1.4, after: 0.7 }]);
test(changes, { set: { temperature: 1.4 } }, []);
test(changes, { set: { 'params.seed': 4 } }, [{ path: 'seed', before: undefined, after: 4 }]);
test(changes, { set: { 'thinking.type': 'adaptive' } }, [
  { path: 'thinking.type', before: 'enabled', after: 'adaptive' },
]);
test(changes, { set: { thinking: { type: 'enabled', budget_tokens: 500 } } }, []);
test(changes, { set: { thinking: { type: 'disabled' } } }, [
  { path: 'thinking.type', before: 'enabled', after: 'disabled' },
  { path: 'thinking.budget_tokens', before: 500, after: undefined },
]);
test(changes, { set: { 'metadata.team.name': 'x' } }, [
  { path: 'metadata', before: undefined, after: { team: { name: 'x' } } },
]);
test(changes, { set: { 'model.name': 'x' } }, []);
test(changes, { set: { 'messages.0.role': 'assistant' } }, [
  { path: 'messages.0.role', before: 'user', after: 'assistant' },
]);
test(changes, { set: { 'messages.7.role': 'assistant' } }, []);
test(changes, { unset: ['temperature', 'seed', 'thinking.type'] }, [
  { path: 'temperature', before: 1.4, after: undefined },
  { path: 'thinking.type', before: 'enabled', after: undefined },
]);
test(changes, { unset: ['messages.0.content', 'messages.9.content', 'model.x'] }, [
  { path: 'messages.0.content', before: 'hi', after: undefined },
]);
test(changes, { rename: { from: 'max_tokens', to: 'max_completion_tokens' } }, [
  { path: 'max_tokens', before: 100, after: undefined },
  { path: 'max_completion_tokens', before: undefined, after: 100 },
]);
test(changes, { rename: { from: 'seed', to: 'n' } }, []);
test(changes, { rename: { from: 'temperature', to: 'max_tokens' } }, [
  { path: 'temperature', before: 1.4, after: undefined },
]);
test(changes, { rename: { from: 'temperature', to: 'model.temperature' } }, []);
test(changes, { clamp: { field: 'temperature', min: 0, max: 1 } }, [
  { path: 'temperature', before: 1.4, after: 1 },
]);
test(changes, { clamp: { field: 'thinking.budget_tokens', min: 1024 } }, [
  { path: 'thinking.budget_tokens', before: 500, after: 1024 },
]);
test(changes, { clamp: { field: 'model', max: 1 } }, []);
test(changes, { clamp: { field: 'max_tokens', min: 100, max: 100 } }, []);
test(changes, { default: { n: 1, temperature: 0 } }, [{ path: 'n', before: null, after: 1 }]);
test(changes, { default: { seed: null } }, []);
test(changes, { route: { model: 'gpt-4o' } }, [{ path: 'model', before: 'gpt-4', after: 'gpt-4o' }]);
test(changes, { route: { model: 'gpt-4' } }, []);

test('applyFix: what no step touches stays the same object', (t) => {
  const { params } = applyFix(openaiRequest(base), [
    { set: { temperature: 0.7, 'thinking.type': 'disabled' } },
  ]);
  t.not(params['thinking'], base.thinking);
  t.is(params['messages'], base.messages);
  t.is(params['response_format'], base.response_format);
});

test('applyFix: hidden members, accessors and prototypes survive in a copy', (t) => {
  class Format {
    readonly type = 'json_schema';
    readonly json_schema = { name: 'a', strict: true };
    parse(): string {
      return `${this.type} ${this.json_schema.name}`;
    }
  }
  const format = Object.defineProperty(new Format(), '$parseRaw', { value: () => 'parsed' });
  Object.defineProperty(format, 'size', { get: () => 3, enumerable: true, configurable: true });
  const view = openaiRequest({ model: 'gpt-4', response_format: Object.freeze(format) });
  const { params } = applyFix(view, [{ set: { 'response_format.json_schema.name': 'b' } }]);
  const copy = params['response_format'];
  t.true(copy instanceof Format);
  t.is(copy instanceof Format ? copy.parse() : '', 'json_schema b');
  t.is(typeof Reflect.get(Object(copy), '$parseRaw'), 'function');
  t.false(Object.getOwnPropertyDescriptor(copy, '$parseRaw')?.enumerable === true);
  t.is(typeof Object.getOwnPropertyDescriptor(copy, 'size')?.get, 'function');
  t.is(format.json_schema.name, 'a');
});

test('applyFix: a member that is undefined is absent', (t) => {
  const view = openaiRequest({ model: 'gpt-4', seed: undefined });
  t.is(applyFix(view, [{ unset: ['seed'] }]).params, view.params);
  t.like(applyFix(view, [{ default: { seed: 2 } }]).params, { seed: 2 });
});

test('applyFix: steps run in order, and changes show the first and the last value', (t) => {
  const steps: FixOperation[] = [
    { rename: { from: 'max_tokens', to: 'max_completion_tokens' } },
    { clamp: { field: 'max_completion_tokens', max: 50 } },
  ];
  t.deepEqual(applyFix(openaiRequest(base), steps).changes, [
    { path: 'max_tokens', before: 100, after: undefined },
    { path: 'max_completion_tokens', before: undefined, after: 50 },
  ]);
});

test('applyFix: no prototype is reachable', (t) => {
  const params = JSON.parse('{"model":"gpt-4","__proto__":{"polluted":true}}') as Record<string, unknown>; // as JSON says
  const result = applyFix(openaiRequest(params), [{ set: { temperature: 0.7 } }]).params;
  t.is(Reflect.get({}, 'polluted'), undefined);
  t.is(Reflect.get(result, 'polluted'), undefined);
  t.deepEqual(Object.keys(result), ['model', '__proto__', 'temperature']);
});

const listed = deepFreeze({
  model: 'm',
  messages: [
    { role: 'developer', content: 'a', id: 1 },
    { role: 'user', content: [{ type: 'text', text: 'b', n: 9 }] },
    'odd',
  ],
});

test('applyFix: * stands for every item of a list, and what is not touched stays the same object', (t) => {
  const unset = applyFix(openaiRequest(listed), [{ unset: ['messages.*.id', 'messages.*.content.*.type'] }]);
  t.deepEqual(unset.params['messages'], [
    { role: 'developer', content: 'a' },
    { role: 'user', content: [{ text: 'b', n: 9 }] },
    'odd',
  ]);
  const map = applyFix(openaiRequest(listed), [
    { map: { field: 'messages.*.role', values: { developer: 'system' } } },
  ]);
  const [first, second] = map.params['messages'] as readonly unknown[];
  t.like(first, { role: 'system', content: 'a' });
  t.is(second, listed.messages[1]);
  const clamp = applyFix(openaiRequest(listed), [{ clamp: { field: 'messages.*.content.*.n', max: 4 } }]);
  t.like(clamp.params['messages'], { 1: { content: [{ n: 4 }] } });
  t.is(applyFix(openaiRequest(listed), [{ unset: ['messages.*.none'] }]).params, listed);
  t.is(applyFix(openaiRequest(listed), [{ unset: ['model.*.none'] }]).params, listed);
});
