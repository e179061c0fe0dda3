// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { RequestView } from '../../contract/request.js';
import { messagesOf } from '../conversation.js';
import { asksForJson } from '../json-instructions.js';
import { type FactCache, pairingOf } from '../request-pairing.js';
import { hasDisplacedResult, hasRepeatedResult } from '../tool-results.js';
import {
  JSON_FINDINGS,
  MESSAGE_FINDINGS,
  PAIR_FINDINGS,
  PARAMETER_FINDINGS,
  TOOL_FINDINGS,
} from './chat-finding-names.js';
import type { FindingName } from './finding-names.js';
import { messageFindings } from './message-findings.js';
import { offeredToolFindings } from './offered-tools.js';
import { dataUrlFindings } from './ollama-images.js';
import { parameterFindings } from './parameter-findings.js';
import { IMAGE_FINDINGS, OFFER_FINDINGS, ROLE_FINDINGS } from './role-finding-names.js';
import { roleFindings } from './role-findings.js';
import { toolFindings } from './tool-findings.js';
import type { Walk } from './walk.js';
import { CHAT_WINDOW } from './window-findings.js';

/** What stands out in a request of OpenAI's chat completions and its like. */
export const CHAT_WALKS: readonly Walk[] = [
  { finds: PAIR_FINDINGS, reads: ['messages'], run: pairFindings },
  {
    finds: MESSAGE_FINDINGS,
    reads: ['messages'],
    run: ({ params }, _cache, found) => messageFindings(messagesOf(params), found),
  },
  {
    finds: TOOL_FINDINGS,
    reads: ['messages', 'tools', 'functions', 'tool_choice', 'response_format'],
    run: ({ params }, _cache, found) => toolFindings(params, found),
  },
  { finds: PARAMETER_FINDINGS, run: parameterFindings },
  CHAT_WINDOW,
  {
    finds: JSON_FINDINGS,
    reads: ['messages', 'tools', 'functions', 'response_format'],
    run: ({ params }, _cache, found) => void (asksForJson(params) && found.push('json_by_words')),
  },
];

/** The same, and what only other servers than OpenAI's refuse. */
export const CHAT_OF_ANY_SERVER: readonly Walk[] = [
  ...CHAT_WALKS,
  { finds: ROLE_FINDINGS, reads: ['messages'], run: (view, _cache, found) => roleFindings(view, found) },
  { finds: OFFER_FINDINGS, reads: ['tools'], run: (view, _cache, found) => offeredToolFindings(view, found) },
];

/** What stands out in the images of Ollama's requests. */
export const OLLAMA_IMAGES: Walk = {
  finds: IMAGE_FINDINGS,
  reads: ['messages', 'images'],
  run: (view, _cache, found) => dataUrlFindings(view, found),
};

function pairFindings(view: RequestView, cache: FactCache, found: FindingName[]): void {
  const messages = messagesOf(view.params);
  const pairing = pairingOf(view, cache);
  if (pairing.orphans.length > 0) found.push('orphan_tool_result');
  if (pairing.open.length > 0) found.push('open_tool_call');
  if (hasDisplacedResult(messages, pairing)) found.push('displaced_tool_result');
  if (hasRepeatedResult(messages)) found.push('repeated_tool_result');
}
