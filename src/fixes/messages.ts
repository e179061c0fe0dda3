import type { MessageRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import type { Repair } from './repairs/repair.js';
import { answerOpenToolCalls } from './repairs/answer-open-tool-calls.js';
import { completeReasoning } from './repairs/complete-reasoning.js';
import { convertChatInput } from './repairs/convert-chat-input.js';
import { dropDuplicateItems } from './repairs/drop-duplicate-items.js';
import { dropEmptyMessages } from './repairs/drop-empty-messages.js';
import { dropForeignFields } from './repairs/drop-foreign-fields.js';
import { dropItemReferences } from './repairs/drop-item-references.js';
import { dropOrphanToolResults } from './repairs/drop-orphan-tool-results.js';
import { dropStrayReasoning } from './repairs/drop-stray-reasoning.js';
import { dropUnreasonedIds } from './repairs/drop-unreasoned-ids.js';
import { hoistSystem } from './repairs/hoist-system.js';
import { repairItemIds } from './repairs/repair-item-ids.js';
import { stringifyCallData } from './repairs/stringify-call-data.js';
import { callsFromBlocks } from './repairs/calls-from-blocks.js';
import { completeToolResults } from './repairs/complete-tool-results.js';
import { contentAsText, fillContent, nameContent } from './repairs/fill-content.js';
import { gatherToolResults } from './repairs/gather-tool-results.js';
import { imagesToUser } from './repairs/images-to-user.js';
import { mergeToolResults } from './repairs/merge-tool-results.js';
import { dropUnknownFields, referByName } from './repairs/message-fields.js';
import { standardParts } from './repairs/standard-parts.js';
import { instructionsAsUser, standardRoles } from './repairs/standard-roles.js';
import { completeToolCalls, dropEmptyToolCalls, shortenToolCallIds } from './repairs/tool-calls.js';
import { wellFormedTexts } from './repairs/well-formed-texts.js';
import { trimFinalAssistant } from './repairs/trim-final-assistant.js';

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
