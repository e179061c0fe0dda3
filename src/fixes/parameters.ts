import type { ParameterRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { forGoogle } from './google/for-google.js';
import { placeFields } from './google/place-fields.js';
import { knownSafety } from './google/safety.js';
import { fiveStopSequences, wholeSettings } from './google/settings.js';
import { anthropicNames } from './repairs/anthropic-names.js';
import { anthropicNumbers } from './repairs/anthropic-numbers.js';
import { bareToolChoice } from './repairs/bare-tool-choice.js';
import { dropAccountFields } from './repairs/drop-account-fields.js';
import { dropChatStreamOptions } from './repairs/drop-chat-stream-options.js';
import { dropForeignParameters } from './repairs/drop-foreign-parameters.js';
import { dropIdleStreamOptions } from './repairs/drop-idle-stream-options.js';
import { dropNegativeSampling } from './repairs/drop-negative-sampling.js';
import { dropReasoningInclude } from './repairs/drop-reasoning-include.js';
import { fitContext } from './repairs/fit-context.js';
import { dropForeign, instructionsToMessages } from './repairs/foreign-parameters.js';
import { metadataAsText, smallMetadata } from './repairs/metadata.js';
import { moveLogprobs } from './repairs/move-logprobs.js';
import { moveResponseFormat } from './repairs/move-response-format.js';
import { numberKeepAlive } from './repairs/number-keep-alive.js';
import { opaqueUserId } from './repairs/opaque-user-id.js';
import { optionTypes } from './repairs/option-types.js';
import type { Repair } from './repairs/repair.js';
import { schemaToJsonMode } from './repairs/schema-to-json-mode.js';
import { standardFormat } from './repairs/standard-format.js';
import { listStopSequences, visibleStopSequences } from './repairs/stop-sequences.js';
import { fewerStops, firstStops } from './repairs/stops.js';
import { budgetedThinking, defaultMaxTokens, fitThinkingBudget } from './repairs/thinking-budget.js';
import { clampBias, fillInputs, plainModel, shortenInputs } from './repairs/value-limits.js';
import { effortAsText, numberTypes, shortenIdentifiers } from './repairs/value-types.js';

const REPAIRS: { readonly [Name in ParameterRepair]: Repair } = {
  drop_idle_stream_options: dropIdleStreamOptions,
  drop_chat_stream_options: dropChatStreamOptions,
  drop_foreign_parameters: dropForeignParameters,
  drop_reasoning_include: dropReasoningInclude,
  move_logprobs: moveLogprobs,
  move_response_format: moveResponseFormat,
  fit_context: fitContext,
  number_keep_alive: numberKeepAlive,
  option_types: optionTypes,
  schema_to_json_mode: schemaToJsonMode,
  drop_foreign: dropForeign,
  instructions_to_messages: instructionsToMessages,
  effort_as_text: effortAsText,
  number_types: numberTypes,
  shorten_identifiers: shortenIdentifiers,
  plain_model: plainModel,
  standard_format: standardFormat,
  clamp_bias: clampBias,
  small_metadata: smallMetadata,
  shorten_inputs: shortenInputs,
  metadata_as_text: metadataAsText,
  fewer_stops: fewerStops,
  first_stops: firstStops,
  fill_inputs: fillInputs,
  drop_account_fields: dropAccountFields,
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
  place_fields: forGoogle(placeFields),
  whole_settings: forGoogle(wholeSettings),
  five_stop_sequences: forGoogle(fiveStopSequences),
  known_safety: forGoogle(knownSafety),
};

/** Runs one repair of parameters. */
export function repairParameters(api: string, params: Fields, repair: ParameterRepair): Fields {
  return REPAIRS[repair](api, params);
}
