import type { MessageRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
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
};

/** Runs one message repair. A result without any message would fail in another way, so the original is kept then. */
export function repairMessages(api: string, params: Fields, repair: MessageRepair): Fields {
  const next = REPAIRS[repair](api, params);
  const messages = next['messages'];
  return Array.isArray(messages) && messages.length === 0 ? params : next;
}
