import {
  JSON_FINDINGS,
  MESSAGE_FINDINGS,
  PAIR_FINDINGS,
  PARAMETER_FINDINGS,
  TOOL_FINDINGS,
  WINDOW_FINDINGS,
} from './chat-finding-names.js';
import { RESPONSES_FINDINGS } from './responses-finding-names.js';
import { BLOCK_FINDINGS } from './block-finding-names.js';
import { GOOGLE_FINDINGS } from './google-finding-names.js';
import { IMAGE_FINDINGS, OFFER_FINDINGS, ROLE_FINDINGS } from './role-finding-names.js';

/**
 * What may stand out in a request, by name: a fact about its shape, which some providers refuse and others take. A pattern
 * says which: `facts.findings: { contains: open_tool_call }` beside a `provider` or a `model`.
 */
export const FINDINGS = {
  ...PAIR_FINDINGS,
  ...MESSAGE_FINDINGS,
  ...TOOL_FINDINGS,
  ...PARAMETER_FINDINGS,
  ...WINDOW_FINDINGS,
  ...JSON_FINDINGS,
  ...RESPONSES_FINDINGS,
  ...BLOCK_FINDINGS,
  ...GOOGLE_FINDINGS,
  ...ROLE_FINDINGS,
  ...OFFER_FINDINGS,
  ...IMAGE_FINDINGS,
} as const satisfies Readonly<Record<string, string>>;

/** Name of a finding. */
export type FindingName = keyof typeof FINDINGS;

/** True for the name of a finding. */
export function isFindingName(name: unknown): name is FindingName {
  return typeof name === 'string' && Object.hasOwn(FINDINGS, name);
}
