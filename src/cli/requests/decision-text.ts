import type { FieldChange } from '../../contract/decision.js';
import type { RepairedRequest } from '../../fixes/repair-request.js';
import { safe, type Paint } from '../paint.js';

/** What became of one request, in a word. */
export type Outcome = 'pass' | 'fix' | 'shadow' | 'control' | 'bypass';

/** The word for it. */
export function outcomeOf({ decisions }: RepairedRequest): Outcome {
  return decisions[0]?.decision ?? 'pass';
}

/** A change as two lines, what went and what came. */
export function changeLines({ path, before, after }: FieldChange, paint: Paint): readonly string[] {
  const name = path === '' ? '(request)' : path;
  const lines: string[] = [];
  if (before !== undefined) lines.push(paint('red', safe(`- ${name}: ${JSON.stringify(before)}`)));
  if (after !== undefined) lines.push(paint('green', safe(`+ ${name}: ${JSON.stringify(after)}`)));
  return lines;
}

/** The patterns that decided, each with why it was held back. */
export function patternsText({ decisions }: RepairedRequest): string {
  return decisions
    .map(({ pattern, version, reason }) => `${pattern}@${version}${reason ? ` (${reason})` : ''}`)
    .join(', ');
}

/** Colour of an outcome. */
export function paintOutcome(outcome: Outcome, paint: Paint): string {
  const colour = outcome === 'fix' ? 'green' : outcome === 'pass' ? 'dim' : 'yellow';
  return paint(colour, outcome.padEnd('control'.length));
}
