import type { FixOperation } from '../../contract/fix.js';
import type { RequestView } from '../../contract/request.js';
import { circumstances } from './circumstances.js';
import { type Lesson, buildPattern } from './build-pattern.js';
import { type Refusal, complaintsOf } from './refusal.js';
import { type Refused, type Remedy, type Rule, createRefused } from './refused.js';
import { known } from './rules/known.js';
import { missing } from './rules/missing.js';
import { moved } from './rules/moved.js';
import { oneDefect } from './rules/one-defect.js';
import { overflow } from './rules/overflow.js';
import { range, streamless } from './rules/range.js';
import { retired } from './rules/retired.js';
import { structure } from './rules/structure.js';
import { excludes, needs } from './rules/together.js';
import { toolChoice } from './rules/tool-choice.js';
import { empty, types } from './rules/types.js';
import { strayFields, unsupported } from './rules/unsupported.js';
import { onlyValue, values } from './rules/values.js';
import { window } from './rules/window.js';

/** What may be learned. */
export interface LearnSettings {
  /** Whether a remedy may drop something the caller wrote; it may not when left out. */
  readonly lossy?: boolean;
}

/** From the particular to the general: the first whose remedy holds teaches. */
const RULES: readonly Rule[] = [
  ...known,
  ...structure,
  retired,
  window,
  overflow,
  moved,
  needs,
  excludes,
  toolChoice,
  values,
  onlyValue,
  streamless,
  range,
  types,
  missing,
  empty,
  unsupported,
  strayFields,
  oneDefect,
];

/**
 * Understands a provider's refusal of a request, where its words say what would be accepted. Never throws: whatever goes
 * wrong, nothing was learned. Of the text only numbers, names of fields the request or the API has, and values the field
 * takes elsewhere come into the pattern.
 * @returns undefined for what is no refusal of the request's form, names no remedy, or would lose something.
 */
export function learn(
  view: RequestView,
  refusal: Refusal,
  { lossy = false }: LearnSettings = {},
): Lesson | undefined {
  try {
    const taught = complaintsOf(refusal).flatMap((complaint) => teach(createRefused(view, complaint), lossy));
    const [first] = taught;
    if (first === undefined || taught.length === 1) return first?.lesson;
    const together = buildPattern(view, joined(taught.map(({ remedy }) => remedy)), lossy);
    return together ?? first.lesson;
  } catch {
    return undefined;
  }
}

interface Taught {
  readonly remedy: Remedy;
  readonly lesson: Lesson;
}

function teach(refused: Refused, lossy: boolean): readonly Taught[] {
  for (const rule of RULES) {
    const found = rule(refused);
    const remedy = found && { ...found, match: { ...circumstances(refused), ...found.match } };
    const lesson = remedy && buildPattern(refused.view, remedy, lossy);
    if (remedy && lesson) return [{ remedy, lesson }];
  }
  return [];
}

/** One remedy of several, wanted where any of them is. */
function joined(remedies: readonly Remedy[]): Remedy {
  const [first] = remedies;
  const steps = remedies.flatMap(({ fix }) => fix);
  const unset = [...new Set(steps.flatMap((step) => ('unset' in step ? step.unset : [])))];
  const others = new Map<string, FixOperation>();
  for (const step of steps) if (!('unset' in step)) others.set(JSON.stringify(step), step);
  return {
    rule: first?.rule ?? 'several',
    description: [...new Set(remedies.map(({ description }) => description))].join(' '),
    match: { any: remedies.map(({ match }) => match) },
    fix: [...others.values(), ...(unset.length > 0 ? [{ unset }] : [])],
    lossy: remedies.some((remedy) => remedy.lossy === true),
    everyModel: remedies.every((remedy) => remedy.everyModel === true),
  };
}
