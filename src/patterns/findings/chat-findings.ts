// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { RequestView } from '../../contract/request.js';
import { messagesOf } from '../conversation.js';
import { type FactCache, pairingOf } from '../request-pairing.js';
import { hasDisplacedResult, hasRepeatedResult } from '../tool-results.js';
import type { FindingName } from './finding-names.js';
import { messageFindings } from './message-findings.js';
import { parameterFindings } from './parameter-findings.js';
import { toolFindings } from './tool-findings.js';

/** What stands out in a request of OpenAI's chat completions and its like. */
export function chatFindings(view: RequestView, cache: FactCache, found: FindingName[]): void {
  const pairing = pairingOf(view, cache);
  const messages = messagesOf(view.params);
  if (pairing.orphans.length > 0) found.push('orphan_tool_result');
  if (pairing.open.length > 0) found.push('open_tool_call');
  if (hasDisplacedResult(messages, pairing)) found.push('displaced_tool_result');
  if (hasRepeatedResult(messages)) found.push('repeated_tool_result');
  messageFindings(messages, found);
  toolFindings(view.params, found);
  parameterFindings(view, found);
}
