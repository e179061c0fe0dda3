import type { PatternDefinition, PatternScope } from '../../contract/pattern.js';
import type { Conjunction } from './conjunction.js';
import { implies } from './logic.js';
import type { Profile } from './profile.js';
import { defeats } from './writes.js';

/**
 * Why a pattern never gets to act because of one that acts before it, or undefined when that cannot be shown: the earlier
 * one fits whenever it does, is treated whenever it is, and leaves it nothing to do.
 * @param own - the pattern's match, taken apart.
 */
export function shadowOf(pattern: Profile, own: Conjunction, earlier: Profile): string | undefined {
  const isSameFix = pattern.fix === earlier.fix;
  const defeated = isSameFix ? undefined : defeatedField(own, earlier);
  if (!isSameFix && defeated === undefined) return undefined;
  if (!actsWheneverThisDoes(earlier.pattern, pattern.pattern)) return undefined;
  if (!implies(own, earlier.match)) return undefined;
  const [name, before] = [pattern.pattern.id, earlier.pattern.id];
  const effect = isSameFix ? 'does the same' : `leaves ${defeated} so that "${name}" no longer fits`;
  return `never acts: whenever it fits, "${before}" fits too, acts first and ${effect}`;
}

/** A field the pattern asks something of that no longer holds once the earlier one has acted. */
function defeatedField({ domains }: Conjunction, earlier: Profile): string | undefined {
  for (const [field, write] of earlier.writes) {
    // A value below another is written only where nothing stands in the way.
    if (field.includes('.') && write.kind !== 'absent') continue;
    const keys =
      field === 'model' && write.kind === 'value' ? ['model', 'params.model'] : [`params.${field}`];
    for (const key of keys) {
      const wanted = domains.get(key);
      if (wanted !== undefined && defeats(write, wanted)) return field;
    }
  }
  return undefined;
}

function actsWheneverThisDoes(earlier: PatternDefinition, pattern: PatternDefinition): boolean {
  return (
    (earlier.mode ?? 'apply') === 'apply' &&
    pattern.mode !== 'off' &&
    earlier.rollout >= 1 &&
    earlier.confidence >= pattern.confidence &&
    outlives(earlier, pattern) &&
    covers(earlier.scope, pattern.scope)
  );
}

function outlives(earlier: PatternDefinition, pattern: PatternDefinition): boolean {
  if (earlier.ttl !== undefined) return false; // versions are first seen at different times
  if (earlier.expires === undefined) return true;
  return pattern.expires !== undefined && Date.parse(pattern.expires) <= Date.parse(earlier.expires);
}

/** Only what a process decides by itself; the rest of a scope is part of the match. */
function covers(earlier: PatternScope | undefined, scope: PatternScope | undefined): boolean {
  const parts = ['service', 'environment'] as const;
  return parts.every((part) => {
    const [wide, narrow] = [earlier?.[part], scope?.[part]];
    return wide === undefined || (narrow?.every((value) => wide.includes(value)) ?? false);
  });
}
