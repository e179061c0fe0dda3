import { CHAT_FINDINGS } from './chat-finding-names.js';
import { RESPONSES_FINDINGS } from './responses-finding-names.js';
import { BLOCK_FINDINGS } from './block-finding-names.js';
import { GOOGLE_FINDINGS } from './google-finding-names.js';
import { ROLE_FINDINGS } from './role-finding-names.js';

/**
 * What may stand out in a request, by name: a fact about its shape, which some providers refuse and others take. A pattern
 * says which: `facts.findings: { contains: open_tool_call }` beside a `provider` or a `model`.
 */
export const FINDINGS = {
  orphan_tool_result: 'A tool result answers no call of the turn before.',
  open_tool_call: 'A tool call is not answered right after.',
  ...CHAT_FINDINGS,
  ...RESPONSES_FINDINGS,
  ...BLOCK_FINDINGS,
  ...GOOGLE_FINDINGS,
  ...ROLE_FINDINGS,
} as const satisfies Readonly<Record<string, string>>;

/** Name of a finding. */
export type FindingName = keyof typeof FINDINGS;
