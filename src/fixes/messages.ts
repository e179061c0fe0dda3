import type { MessageRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { addEmptyContent, completeToolCalls } from './repairs/complete-tool-calls.js';
import { developerToSystem } from './repairs/developer-to-system.js';
import { dropEmptyAssistant } from './repairs/drop-empty-assistant.js';
import { joinTextParts } from './repairs/join-text-parts.js';
import { mergeRepeatedRoles } from './repairs/merge-repeated-roles.js';
import { dropNames, dropStrayFields } from './repairs/stray-message-fields.js';
import { nineCharacterIds } from './repairs/nine-character-ids.js';
import { parseArguments } from './repairs/parse-arguments.js';
import { addReasoningContent, dropReasoning, dropReasoningContent } from './repairs/reasoning-fields.js';
import { splitToolCalls } from './repairs/split-tool-calls.js';
import { foldSystem, mergeSystem } from './repairs/system-messages.js';
import { acknowledgeResults, endWithUser, markPrefix, startWithUser } from './repairs/turn-ends.js';
import { answerOpenToolCalls } from './repairs/answer-open-tool-calls.js';
import { dropEmptyMessages } from './repairs/drop-empty-messages.js';
import { dropOrphanToolResults } from './repairs/drop-orphan-tool-results.js';
import { hoistSystem } from './repairs/hoist-system.js';
import type { Repair } from './repairs/repair.js';
import { stripDataUrls } from './repairs/strip-data-urls.js';
import { trimFinalAssistant } from './repairs/trim-final-assistant.js';
import { writeArguments } from './repairs/write-arguments.js';

const REPAIRS: { readonly [Name in MessageRepair]: Repair } = {
  drop_orphan_tool_results: dropOrphanToolResults,
  answer_open_tool_calls: answerOpenToolCalls,
  drop_empty: dropEmptyMessages,
  trim_final_assistant: trimFinalAssistant,
  hoist_system: hoistSystem,
  merge_system: mergeSystem,
  fold_system: foldSystem,
  developer_to_system: developerToSystem,
  merge_repeated_roles: mergeRepeatedRoles,
  start_with_user: startWithUser,
  end_with_user: endWithUser,
  mark_prefix: markPrefix,
  acknowledge_results: acknowledgeResults,
  drop_empty_assistant: dropEmptyAssistant,
  join_text_parts: joinTextParts,
  drop_stray_fields: dropStrayFields,
  drop_names: dropNames,
  drop_reasoning: dropReasoning,
  drop_reasoning_content: dropReasoningContent,
  strip_data_urls: stripDataUrls,
  add_reasoning_content: addReasoningContent,
  nine_character_ids: nineCharacterIds,
  split_tool_calls: splitToolCalls,
  complete_tool_calls: completeToolCalls,
  add_empty_content: addEmptyContent,
  write_arguments: writeArguments,
  parse_arguments: parseArguments,
};

/** Runs one message repair. A result without any message would fail in another way, so the original is kept then. */
export function repairMessages(api: string, params: Fields, repair: MessageRepair): Fields {
  const next = REPAIRS[repair](api, params);
  const messages = next['messages'];
  return Array.isArray(messages) && messages.length === 0 ? params : next;
}
