import test from 'ava';
import { answerOpenToolCalls } from '../../src/fixes/repairs/answer-open-tool-calls.js';
import { dropChoiceWithoutTools } from '../../src/fixes/repairs/drop-choice-without-tools.js';
import { dropEmptyMessages } from '../../src/fixes/repairs/drop-empty-messages.js';
import { dropOrphanToolResults } from '../../src/fixes/repairs/drop-orphan-tool-results.js';
import { CAMEL_CASE_APIS } from '../../src/patterns/conversation.js';

const call = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{}' } };
const asked = { role: 'user', content: 'Weather?' };
const called = { role: 'assistant', toolCalls: [call] };
const answered = { role: 'tool', toolCallId: 'call_1', content: 'sunny' };
const healthy = { messages: [asked, called, answered] };

for (const api of CAMEL_CASE_APIS) {
  test(`repairs: ${api} with calls and answers in camel case is healthy`, (t) => {
    t.is(dropEmptyMessages(api, healthy), healthy);
    t.is(dropOrphanToolResults(api, healthy), healthy);
    t.is(answerOpenToolCalls(api, healthy), healthy);
  });

  test(`answer_open_tool_calls: ${api} names the call in camel case`, (t) => {
    const { messages } = answerOpenToolCalls(api, { messages: [asked, called, asked] });
    const added = (messages as readonly object[])[2];
    t.like(added, { role: 'tool', toolCallId: 'call_1' });
    t.false('tool_call_id' in (added ?? {}));
  });

  test(`drop_orphan_tool_results: ${api} loses the answer to no call`, (t) => {
    t.deepEqual(dropOrphanToolResults(api, { messages: [asked, answered] }), { messages: [asked] });
  });
}

test('drop_choice_without_tools: camel case as well', (t) => {
  t.deepEqual(dropChoiceWithoutTools('mistral.chat', { toolChoice: 'auto', parallelToolCalls: true, n: 1 }), {
    n: 1,
  });
});
