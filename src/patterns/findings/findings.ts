// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { RequestView } from '../../contract/request.js';
import { ANTHROPIC_MESSAGES, BEDROCK_CONVERSE, OPENAI_CHAT } from '../conversation.js';
import type { FactCache } from '../request-pairing.js';
import { anthropicFindings } from './anthropic-findings.js';
import { GOOGLE_EMBED, GOOGLE_GENERATE } from '../google-request.js';
import { chatFindings } from './chat-findings.js';
import { converseFindings } from './converse-findings.js';
import type { FindingName } from './finding-names.js';
import { dataUrlFindings } from './ollama-images.js';
import { offeredToolFindings } from './offered-tools.js';
import { responsesFindings } from './responses-findings.js';
import { roleFindings } from './role-findings.js';
import { OPENAI_RESPONSES } from '../responses/items.js';
import { googleFindings } from './google-findings.js';

/** Adds what stands out in a request of one family of APIs; a name may be added more than once. */
export type FindIn = (view: RequestView, cache: FactCache, found: FindingName[]) => void;

const NONE: readonly FindingName[] = Object.freeze([]);

/** By API; every other is read like a chat. */
const FAMILIES: { readonly [api: string]: FindIn } = {
  [OPENAI_CHAT]: messageFindings,
  [OPENAI_RESPONSES]: responsesFindings,
  'mistral.chat': messageFindings,
  'ollama.chat': ollamaFindings,
  'ollama.generate': (view, _cache, found) => dataUrlFindings(view, found),
  'cohere.chat': messageFindings,
  [ANTHROPIC_MESSAGES]: anthropicFindings,
  [BEDROCK_CONVERSE]: converseFindings,
  [GOOGLE_GENERATE]: googleFindings,
  [GOOGLE_EMBED]: findNothing,
};

function findNothing(): void {}

/** Everything that stands out in a request, in one walk over it. May throw what the caller's own objects throw. */
export function findingsOf(view: RequestView, cache: FactCache): readonly FindingName[] {
  const found: FindingName[] = [];
  (FAMILIES[view.api] ?? chatFindings)(view, cache, found);
  return found.length === 0 ? NONE : found;
}

function messageFindings(view: RequestView, cache: FactCache, found: FindingName[]): void {
  chatFindings(view, cache, found);
  roleFindings(view, found);
  offeredToolFindings(view, found);
}

function ollamaFindings(view: RequestView, cache: FactCache, found: FindingName[]): void {
  messageFindings(view, cache, found);
  dataUrlFindings(view, found);
}
