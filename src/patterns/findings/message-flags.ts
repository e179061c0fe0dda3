import type { FindingName } from './finding-names.js';

/** What a walk over messages notes, one bit each, so that a request in which nothing stands out allocates nothing. */
export const FLAG = {
  developer: 1 << 0,
  lateSystem: 1 << 1,
  severalSystems: 1 << 2,
  firstAssistant: 1 << 3,
  lastAssistant: 1 << 4,
  repeatedRole: 1 << 5,
  userAfterTool: 1 << 6,
  emptyAssistant: 1 << 7,
  textParts: 1 << 8,
  severalCalls: 1 << 9,
  callWithoutReasoning: 1 << 10,
  otherToolId: 1 << 11,
  reasoning: 1 << 12,
  named: 1 << 13,
  stray: 1 << 14,
  textArguments: 1 << 15,
  otherArguments: 1 << 16,
  systemAfterAnswer: 1 << 17,
  lastSystem: 1 << 18,
  onlySystem: 1 << 19,
  reasoningContent: 1 << 20,
  incompleteCall: 1 << 21,
  noContent: 1 << 22,
} as const;

/** The finding of each bit, lowest first. */
const NAMES: readonly FindingName[] = [
  'developer_role',
  'late_system',
  'several_systems',
  'first_assistant',
  'last_assistant',
  'repeated_role',
  'user_after_tool',
  'empty_assistant',
  'text_parts',
  'several_tool_calls',
  'tool_call_without_reasoning',
  'tool_id_not_nine',
  'reasoning_in_history',
  'named_message',
  'stray_message_field',
  'text_arguments',
  'malformed_arguments',
  'system_after_answer',
  'last_system',
  'only_system',
  'reasoning_content_in_history',
  'incomplete_tool_call',
  'tool_call_without_content',
];

/** Adds the findings whose bits are set. */
export function addFlagged(flags: number, found: FindingName[]): void {
  for (const [bit, finding] of NAMES.entries()) if ((flags & (1 << bit)) !== 0) found.push(finding);
}
