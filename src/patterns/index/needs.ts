import type { Condition, Match } from '../../contract/pattern.js';
import type { FindingName } from '../findings/finding-names.js';
import { isSettingsPath, settingsPlaces } from '../google-request.js';
import { findingIn } from '../match-test.js';
import { isRecord } from '../own.js';
import { parameterPath } from '../path.js';
import { CONTEXT_FIELDS, VIEW_FIELDS } from '../view-fields.js';
import { conjunctsOf, type Conjunct } from './conjuncts.js';

/** A parameter, or a field of one that is an object. */
export type ParameterName = readonly [parameter: string, field?: string];

/** What a request must have for a match to hold: one of these at least. */
export interface Needs {
  readonly parameters: readonly ParameterName[];
  readonly findings: readonly FindingName[];
}

/** Parameters of nearly every request: they tell little apart. */
const COMMON: readonly string[] = [
  'messages',
  'contents',
  'input',
  'prompt',
  'system',
  'modelId',
  'max_tokens',
  'stream',
];
/** Needs of more names are worth less than none. */
const MAX_NAMES = 32;

/** How much of what is looked through has to be read to know that a need is not met; less is better. */
const COST = { rare: 0, finding: 1, common: 2 } as const;

const known = new WeakMap<Match, { readonly needs: Needs | undefined }>();

/**
 * What one of which a request must have for a match to hold; undefined when the match does not say.
 * @example needsOf({ api: 'ollama.chat', any: [{ seed: 7 }, { 'facts.findings': { contains: 'empty_stop' } }] })
 * // { parameters: [['seed']], findings: ['empty_stop'] }
 */
export function needsOf(match: Match): Needs | undefined {
  const present = known.get(match);
  if (present) return present.needs;
  const options = [...conjunctsOf(match).flatMap(ofConjunct), ...alternatives(match)];
  const needs = options.reduce<Needs | undefined>(
    (best, option) => (best && costOf(best) <= costOf(option) ? best : option),
    undefined,
  );
  known.set(match, { needs });
  return needs;
}

/** `any` holds through one of its branches, so what it needs is what one of them needs. */
function alternatives({ any, all = [] }: Match): readonly Needs[] {
  const inner = all.flatMap(alternatives);
  if (any === undefined) return inner;
  const branches = any.map(needsOf);
  if (!branches.every((needs) => needs !== undefined)) return inner;
  const parameters = new Map(
    branches.flatMap((needs) => needs.parameters).map((name) => [name.join('.'), name] as const),
  );
  const findings = [...new Set(branches.flatMap((needs) => needs.findings))];
  if (parameters.size + findings.length > MAX_NAMES) return inner;
  return [...inner, { parameters: [...parameters.values()], findings }];
}

/** The dearest of the names, and how many there are. */
function costOf(needs: Needs): number {
  return COST[dearestOf(needs)] * 2 * MAX_NAMES + needs.parameters.length + needs.findings.length;
}

/** True for parameters that few requests have, and no findings. */
export function isRare(needs: Needs): boolean {
  return dearestOf(needs) === 'rare';
}

function dearestOf({ parameters, findings }: Needs): keyof typeof COST {
  if (parameters.some(isCommon)) return 'common';
  return findings.length > 0 ? 'finding' : 'rare';
}

function isCommon([parameter]: ParameterName): boolean {
  return COMMON.includes(parameter);
}

function ofConjunct({ field, condition }: Conjunct): readonly Needs[] {
  const finding = findingIn(field, condition);
  if (finding !== undefined) return [{ parameters: [], findings: [finding] }];
  if (!needsValue(condition)) return [];
  const parameters = parametersOf(field);
  return parameters.length > 0 ? [{ parameters, findings: [] }] : [];
}

/** Where a field may stand; nothing for what is no parameter. */
export function parametersOf(field: string): readonly ParameterName[] {
  if (field.startsWith('facts.') || VIEW_FIELDS.includes(field) || CONTEXT_FIELDS.includes(field)) return [];
  const path = parameterPath(field);
  return (isSettingsPath(path) ? settingsPlaces(path) : [path]).flatMap(([parameter, inner]) =>
    parameter === undefined ? [] : [inner === undefined ? [parameter] : [parameter, inner]],
  );
}

/** Operators that an absent field can pass. */
const PASS_ABSENT: readonly string[] = ['!=', 'not_in'];

function needsValue(condition: Condition): boolean {
  if (!isRecord(condition)) return true;
  return Object.entries(condition).some(([operator, argument]) =>
    operator === 'exists' ? argument === true : !PASS_ABSENT.includes(operator),
  );
}
