// HOT: runs on every call that is repaired. Budget 50 µs for a 10 kB request; measure with `npm run bench -- match`.
import type { FieldChange } from '../contract/decision.js';
import type { FixOperation } from '../contract/fix.js';
import type { Params, RequestView } from '../contract/request.js';
import { diffParams } from './diff.js';
import { repairMessages } from './messages.js';
import { clampField, defaultFields, renameField, setFields, unsetFields } from './parameter.js';
import { addToPrompt } from './prompt.js';
import { routeTo } from './route.js';
import { repairTools } from './tools.js';

/** A repaired request and what is different about it. */
export interface FixResult {
  /** The caller's own object when nothing changed, else a copy that shares every sub-object no step touched. */
  readonly params: Params;
  readonly changes: readonly FieldChange[];
}

/**
 * Runs the steps of a fix in order, on copies. The caller's objects are never written to and may be frozen.
 * @example applyFix(view, [{ clamp: { field: 'temperature', max: 1 } }]).changes
 * // [{ path: 'temperature', before: 1.4, after: 1 }]
 */
export function applyFix(view: RequestView, operations: readonly FixOperation[]): FixResult {
  let params = view.params;
  for (const operation of operations) params = applyStep(view.api, params, operation);
  const changes = diffParams(view.params, params);
  return { params: changes.length === 0 ? view.params : params, changes };
}

function applyStep(api: string, params: Params, step: FixOperation): Params {
  if ('set' in step) return setFields(params, step.set);
  if ('unset' in step) return unsetFields(params, step.unset);
  if ('rename' in step) return renameField(params, step.rename);
  if ('clamp' in step) return clampField(params, step.clamp);
  if ('default' in step) return defaultFields(params, step.default);
  if ('prefix' in step) return addToPrompt(api, params, { ...step.prefix, place: 'before' });
  if ('suffix' in step) return addToPrompt(api, params, { ...step.suffix, place: 'after' });
  if ('messages' in step) return repairMessages(api, params, step.messages);
  if ('tools' in step) return repairTools(params, step.tools);
  return routeTo(params, step.route);
}
