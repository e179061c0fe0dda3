import test from 'ava';
import fc from 'fast-check';
import type { FixOperation } from '../../src/contract/fix.js';
import type { RequestView } from '../../src/contract/request.js';
import { applyFix } from '../../src/fixes/apply.js';
import { requestCharacters } from '../../src/fixes/turns/drop-turns.js';
import { roleOf } from '../../src/patterns/conversation.js';
import { windowOverrun } from '../../src/patterns/context-windows.js';
import { createFacts, factOf } from '../../src/patterns/facts.js';
import { listOf, own } from '../../src/patterns/own.js';
import { conversationKey, instructionsOf } from '../../src/patterns/prompt-size.js';
import { deepFreeze } from './freeze.js';
import { FORMS, conversations, written } from './generate-conversation.js';
import { generateBlocks } from './repairs/generate-blocks.js';
import { generateGoogle } from './generate-google-request.js';
import { createDice, generateRequest } from './generate-request.js';
import { generateResponse } from './generate-response.js';

const DROP: FixOperation = { messages: 'drop_oldest_turns' };

function itemsOf({ api, params }: RequestView): readonly unknown[] {
  return listOf(own(params, conversationKey(api)));
}

function findingsOf(view: RequestView): readonly unknown[] {
  return listOf(factOf(createFacts(view), 'findings'));
}

function after(view: RequestView, step: FixOperation): RequestView {
  return { ...view, params: applyFix(view, [step]).params };
}

for (const form of FORMS) {
  test(`truncate: what is left of a conversation of ${form.api} fits, is whole, and ends as it did`, (t) => {
    fc.assert(
      fc.property(conversations, fc.integer({ min: 1, max: 110 }), (conversation, percent) => {
        const view = deepFreeze(written(form, conversation));
        const length = requestCharacters(view.api, view.params);
        const characters = Math.max(1, Math.floor((length * percent) / 100));
        const next = after(view, { truncate: { characters } });
        if (next.params === view.params) return;
        fc.pre(length > characters);
        const [before, left] = [itemsOf(view), itemsOf(next)];
        t.true(requestCharacters(view.api, next.params) <= characters);
        t.deepEqual(
          before.filter((item) => left.includes(item)),
          left,
          'the same items in their order',
        );
        t.is(left.at(-1), before.at(-1));
        const question = before.findLastIndex(isQuestion);
        t.true(left.includes(before[question]), 'the last question stays');
        t.true(before.filter(isSystem).every((item) => left.includes(item)));
        t.is(instructionsOf(view.api, next.params), instructionsOf(view.api, view.params));
        t.true(isQuestion(left.find((item) => !isSystem(item))), 'a question opens what is left');
        const stoodOut = findingsOf(view);
        t.true(
          findingsOf(next).every((name) => stoodOut.includes(name)),
          'nothing stands out that did not',
        );
        t.is(after(next, { truncate: { characters } }).params, next.params);
      }),
      { numRuns: 300 },
    );
  });

  test(`truncate: a conversation of ${form.api} that is short enough is the same object`, (t) => {
    fc.assert(
      fc.property(conversations, (conversation) => {
        const view = deepFreeze(written(form, conversation));
        const characters = requestCharacters(view.api, view.params);
        t.is(after(view, { truncate: { characters } }).params, view.params);
      }),
    );
  });
}

function isSystem(item: unknown): boolean {
  return roleOf(item) === 'system';
}

/** What the user says; results of tools have no text of their own in these conversations. */
function isQuestion(item: unknown): boolean {
  if (roleOf(item) !== 'user') return false;
  const content = own(item, 'content') ?? own(item, 'parts');
  return typeof content === 'string' || typeof own(listOf(content)[0], 'text') === 'string';
}

test('truncate: requests that are broken anyway get no more orphans and no more open calls', (t) => {
  const generators = [generateRequest, generateBlocks, generateGoogle, generateResponse];
  for (let seed = 0; seed < 1500; seed += 1) {
    for (const generate of generators) {
      const view = deepFreeze(generate(createDice(seed)));
      const characters = Math.max(1, Math.floor(requestCharacters(view.api, view.params) / 2));
      const next = after(view, { truncate: { characters } });
      if (next.params === view.params) continue;
      const [was, is] = [findingsOf(view), findingsOf(next)];
      for (const name of ['orphan_tool_result', 'open_tool_call', 'tool_call_out_of_turn'])
        if (is.includes(name) && !was.includes(name))
          return t.fail(`seed ${seed}: ${name} in ${JSON.stringify([view.params, next.params])}`);
      t.is(after(next, { truncate: { characters } }).params, next.params, `seed ${seed}`);
    }
  }
  t.pass();
});

const PAGE = 'The crew walked the upper meadow twice before noon. '.repeat(80); // 4,160 characters

for (const form of FORMS) {
  test(`drop_oldest_turns: a conversation of ${form.api} over its window comes to fit, once`, (t) => {
    const turns = Array.from({ length: 130 }, (_, index) => ({
      question: `${index} ${PAGE}`,
      steps: [[900, 20], [40]],
      answer: PAGE,
    }));
    const last = { question: 'And now?', steps: [], answer: '' };
    const view = deepFreeze(written(form, { system: 'Be kind.', turns: [...turns, last] }));
    const short = deepFreeze(written(form, { system: 'Be kind.', turns: [...turns.slice(0, 1), last] }));
    t.is(after(short, DROP).params, short.params);
    t.is(windowOverrun(view), 'prompt_over_window');
    const next = after(view, DROP);
    t.is(windowOverrun(next), undefined);
    t.true(itemsOf(next).length > 1);
    t.is(itemsOf(next).at(-1), itemsOf(view).at(-1));
    t.is(after(next, DROP).params, next.params);
  });
}
