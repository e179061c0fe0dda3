import type { MessageRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { completeCalls, signCalls } from './google/calls.js';
import { askInstructions, instructionsToUser, knownRoles } from './google/contents.js';
import { forGoogle } from './google/for-google.js';
import { pairGoogleTurns } from './google/pair-turns.js';
import { cleanMedia, googleContents } from './google/shapes.js';
import { wellFormedPrompt } from './google/well-formed-prompt.js';
import { answerOpenToolCalls } from './repairs/answer-open-tool-calls.js';
import { dropUnknownBlockFields } from './repairs/anthropic-fields.js';
import { anthropicShapes } from './repairs/anthropic-shapes.js';
import { askToGoOn } from './repairs/ask-to-go-on.js';
import { limitCacheMarks, shortenLateCache } from './repairs/cache-marks.js';
import { callsFromBlocks } from './repairs/calls-from-blocks.js';
import { completeReasoning } from './repairs/complete-reasoning.js';
import { completeToolResults } from './repairs/complete-tool-results.js';
import { converseShapes } from './repairs/converse-shapes.js';
import { convertChatInput } from './repairs/convert-chat-input.js';
import { developerToSystem } from './repairs/developer-to-system.js';
import { dropDuplicateItems } from './repairs/drop-duplicate-items.js';
import { dropEmptyAssistant } from './repairs/drop-empty-assistant.js';
import { dropEmptyMessages } from './repairs/drop-empty-messages.js';
import { dropForeignFields } from './repairs/drop-foreign-fields.js';
import { dropItemReferences } from './repairs/drop-item-references.js';
import { dropOldestTurns } from './repairs/drop-oldest-turns.js';
import { dropOrphanToolResults } from './repairs/drop-orphan-tool-results.js';
import { dropStrayReasoning } from './repairs/drop-stray-reasoning.js';
import { dropUnreasonedIds } from './repairs/drop-unreasoned-ids.js';
import { contentAsText, fillContent, nameContent } from './repairs/fill-content.js';
import { gatherToolResults } from './repairs/gather-tool-results.js';
import { hoistMisplaced } from './repairs/hoist-misplaced.js';
import { hoistSystem } from './repairs/hoist-system.js';
import { imagesToUser } from './repairs/images-to-user.js';
import { joinTextParts } from './repairs/join-text-parts.js';
import { mergeRepeatedRoles } from './repairs/merge-repeated-roles.js';
import { mergeToolResults } from './repairs/merge-tool-results.js';
import { dropUnknownFields, referByName } from './repairs/message-fields.js';
import { nestToolCalls } from './repairs/nest-tool-calls.js';
import { nineCharacterIds } from './repairs/nine-character-ids.js';
import { objectToolInputs } from './repairs/object-tool-inputs.js';
import { startWithUser } from './repairs/start-with-user.js';
import { orderToolResults } from './repairs/order-tool-results.js';
import { parseArguments } from './repairs/parse-arguments.js';
import { addReasoningContent, dropReasoning, dropReasoningContent } from './repairs/reasoning-fields.js';
import { repairItemIds } from './repairs/repair-item-ids.js';
import type { Repair } from './repairs/repair.js';
import { shapeToolResults } from './repairs/shape-tool-results.js';
import { splitToolCalls } from './repairs/split-tool-calls.js';
import { standardParts } from './repairs/standard-parts.js';
import { instructionsAsUser, standardRoles } from './repairs/standard-roles.js';
import { dropNames, dropStrayFields } from './repairs/stray-message-fields.js';
import { stringifyCallData } from './repairs/stringify-call-data.js';
import { stripDataUrls } from './repairs/strip-data-urls.js';
import { systemBlocksToUser } from './repairs/system-blocks-to-user.js';
import { foldSystem, mergeSystem } from './repairs/system-messages.js';
import { dropLastThinking, dropUnsignedThinking, thinkingFirst } from './repairs/thinking-blocks.js';
import { completeToolCalls, dropEmptyToolCalls, shortenToolCallIds } from './repairs/tool-calls.js';
import { trimFinalAssistant } from './repairs/trim-final-assistant.js';
import { trueMediaTypes } from './repairs/true-media-types.js';
import { acknowledgeResults, endWithUser, markPrefix } from './repairs/turn-ends.js';
import { validDocuments } from './repairs/valid-documents.js';
import { validToolIds } from './repairs/valid-tool-ids.js';
import { writeArguments } from './repairs/write-arguments.js';

const REPAIRS: { readonly [Name in MessageRepair]: Repair } = {
  drop_orphan_tool_results: dropOrphanToolResults,
  answer_open_tool_calls: answerOpenToolCalls,
  drop_empty: dropEmptyMessages,
  trim_final_assistant: trimFinalAssistant,
  hoist_system: hoistSystem,
  convert_chat_input: convertChatInput,
  drop_foreign_fields: dropForeignFields,
  repair_item_ids: repairItemIds,
  stringify_call_data: stringifyCallData,
  drop_duplicate_items: dropDuplicateItems,
  complete_reasoning: completeReasoning,
  drop_stray_reasoning: dropStrayReasoning,
  drop_unreasoned_ids: dropUnreasonedIds,
  drop_item_references: dropItemReferences,
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
  well_formed: wellFormedPrompt,
  complete_tool_calls: completeToolCalls,
  shorten_tool_call_ids: shortenToolCallIds,
  merge_system: mergeSystem,
  fold_system: foldSystem,
  developer_to_system: developerToSystem,
  merge_repeated_roles: mergeRepeatedRoles,
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
  hoist_misplaced: hoistMisplaced,
  start_with_user: startWithUser,
  ask_to_go_on: askToGoOn,
  system_blocks_to_user: systemBlocksToUser,
  anthropic_shapes: anthropicShapes,
  converse_shapes: converseShapes,
  drop_unknown_block_fields: dropUnknownBlockFields,
  object_tool_inputs: objectToolInputs,
  shape_tool_results: shapeToolResults,
  valid_tool_ids: validToolIds,
  tool_results_first: orderToolResults,
  thinking_first: thinkingFirst,
  drop_last_thinking: dropLastThinking,
  drop_unsigned_thinking: dropUnsignedThinking,
  true_media_types: trueMediaTypes,
  valid_documents: validDocuments,
  limit_cache_marks: limitCacheMarks,
  shorten_late_cache: shortenLateCache,
  to_contents: forGoogle(googleContents),
  known_roles: forGoogle(knownRoles),
  pair_turns: forGoogle(pairGoogleTurns),
  complete_calls: forGoogle(completeCalls),
  sign_calls: forGoogle(signCalls),
  clean_media: forGoogle(cleanMedia),
  system_to_user: forGoogle(instructionsToUser),
  drop_oldest_turns: dropOldestTurns,
  ask_system: forGoogle(askInstructions),
};

/** Runs one message repair. A result without any message would fail in another way, so the original is kept then. */
export function repairMessages(api: string, params: Fields, repair: MessageRepair): Fields {
  const next = REPAIRS[repair](api, params);
  const messages = next['messages'];
  return Array.isArray(messages) && messages.length === 0 ? params : next;
}
