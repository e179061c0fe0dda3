// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { RequestView } from '../../contract/request.js';
import { ANTHROPIC_MESSAGES, BEDROCK_CONVERSE, OPENAI_CHAT } from '../conversation.js';
import { GOOGLE_EMBED, GOOGLE_GENERATE } from '../google-request.js';
import { own } from '../own.js';
import type { FactCache } from '../request-pairing.js';
import { OPENAI_RESPONSES } from '../responses/items.js';
import { anthropicFindings } from './anthropic-findings.js';
import { CHAT_WALKS } from './chat-findings.js';
import { converseFindings } from './converse-findings.js';
import type { FindingName } from './finding-names.js';
import { googleFindings } from './google-findings.js';
import { offeredToolFindings } from './offered-tools.js';
import { dataUrlFindings } from './ollama-images.js';
import { responsesFindings } from './responses-findings.js';
import { IMAGE_FINDINGS, OFFER_FINDINGS, ROLE_FINDINGS } from './role-finding-names.js';
import { roleFindings } from './role-findings.js';
import type { Walk } from './walk.js';

const NONE: readonly FindingName[] = Object.freeze([]);

const CHAT_OF_ANY_SERVER: readonly Walk[] = [
  ...CHAT_WALKS,
  { finds: ROLE_FINDINGS, reads: ['messages'], run: (view, _cache, found) => roleFindings(view, found) },
  { finds: OFFER_FINDINGS, reads: ['tools'], run: (view, _cache, found) => offeredToolFindings(view, found) },
];

const OLLAMA_IMAGES: Walk = {
  finds: IMAGE_FINDINGS,
  reads: ['messages', 'images'],
  run: (view, _cache, found) => dataUrlFindings(view, found),
};

/** By API; every other is read like a chat. */
const FAMILIES: ReadonlyMap<string, readonly Walk[]> = new Map<string, readonly Walk[]>([
  [OPENAI_CHAT, CHAT_OF_ANY_SERVER],
  [OPENAI_RESPONSES, [{ run: responsesFindings }]],
  ['mistral.chat', CHAT_OF_ANY_SERVER],
  ['ollama.chat', [...CHAT_OF_ANY_SERVER, OLLAMA_IMAGES]],
  ['ollama.generate', [OLLAMA_IMAGES]],
  ['cohere.chat', CHAT_OF_ANY_SERVER],
  [ANTHROPIC_MESSAGES, [{ run: anthropicFindings }]],
  [BEDROCK_CONVERSE, [{ run: converseFindings }]],
  [GOOGLE_GENERATE, [{ run: googleFindings }]],
  [GOOGLE_EMBED, []],
]);

function walksOf(api: string): readonly Walk[] {
  return FAMILIES.get(api) ?? CHAT_WALKS;
}

/** Everything that stands out in a request. May throw what the caller's own objects throw. */
export function findingsOf(view: RequestView, cache: FactCache): readonly FindingName[] {
  const found = walksOf(view.api).flatMap((_, walk) => findingsBy(walk, view, cache));
  return found.length === 0 ? NONE : found;
}

/**
 * What one walk finds, which is done once.
 * @param walk - a number {@link walksFor} gives.
 */
export function findingsBy(walk: number, view: RequestView, cache: FactCache): readonly FindingName[] {
  const known = (cache.found ??= []);
  return (known[walk] ??= run(walk, view, cache));
}

/** Whether something of a name stands out; walks that never find it are not done. */
export function hasFinding(name: FindingName, view: RequestView, cache: FactCache): boolean {
  for (const walk of walksFor(name, view.api)) if (findingsBy(walk, view, cache).includes(name)) return true;
  return false;
}

/** By family, what {@link walksFor} said. */
const walksByName = new Map<readonly Walk[], Map<FindingName, readonly number[]>>();

/** Numbers of the walks that may find something in requests of an API. */
export function walksFor(name: FindingName, api: string): readonly number[] {
  const family = walksOf(api);
  const byName = walksByName.get(family) ?? new Map<FindingName, readonly number[]>();
  if (byName.size === 0) walksByName.set(family, byName);
  let walks = byName.get(name);
  if (walks === undefined) {
    walks = family.flatMap(({ finds }, walk) => (finds && !Object.hasOwn(finds, name) ? [] : [walk]));
    byName.set(name, walks);
  }
  return walks;
}

/** What was found of a request, as far as it is the same in one that differs from it in some parameters. */
export function foundBefore(
  before: RequestView,
  found: FactCache['found'],
  after: RequestView,
): typeof found {
  if (found === undefined || before.model !== after.model) return undefined;
  return found.map((names, walk) => {
    const reads = walksOf(after.api)[walk]?.reads;
    const isSame = reads?.every((name) => own(before.params, name) === own(after.params, name));
    return isSame === true ? names : undefined;
  });
}

function run(walk: number, view: RequestView, cache: FactCache): readonly FindingName[] {
  const found: FindingName[] = [];
  walksOf(view.api)[walk]?.run(view, cache, found);
  return found.length === 0 ? NONE : found;
}
