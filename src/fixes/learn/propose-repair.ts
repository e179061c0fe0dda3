import type { FixOperation } from '../../contract/fix.js';
import type { Match } from '../../contract/pattern.js';
import { REPAIRS, type RepairSpec } from '../../contract/repairs.js';
import type { RequestView } from '../../contract/request.js';
import type { FieldChange } from '../../contract/decision.js';
import { createFacts, factOf } from '../../patterns/facts.js';
import type { FactName } from '../../patterns/fact-table.js';
import { listOf, own } from '../../patterns/own.js';
import { applyFix } from '../apply.js';
import { fieldOf } from './locate.js';
import type { Remedy } from './refused.js';
import { isMeantFor } from './repair-apis.js';

/** Facts that count or tell a defect of a request's shape. */
const DEFECTS: readonly FactName[] = [
  'orphan_tool_results',
  'open_tool_calls',
  'empty_messages',
  'empty_text_blocks',
  'system_in_messages',
  'final_assistant_trailing_space',
];

/** The repair of an `operation.name`, or undefined where there is none of that name. */
export function repairNamed(
  name: string,
): { readonly step: FixOperation; readonly spec: RepairSpec } | undefined {
  const [operation = '', repair = ''] = name.split('.');
  const spec = own(own(REPAIRS, operation), repair) as RepairSpec | undefined; // a member of the table of repairs
  // The names are those of the tables the operation takes its argument from.
  return spec && { step: { [operation]: repair } as unknown as FixOperation, spec };
}

/**
 * Named repairs as the remedy of a request: when they are wanted is what they take away.
 * @param names - as `operation.name`; those that change nothing, and unknown ones, are left out.
 * @param match - when they are wanted, where that is known.
 * @returns undefined where none changes anything.
 */
export function proposeRepair(
  view: RequestView,
  names: readonly string[],
  match?: Match,
): Remedy | undefined {
  const known = names
    .filter((name) => isMeantFor(name, view.api))
    .map(repairNamed)
    .filter((repair) => repair !== undefined);
  const repairs = known.filter(({ step }) => applyFix(view, [step]).changes.length > 0);
  if (repairs.length === 0) return undefined;
  const fix = repairs.map(({ step }) => step);
  const { params, changes } = applyFix(view, fix);
  return {
    rule: repairs
      .map(({ step }) => Object.values(step).join('-'))
      .join('-')
      .replaceAll('_', '-'),
    description: repairs.map(({ spec }) => spec.doc).join(' '),
    match: match ?? defectOf(view, { ...view, params }, changes),
    fix,
    lossy: repairs.some(({ spec }) => spec.loses !== undefined),
    everyModel: true,
  };
}

/** Steps as the remedy of a request, where what they take away stands out; else they would act on any request. */
export function proposeSteps(
  view: RequestView,
  fix: readonly FixOperation[],
  said: Pick<Remedy, 'rule' | 'description'>,
): Remedy | undefined {
  const { params, changes } = applyFix(view, fix);
  if (changes.length === 0) return undefined;
  const match = defectOf(view, { ...view, params }, changes);
  return Object.keys(match).length === 0 ? undefined : { ...said, match, fix, everyModel: true };
}

/** What stood out before a repair and no longer does after it. */
function defectOf(before: RequestView, after: RequestView, changes: readonly FieldChange[]): Match {
  const [was, is] = [createFacts(before), createFacts(after)];
  const left = listOf(factOf(is, 'findings'));
  const gone = listOf(factOf(was, 'findings')).find((finding) => !left.includes(finding));
  if (typeof gone === 'string') return { 'facts.findings': { contains: gone } };
  const defect = DEFECTS.find((name) => factOf(was, name) && !factOf(is, name));
  if (defect !== undefined)
    return { [`facts.${defect}`]: typeof factOf(was, defect) === 'number' ? { '>': 0 } : true };
  const removed = changes.find(({ path, after: value }) => value === undefined && !path.includes('.'));
  return removed === undefined ? {} : { [fieldOf(before.api, [removed.path])]: { exists: true } };
}
