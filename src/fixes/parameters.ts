import type { ParameterRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { dropIdleStreamOptions } from './repairs/drop-idle-stream-options.js';
import type { Repair } from './repairs/repair.js';
import { anthropicNames } from './repairs/anthropic-names.js';
import { anthropicNumbers } from './repairs/anthropic-numbers.js';
import { bareToolChoice } from './repairs/bare-tool-choice.js';
import { dropNegativeSampling } from './repairs/drop-negative-sampling.js';
import { listStopSequences, visibleStopSequences } from './repairs/stop-sequences.js';
import { opaqueUserId } from './repairs/opaque-user-id.js';
import { budgetedThinking, defaultMaxTokens, fitThinkingBudget } from './repairs/thinking-budget.js';

const REPAIRS: { readonly [Name in ParameterRepair]: Repair } = {
  drop_idle_stream_options: dropIdleStreamOptions,
  fit_thinking_budget: fitThinkingBudget,
  budgeted_thinking: budgetedThinking,
  default_max_tokens: defaultMaxTokens,
  bare_tool_choice: bareToolChoice,
  anthropic_numbers: anthropicNumbers,
  drop_negative_sampling: dropNegativeSampling,
  list_stop_sequences: listStopSequences,
  visible_stop_sequences: visibleStopSequences,
  opaque_user_id: opaqueUserId,
  anthropic_names: anthropicNames,
};

/** Runs one repair of parameters. */
export function repairParameters(api: string, params: Fields, repair: ParameterRepair): Fields {
  return REPAIRS[repair](api, params);
}
