import type { RequestView } from '../contract/request.js';
import { messagesOf } from './conversation.js';
import type { FindingName } from './findings/finding-names.js';
import { type ToolPairing, pairTools } from './tool-pairing.js';

/** What several facts of one request share, so that it is computed once. */
export interface FactCache {
  pairing: ToolPairing | undefined;
  /** What stands out, by the walk that finds it; see `findings/findings.ts`. */
  found: (readonly FindingName[] | undefined)[] | undefined;
}

/** Which tool results of a request lack a call, and which calls a result. */
export function pairingOf(view: RequestView, cache: FactCache): ToolPairing {
  return (cache.pairing ??= pairTools(view.api, messagesOf(view.params)));
}
