import type { MessageRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { nestToolCalls } from './repairs/nest-tool-calls.js';
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
import { callsFromBlocks } from './repairs/calls-from-blocks.js';
import { completeToolResults } from './repairs/complete-tool-results.js';
import { contentAsText, fillContent, nameContent } from './repairs/fill-content.js';
import { gatherToolResults } from './repairs/gather-tool-results.js';
import { imagesToUser } from './repairs/images-to-user.js';
import { mergeToolResults } from './repairs/merge-tool-results.js';
import { dropUnknownFields, referByName } from './repairs/message-fields.js';
import type { Repair } from './repairs/repair.js';
import { stripDataUrls } from './repairs/strip-data-urls.js';
import { standardParts } from './repairs/standard-parts.js';
import { instructionsAsUser, standardRoles } from './repairs/standard-roles.js';
import { completeToolCalls, dropEmptyToolCalls, shortenToolCallIds } from './repairs/tool-calls.js';
import { wellFormedTexts } from './repairs/well-formed-texts.js';
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
  nest_tool_calls: nestToolCalls,
  write_arguments: writeArguments,
  parse_arguments: parseArguments,
  gather_tool_results: gatherToolResults,
  merge_tool_results: mergeToolResults,
  standard_roles: standardRoles,
  instructions_as_user: instructionsAsUser,
  drop_unknown_fields: dropUnknownFields,
  refer_by_name: referByName,
  fill_content: fillContent,
  name_content: nameContent,
  content_as_text: contentAsText,
  standard_parts: standardParts,
  images_to_user: imagesToUser,
  drop_empty_tool_calls: dropEmptyToolCalls,
  calls_from_blocks: callsFromBlocks,
  complete_tool_results: completeToolResults,
  well_formed: wellFormedTexts,
  complete_tool_calls: completeToolCalls,
  shorten_tool_call_ids: shortenToolCallIds,
};

/** Runs one message repair. A result without any message would fail in another way, so the original is kept then. */
export function repairMessages(api: string, params: Fields, repair: MessageRepair): Fields {
  const next = REPAIRS[repair](api, params);
  const messages = next['messages'];
  return Array.isArray(messages) && messages.length === 0 ? params : next;
}
