import type { ParameterRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { dropIdleStreamOptions } from './repairs/drop-idle-stream-options.js';
import type { Repair } from './repairs/repair.js';
import { anthropicNames } from './repairs/anthropic-names.js';
import { opaqueUserId } from './repairs/opaque-user-id.js';
import { budgetedThinking, defaultMaxTokens, fitThinkingBudget } from './repairs/thinking-budget.js';

const REPAIRS: { readonly [Name in ParameterRepair]: Repair } = {
  drop_idle_stream_options: dropIdleStreamOptions,
  fit_thinking_budget: fitThinkingBudget,
  budgeted_thinking: budgetedThinking,
  default_max_tokens: defaultMaxTokens,
  opaque_user_id: opaqueUserId,
  anthropic_names: anthropicNames,
};

/** Runs one repair of parameters. */
export function repairParameters(api: string, params: Fields, repair: ParameterRepair): Fields {
  return REPAIRS[repair](api, params);
}
