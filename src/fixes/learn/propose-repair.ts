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
 * A named repair as the remedy of a request: when it is wanted is what the repair takes away.
 * @param match - when it is wanted, where that is known.
 * @returns undefined where the repair changes nothing.
 */
export function proposeRepair(view: RequestView, name: string, match?: Match): Remedy | undefined {
  const repair = repairNamed(name);
  if (repair === undefined) return undefined;
  const { step, spec } = repair;
  const { params, changes } = applyFix(view, [step]);
  if (changes.length === 0) return undefined;
  return {
    rule: name.replaceAll(/[._]/g, '-'),
    description: spec.doc,
    match: match ?? defectOf(view, { ...view, params }, changes),
    fix: [step],
    ...(spec.loses !== undefined && { lossy: true }),
    everyModel: true,
  };
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
