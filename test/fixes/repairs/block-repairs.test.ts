import test from 'ava';
import { run } from '../builtin.js';
import { deepFreeze } from '../freeze.js';
import { createDice } from '../generate-request.js';
import { generateBlocks } from './generate-blocks.js';

test('built-in packs: what they repair in blocks once needs no second repair', (t) => {
  for (let seed = 0; seed < 1_200; seed += 1) {
    const view = deepFreeze(generateBlocks(createDice(seed)));
    const first = run(view);
    if (first.reason === 'error')
      return t.fail(`seed ${seed}: ${String(first.error)} ${JSON.stringify(view.params)}`);
    const second = run({ ...view, params: first.params });
    if (second.params !== first.params)
      return t.fail(`seed ${seed}: ${JSON.stringify(second.changes)} after ${JSON.stringify(first.params)}`);
  }
  t.pass();
});
