import test from 'ava';
import type { FixOperation } from '../../../src/contract/fix.js';
import { applyFix } from '../../../src/fixes/apply.js';
import { run } from '../builtin.js';
import { deepFreeze } from '../freeze.js';
import { createDice } from '../generate-request.js';
import { generateBlocks } from './generate-blocks.js';

const SEEDS = 400;

const REPAIRS: readonly FixOperation[] = [
  { messages: 'drop_orphan_tool_results' },
  { messages: 'answer_open_tool_calls' },
  { messages: 'drop_empty' },
  { messages: 'trim_final_assistant' },
  { messages: 'hoist_system' },
  { messages: 'hoist_misplaced' },
  { messages: 'start_with_user' },
  { messages: 'ask_to_go_on' },
  { messages: 'merge_repeated_roles' },
  { messages: 'system_blocks_to_user' },
  { messages: 'anthropic_shapes' },
  { messages: 'converse_shapes' },
  { messages: 'drop_unknown_block_fields' },
  { messages: 'object_tool_inputs' },
  { messages: 'shape_tool_results' },
  { messages: 'valid_tool_ids' },
  { messages: 'tool_results_first' },
  { messages: 'thinking_first' },
  { messages: 'drop_unsigned_thinking' },
  { messages: 'drop_last_thinking' },
  { messages: 'true_media_types' },
  { messages: 'valid_documents' },
  { messages: 'limit_cache_marks' },
  { messages: 'shorten_late_cache' },
  { messages: 'well_formed' },
  { tools: 'native_shape' },
  { tools: 'drop_unknown_tool_fields' },
  { tools: 'valid_names' },
  { tools: 'unique_names' },
  { tools: 'object_schemas' },
  { tools: 'modern_schemas' },
  { tools: 'drop_blank_descriptions' },
  { tools: 'declare_called' },
  { tools: 'enforceable_schemas' },
  { parameters: 'fit_thinking_budget' },
  { parameters: 'budgeted_thinking' },
  { parameters: 'default_max_tokens' },
  { parameters: 'bare_tool_choice' },
  { parameters: 'drop_negative_sampling' },
  { parameters: 'list_stop_sequences' },
  { parameters: 'visible_stop_sequences' },
  { parameters: 'opaque_user_id' },
  { parameters: 'anthropic_numbers' },
  { parameters: 'anthropic_names' },
];

for (const repair of REPAIRS) {
  test(`repair ${JSON.stringify(repair)}: changes nothing more the second time, and never writes to the request`, (t) => {
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const view = deepFreeze(generateBlocks(createDice(seed)));
      const once = applyFix(view, [repair]);
      const again = applyFix({ ...view, params: once.params }, [repair]);
      if (again.params !== once.params)
        return t.fail(
          `seed ${seed}: ${JSON.stringify({ request: view.params, once: once.params, changes: again.changes })}`,
        );
    }
    t.pass();
  });
}

test('built-in packs: what they repair in blocks once needs no second repair', (t) => {
  for (let seed = 0; seed < 3 * SEEDS; seed += 1) {
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
