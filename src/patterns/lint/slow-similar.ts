import type { Match, PatternDefinition } from '../../contract/pattern.js';
import { accessOf, type AccessPath } from '../index/access.js';
import { conjunctsOf } from '../index/conjuncts.js';
import { isShared } from '../index/field-kinds.js';
import { LEAST_SIMILARITY } from '../index/similar-table.js';

/** Why a pattern is tested on every call, when that is for a `similar` whose threshold is too low to be looked up. */
export function slowSimilarity({ match, scope }: PatternDefinition): string | undefined {
  const low = thresholdsOf(match).find((threshold) => threshold < LEAST_SIMILARITY);
  if (low === undefined || !accessOf(match, scope).some(isEveryCall)) return undefined;
  return (
    `similar: a threshold of ${low} is below ${LEAST_SIMILARITY}, which has no index: the pattern is tested on every call of ` +
    'its api, provider and model; 0.65 finds a prompt of which every tenth word was changed'
  );
}

/** Of all fields, those in alternatives too. */
function thresholdsOf(match: Match): readonly number[] {
  const alternatives = [...(match.any ?? []), ...(match.all ?? []).flatMap(({ any = [] }) => any)];
  const own = conjunctsOf(match).flatMap(({ condition: { similar } }) =>
    typeof similar === 'object' && similar.threshold !== undefined ? [similar.threshold] : [],
  );
  return [...own, ...alternatives.flatMap(thresholdsOf)];
}

function isEveryCall(path: AccessPath): boolean {
  return (
    path.kind === 'scan' || (path.kind === 'key' && path.equalities.every(({ field }) => isShared(field)))
  );
}
