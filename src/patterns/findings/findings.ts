// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { RequestView } from '../../contract/request.js';
import { ANTHROPIC_MESSAGES, BEDROCK_CONVERSE, OPENAI_CHAT } from '../conversation.js';
import { GOOGLE_EMBED, GOOGLE_GENERATE } from '../google-request.js';
import { own } from '../own.js';
import type { FactCache } from '../request-pairing.js';
import { OPENAI_RESPONSES } from '../responses/items.js';
import type { FindingName } from './finding-names.js';
import type { FindIn, Walk } from './walk.js';

const NONE: readonly FindingName[] = Object.freeze([]);

/** What a family reads its requests with, loaded with the first of them: start-up time belongs to the application. */
const FAMILIES: { readonly [api: string]: () => readonly Walk[] } = {
  [OPENAI_CHAT]: () => chats().CHAT_OF_ANY_SERVER,
  'mistral.chat': () => chats().CHAT_OF_ANY_SERVER,
  'cohere.chat': () => chats().CHAT_OF_ANY_SERVER,
  'ollama.chat': () => [...chats().CHAT_OF_ANY_SERVER, chats().OLLAMA_IMAGES],
  'ollama.generate': () => [chats().OLLAMA_IMAGES],
  [OPENAI_RESPONSES]: () =>
    inOneWalk(
      (require('./responses-findings.js') as typeof import('./responses-findings.js')).responsesFindings,
    ),
  [ANTHROPIC_MESSAGES]: () =>
    inOneWalk(
      (require('./anthropic-findings.js') as typeof import('./anthropic-findings.js')).anthropicFindings,
    ),
  [BEDROCK_CONVERSE]: () =>
    inOneWalk(
      (require('./converse-findings.js') as typeof import('./converse-findings.js')).converseFindings,
    ),
  [GOOGLE_GENERATE]: () =>
    inOneWalk((require('./google-findings.js') as typeof import('./google-findings.js')).googleFindings),
  [GOOGLE_EMBED]: () => [],
};

function chats(): typeof import('./chat-findings.js') {
  return require('./chat-findings.js') as typeof import('./chat-findings.js');
}

function inOneWalk(run: FindIn): readonly Walk[] {
  const { PROMPT_WINDOW } = require('./window-findings.js') as typeof import('./window-findings.js');
  return [{ run }, PROMPT_WINDOW];
}

const families = new Map<string, readonly Walk[]>();

/** Every API that has no family is read like a chat. */
function walksOf(api: string): readonly Walk[] {
  const known = families.get(api);
  if (known) return known;
  const load = Object.hasOwn(FAMILIES, api) ? FAMILIES[api] : undefined;
  if (load === undefined) return chats().CHAT_WALKS;
  const walks = load();
  families.set(api, walks);
  return walks;
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
  const walks = walksOf(after.api);
  return found.map((names, walk) => {
    const reads = walks[walk]?.reads;
    const isSame = reads?.every((name) => own(before.params, name) === own(after.params, name));
    return isSame === true ? names : undefined;
  });
}

function run(walk: number, view: RequestView, cache: FactCache): readonly FindingName[] {
  const found: FindingName[] = [];
  walksOf(view.api)[walk]?.run(view, cache, found);
  return found.length === 0 ? NONE : found;
}
