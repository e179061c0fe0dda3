import type { DecideSettings } from './fixes/decide.js';
import { type LearnSettings, learn } from './fixes/learn/learn.js';
import type { Lesson } from './fixes/learn/build-pattern.js';
import type { Refusal } from './fixes/learn/refusal.js';
import { type RepairedRequest, repairLogged } from './fixes/repair-request.js';
import type { PackDefinition } from './contract/pattern.js';
import { loadBuiltinPacks } from './instrumentation/packs/builtin-packs.js';
import { createPackHolder, type PackHolder } from './patterns/pack-holder.js';
import { parsePack } from './patterns/parse-pack.js';
import { type LoggedRequest, viewOfLogged } from './patterns/request-names.js';

export type { FieldChange } from './contract/decision.js';
export type { Params } from './contract/request.js';
export type { Lesson } from './fixes/learn/build-pattern.js';
export type { LearnSettings } from './fixes/learn/learn.js';
export type { Refusal } from './fixes/learn/refusal.js';
export type { PatternDecision, RepairedRequest } from './fixes/repair-request.js';
export type { LoggedRequest } from './patterns/request-names.js';

/** How to decide; what is left out is as in a process that was told nothing. */
export interface RepairOptions extends Partial<DecideSettings> {
  /** Packs beside the built-in ones: YAML or JSON, or checked definitions. */
  readonly packs?: readonly (string | PackDefinition)[];
  /** False to leave the built-in packs out. */
  readonly builtinPack?: boolean;
  /** When the request is sent, in milliseconds since the epoch: patterns may have expired by then. Now, when left out. */
  readonly now?: number;
}

let builtin: PackHolder | undefined;

/**
 * What Arc would send instead of a request: a pure function, for tests of an application and of patterns.
 * @returns `body` is the same object when nothing matches.
 * @throws {ArcError} `ARC_PACK_INVALID` for a pack that is none.
 * @example
 * repairRequest({ provider: 'openai', api: 'openai.chat.completions', body: { model: 'o3', messages: [], max_tokens: 5 } }).body
 * // { model: 'o3', messages: [], max_completion_tokens: 5 }
 */
export function repairRequest(request: LoggedRequest, options: RepairOptions = {}): RepairedRequest {
  const { packs = [], builtinPack = true, now = Date.now(), ...settings } = options;
  const holder =
    builtinPack && packs.length === 0 ? (builtin ??= holderOf([], true)) : holderOf(packs, builtinPack);
  return repairLogged(request, holder.matcher(), { mode: 'apply', minConfidence: 0.8, ...settings }, now);
}

/** A request and what its provider answered. */
export interface RefusedRequest extends LoggedRequest {
  readonly error: Refusal;
}

/**
 * What Arc learns from a refusal: the pattern that repairs the next request of its kind before it leaves, and this request,
 * repaired. A pure function; built-in patterns play no part in it.
 * @returns undefined where the provider's words name no remedy, where what it refused is not the form of the request (who
 * asks, who pays, how often, about what), and where the remedy would drop something the caller wrote.
 * @throws {ArcError} `ARC_CONFIG_INVALID` for an API Arc does not know.
 * @example
 * const error = { status: 400, message: "Unsupported parameter: 'top_p' is not supported with this model." };
 * learnFromRefusal({ api: 'openai.chat.completions', body: { model: 'm', messages: [], top_p: 0.9 }, error })?.body
 * // { model: 'm', messages: [] }
 */
export function learnFromRefusal(
  { error, ...request }: RefusedRequest,
  settings: LearnSettings = {},
): Lesson | undefined {
  return learn(viewOfLogged(request), error, settings);
}

function holderOf(packs: readonly (string | PackDefinition)[], builtinPack: boolean): PackHolder {
  const holder = createPackHolder();
  if (builtinPack) loadBuiltinPacks(holder);
  packs.forEach((pack, index) => {
    holder.put(typeof pack === 'string' ? parsePack(pack, `pack ${index + 1}`) : pack, 'code');
  });
  return holder;
}
