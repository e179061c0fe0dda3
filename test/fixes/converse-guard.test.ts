import test from 'ava';
import { guardFix } from '../../src/fixes/guard.js';
import type { Params } from '../../src/contract/request.js';

const before = { modelId: 'm', messages: [{ role: 'user', content: [{ text: 'Hi' }] }] };

const guarded = test.macro({
  exec(t, messages: readonly unknown[], allowed: boolean) {
    const view = { provider: 'aws.bedrock', operation: 'chat', api: 'aws.bedrock.converse', model: 'm' };
    const after: Params = { ...before, messages };
    t.is(guardFix({ ...view, params: before }, after).allowed, allowed);
  },
  title: (_, messages, allowed) =>
    `guard: for Converse, ${JSON.stringify(messages)} is ${allowed ? 'allowed' : 'refused'}`,
});
test(guarded, before.messages, true);
test(guarded, [], true);
test(guarded, [...before.messages, { role: 'assistant', content: [{ toolUse: { name: 'x' } }] }], true);
test(guarded, [{ role: 'system', content: [{ text: 'Be brief.' }] }, ...before.messages], false);
test(guarded, [{ role: 'user', content: 'Hi' }], false);
test(guarded, [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }], false);
