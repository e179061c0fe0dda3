// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { RequestView } from '../../contract/request.js';
import { pairingOf, type FactCache } from '../request-pairing.js';
import type { FindingName } from './finding-names.js';

/** What stands out in `messages`, as OpenAI's chat completions and its like have them. */
export function chatFindings(view: RequestView, cache: FactCache, found: FindingName[]): void {
  const { orphans, open } = pairingOf(view, cache);
  if (orphans.length > 0) found.push('orphan_tool_result');
  if (open.length > 0) found.push('open_tool_call');
}
