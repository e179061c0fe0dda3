// HOT: runs on every call that is repaired. Benchmark: npm run bench -- call (the repaired row)
import type { FieldChange } from '../contract/decision.js';
import { ArcError } from '../contract/errors.js';
import type { FixOperation } from '../contract/fix.js';
import type { Params, RequestView } from '../contract/request.js';
import { diffParams } from './diff.js';
import { clampField, defaultFields, mapField, renameField, setFields, unsetFields } from './parameter.js';
import { routeTo } from './route.js';

/** A repaired request and what is different about it. */
export interface FixResult {
  /** The caller's own object when nothing changed, else a copy that shares every sub-object no step touched. */
  readonly params: Params;
  readonly changes: readonly FieldChange[];
}

/** Steps of one fix settle in two or three passes; more means that they undo each other. */
const MAX_PASSES = 8;

/**
 * Runs the steps of a fix in order, on copies, until a further pass would change nothing. The caller's objects are never written to and may be frozen.
 * @throws {ArcError} `ARC_FIX_REFUSED` when the steps undo each other.
 * @example applyFix(view, [{ clamp: { field: 'temperature', max: 1 } }]).changes
 * // [{ path: 'temperature', before: 1.4, after: 1 }]
 */
export function applyFix(view: RequestView, operations: readonly FixOperation[]): FixResult {
  let params = view.params;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const next = operations.reduce((current, operation) => applyStep(view.api, current, operation), params);
    // A single step is idempotent; of several, a later one may have made work for an earlier one.
    const settled = operations.length === 1 || diffParams(params, next).length === 0;
    params = next;
    if (settled) return finish(view, params);
  }
  throw new ArcError(
    'ARC_FIX_REFUSED',
    `the steps of the fix undo each other: no end after ${MAX_PASSES} passes`,
  );
}

function finish(view: RequestView, params: Params): FixResult {
  const changes = diffParams(view.params, params);
  return { params: changes.length === 0 ? view.params : params, changes };
}

function applyStep(api: string, params: Params, step: FixOperation): Params {
  if ('set' in step) return setFields(params, step.set);
  if ('unset' in step) return unsetFields(params, step.unset);
  if ('rename' in step) return renameField(params, step.rename);
  if ('clamp' in step) return clampField(params, step.clamp);
  if ('default' in step) return defaultFields(params, step.default);
  if ('map' in step) return mapField(params, step.map);
  if ('route' in step) return routeTo(params, step.route);
  return applyNamed(api, params, step);
}

/** Steps whose work is in files of its own. */
type NamedStep = Extract<
  FixOperation,
  | { prefix: unknown }
  | { suffix: unknown }
  | { messages: unknown }
  | { tools: unknown }
  | { parameters: unknown }
  | { truncate: unknown }
>;

/** There are many repairs, and most processes need few: those of a kind are loaded with the first fix that names one. */
function applyNamed(api: string, params: Params, step: NamedStep): Params {
  if ('messages' in step) {
    const { repairMessages } = require('./messages.js') as typeof import('./messages.js');
    return repairMessages(api, params, step.messages);
  }
  if ('tools' in step) {
    const { repairTools } = require('./tools.js') as typeof import('./tools.js');
    return repairTools(api, params, step.tools);
  }
  if ('parameters' in step) {
    const { repairParameters } = require('./parameters.js') as typeof import('./parameters.js');
    return repairParameters(api, params, step.parameters);
  }
  if ('truncate' in step) {
    const { truncateTo } = require('./truncate.js') as typeof import('./truncate.js');
    return truncateTo(api, params, step.truncate);
  }
  const { addToPrompt } = require('./prompt.js') as typeof import('./prompt.js');
  const addition = 'prefix' in step ? step.prefix : step.suffix;
  return addToPrompt(api, params, { ...addition, place: 'prefix' in step ? 'before' : 'after' });
}
