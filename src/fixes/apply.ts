// HOT: runs on every call that is repaired. Benchmark: npm run bench -- call (the repaired row)
import type { FieldChange } from '../contract/decision.js';
import { ArcError } from '../contract/errors.js';
import type { FixOperation } from '../contract/fix.js';
import type { Params, RequestView } from '../contract/request.js';
import { diffParams } from './diff.js';
import { clamping, defaulting, mapping, renaming, setting, unsetting } from './parameter.js';
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
  const steps = stepsOf(operations);
  let params = view.params;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    let next = params;
    for (const step of steps) next = step(next, view.api);
    // A single step is idempotent; of several, a later one may have made work for an earlier one.
    const settled = steps.length === 1 || diffParams(params, next).length === 0;
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

/** A step of a fix, ready to run. */
type Step = (params: Params, api: string) => Params;

const known = new WeakMap<readonly FixOperation[], readonly Step[]>();

function stepsOf(operations: readonly FixOperation[]): readonly Step[] {
  let steps = known.get(operations);
  if (steps === undefined) {
    steps = operations.map(stepOf);
    known.set(operations, steps);
  }
  return steps;
}

function stepOf(operation: FixOperation): Step {
  if ('set' in operation) return setting(operation.set);
  if ('unset' in operation) return unsetting(operation.unset);
  if ('rename' in operation) return renaming(operation.rename);
  if ('clamp' in operation) return clamping(operation.clamp);
  if ('default' in operation) return defaulting(operation.default);
  if ('map' in operation) return mapping(operation.map);
  if ('route' in operation) return (params) => routeTo(params, operation.route);
  return (params, api) => applyNamed(api, params, operation);
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
