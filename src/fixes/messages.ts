import type { MessageRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { answerOpenToolCalls } from './repairs/answer-open-tool-calls.js';
import { dropEmptyMessages } from './repairs/drop-empty-messages.js';
import { dropOrphanToolResults } from './repairs/drop-orphan-tool-results.js';
import { hoistSystem } from './repairs/hoist-system.js';
import type { Repair } from './repairs/repair.js';
import { trimFinalAssistant } from './repairs/trim-final-assistant.js';
import { anthropicShapes } from './repairs/anthropic-shapes.js';
import { limitCacheMarks, shortenLateCache } from './repairs/cache-marks.js';
import { converseShapes } from './repairs/converse-shapes.js';
import { dropUnknownBlockFields } from './repairs/anthropic-fields.js';
import { askToGoOn } from './repairs/ask-to-go-on.js';
import { hoistMisplaced } from './repairs/hoist-misplaced.js';
import { mergeRoles } from './repairs/merge-roles.js';
import { objectToolInputs } from './repairs/object-tool-inputs.js';
import { orderToolResults } from './repairs/order-tool-results.js';
import { dropLastThinking, dropUnsignedThinking, thinkingFirst } from './repairs/thinking-blocks.js';
import { shapeToolResults } from './repairs/shape-tool-results.js';
import { openWithUser } from './repairs/open-with-user.js';
import { systemBlocksToUser } from './repairs/system-blocks-to-user.js';
import { trueMediaTypes } from './repairs/true-media-types.js';
import { validDocuments } from './repairs/valid-documents.js';
import { validToolIds } from './repairs/valid-tool-ids.js';
import { wellFormedTexts } from './repairs/well-formed-texts.js';

const REPAIRS: { readonly [Name in MessageRepair]: Repair } = {
  drop_orphan_tool_results: dropOrphanToolResults,
  answer_open_tool_calls: answerOpenToolCalls,
  drop_empty: dropEmptyMessages,
  trim_final_assistant: trimFinalAssistant,
  hoist_system: hoistSystem,
  hoist_misplaced: hoistMisplaced,
  open_with_user: openWithUser,
  ask_to_go_on: askToGoOn,
  merge_roles: mergeRoles,
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
  well_formed: wellFormedTexts,
};

/** Runs one message repair. A result without any message would fail in another way, so the original is kept then. */
export function repairMessages(api: string, params: Fields, repair: MessageRepair): Fields {
  const next = REPAIRS[repair](api, params);
  const messages = next['messages'];
  return Array.isArray(messages) && messages.length === 0 ? params : next;
}
