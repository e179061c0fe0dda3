import type { MessageRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { completeCalls, signCalls } from './google/calls.js';
import { askInstructions, instructionsToUser, knownRoles } from './google/contents.js';
import { forGoogle } from './google/for-google.js';
import { pairGoogleTurns } from './google/pair-turns.js';
import { cleanMedia, googleContents } from './google/shapes.js';
import { wellFormedPrompt } from './google/well-formed-prompt.js';
import { answerOpenToolCalls } from './repairs/answer-open-tool-calls.js';
import { dropEmptyMessages } from './repairs/drop-empty-messages.js';
import { dropOrphanToolResults } from './repairs/drop-orphan-tool-results.js';
import { hoistSystem } from './repairs/hoist-system.js';
import type { Repair } from './repairs/repair.js';
import { trimFinalAssistant } from './repairs/trim-final-assistant.js';

const REPAIRS: { readonly [Name in MessageRepair]: Repair } = {
  drop_orphan_tool_results: dropOrphanToolResults,
  answer_open_tool_calls: answerOpenToolCalls,
  drop_empty: dropEmptyMessages,
  trim_final_assistant: trimFinalAssistant,
  hoist_system: hoistSystem,
  well_formed: wellFormedPrompt,
  to_contents: forGoogle(googleContents),
  known_roles: forGoogle(knownRoles),
  pair_turns: forGoogle(pairGoogleTurns),
  complete_calls: forGoogle(completeCalls),
  sign_calls: forGoogle(signCalls),
  clean_media: forGoogle(cleanMedia),
  system_to_user: forGoogle(instructionsToUser),
  ask_system: forGoogle(askInstructions),
};

/** Runs one message repair. A result without any message would fail in another way, so the original is kept then. */
export function repairMessages(api: string, params: Fields, repair: MessageRepair): Fields {
  const next = REPAIRS[repair](api, params);
  const messages = next['messages'];
  return Array.isArray(messages) && messages.length === 0 ? params : next;
}
