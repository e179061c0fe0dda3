import test from 'ava';
import type { FixOperation } from '../../src/contract/fix.js';
import { MESSAGE_REPAIRS, PARAMETER_REPAIRS, TOOL_REPAIRS } from '../../src/contract/repairs.js';
import type { RequestView } from '../../src/contract/request.js';
import { applyFix } from '../../src/fixes/apply.js';
import { deepFreeze } from './freeze.js';
import { createDice, generateRequest } from './generate-request.js';

function namesOf<Name extends string>(table: { readonly [key in Name]: unknown }): readonly Name[] {
  return Object.keys(table) as Name[]; // the table's own keys
}

const OPERATIONS: readonly FixOperation[] = [
  { set: { temperature: 0.7 } },
  { set: { 'thinking.type': 'disabled', 'metadata.team': { a: [1] } } },
  { unset: ['tool_choice', 'thinking.budget_tokens'] },
  { rename: { from: 'max_tokens', to: 'max_completion_tokens' } },
  { rename: { from: 'top_p', to: 'metadata.top_p' } },
  { clamp: { field: 'temperature', min: 0.2, max: 1 } },
  { default: { max_tokens: 4096, temperature: 0.5 } },
  { prefix: { role: 'system', text: 'First.' } },
  { suffix: { role: 'system', text: 'Last, as json.' } },
  { prefix: { role: 'user', text: 'Before.' } },
  { suffix: { role: 'user', text: 'After.' } },
  ...namesOf(MESSAGE_REPAIRS).map((messages) => ({ messages })),
  ...namesOf(TOOL_REPAIRS).map((tools) => ({ tools })),
  ...namesOf(PARAMETER_REPAIRS).map((parameters) => ({ parameters })),
  { route: { model: 'another' } },
];

const idempotent = test.macro({
  exec(t, operations: readonly FixOperation[]) {
    for (let seed = 0; seed < 400; seed += 1) {
      const view = deepFreeze(generateRequest(createDice(seed)));
      const once = applyFix(view, operations);
      const again = applyFix({ ...view, params: once.params }, operations);
      if (again.params === once.params && again.changes.length === 0) continue;
      t.fail(
        `seed ${seed}: ${JSON.stringify({ request: view.params, once: once.params, changes: again.changes })}`,
      );
      return;
    }
    t.pass();
  },
  title: (given) =>
    `applyFix: ${given ?? ''} changes nothing more the second time, and never writes to the request`,
});

for (const operation of OPERATIONS) test(JSON.stringify(operation), idempotent, [operation]);
test(
  'every prompt addition together',
  idempotent,
  OPERATIONS.filter((step) => 'prefix' in step || 'suffix' in step),
);
test(
  'every message repair together',
  idempotent,
  OPERATIONS.filter((step) => 'messages' in step),
);
test(
  'every tool repair together',
  idempotent,
  OPERATIONS.filter((step) => 'tools' in step),
);

test('applyFix: no changes means the same object, changes mean another', (t) => {
  for (let seed = 0; seed < 400; seed += 1) {
    const dice = createDice(seed);
    const view: RequestView = generateRequest(dice);
    const { params, changes } = applyFix(view, [dice.pick(OPERATIONS)]);
    if ((params === view.params) !== (changes.length === 0)) t.fail(`seed ${seed}`);
  }
  t.pass();
});
