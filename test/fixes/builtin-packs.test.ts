import test from 'ava';
import { holder, run } from './builtin.js';
import { deepFreeze } from './freeze.js';
import { createDice, generateRequest } from './generate-request.js';

test('built-in packs: every pattern is described, sourced, confident enough and unique', (t) => {
  t.deepEqual(
    holder.packs().map(({ name }) => name),
    [
      'arc.anthropic-effort',
      'arc.anthropic-messages',
      'arc.anthropic-parameters',
      'arc.anthropic-thinking',
      'arc.anthropic-tool-calls',
      'arc.anthropic-tools',
      'arc.anthropic',
      'arc.bedrock-claude',
      'arc.bedrock-limits',
      'arc.bedrock-tool-calls',
      'arc.bedrock-tools',
      'arc.bedrock',
      'arc.openai',
    ],
  );
  t.deepEqual(holder.conflicts(), []);
  for (const { id, description, source, confidence } of holder.definitions()) {
    t.regex(description ?? '', /^\S.*\.$/, id);
    t.regex(source ?? '', /^https:\/\//, id);
    t.true(confidence >= 0.8 && confidence < 1, id);
  }
});

test('built-in packs: what they repair once needs no second repair, over generated requests', (t) => {
  for (let seed = 0; seed < 1500; seed += 1) {
    const view = deepFreeze(generateRequest(createDice(seed)));
    const first = run(view);
    if (first.reason === 'error') return t.fail(`seed ${seed}: ${String(first.error)}`);
    const second = run({ ...view, params: first.params });
    if (second.params !== first.params)
      return t.fail(`seed ${seed}: ${JSON.stringify(second.changes)} after ${JSON.stringify(first.params)}`);
  }
  t.pass();
});
