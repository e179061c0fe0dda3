import { diffParams } from '../../fixes/diff.js';
import type { Lesson } from '../../fixes/learn/build-pattern.js';
import { learn } from '../../fixes/learn/learn.js';
import type { RepairedRequest } from '../../fixes/repair-request.js';
import { viewOfLogged } from '../../patterns/request-names.js';
import { safe, type Paint } from '../paint.js';
import { plural } from '../plural.js';
import type { Decider } from './decider.js';
import { changeLines, outcomeOf, paintOutcome, patternsText, type Outcome } from './decision-text.js';
import type { RequestLine } from './request-lines.js';

/** A request of a log and what Arc would do with it. */
export interface CheckedRequest {
  readonly request: RequestLine;
  readonly repaired: RepairedRequest;
  /** What the provider's refusal teaches, where the request was refused and would go out as it is. */
  readonly lesson: Lesson | undefined;
}

/** Running totals of a log. */
export interface Counts {
  /** Lines that were no request. */
  unread: number;
  add(checked: CheckedRequest): void;
  /** The totals in a sentence. */
  summary(): string;
}

const INDENT = ' '.repeat(9);

/** Decides on a request, and learns from how it was refused. */
export function checkRequest(
  request: RequestLine,
  { decide }: Decider,
  settings: { readonly lossy?: boolean },
): CheckedRequest {
  const repaired = decide(request);
  const { error } = request;
  const lesson =
    error && repaired.body === request.body ? learn(viewOfLogged(request), error, settings) : undefined;
  return { request, repaired, lesson };
}

/** As a line of JSON. */
export function toJson({ request: { id, error }, repaired, lesson }: CheckedRequest): object {
  return {
    id,
    decision: outcomeOf(repaired),
    ...repaired,
    ...(error && { error }),
    ...(lesson && { learned: lesson }),
  };
}

/** As lines for people. */
export function describe({ request, repaired, lesson }: CheckedRequest, paint: Paint): readonly string[] {
  const outcome = outcomeOf(repaired);
  const head = `${paintOutcome(outcome, paint)}  ${safe(request.id)}`;
  const lines = outcome === 'pass' ? [head] : [`${head}  ${patternsText(repaired)}`];
  lines.push(...indented(repaired.changes.flatMap((change) => changeLines(change, paint))));
  if (outcome === 'fix') lines.push(...indented([paint('dim', safe(JSON.stringify(repaired.body)))]));
  if (lesson) {
    const changes = diffParams(request.body, lesson.body);
    lines.push(...indented([paint('cyan', `would be learned: ${lesson.pattern.id}`)]));
    lines.push(...indented(changes.flatMap((change) => changeLines(change, paint))));
  }
  return lines;
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => INDENT + line);
}

/** Nothing was read yet. */
export function createCounts(): Counts {
  const outcomes = new Map<Outcome, number>();
  let learned = 0;
  const of = (...names: readonly Outcome[]): number =>
    names.reduce((sum, name) => sum + (outcomes.get(name) ?? 0), 0);
  return {
    unread: 0,
    add({ repaired, lesson }) {
      const outcome = outcomeOf(repaired);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (lesson) learned += 1;
    },
    summary() {
      const all = this.unread + of('pass', 'fix', 'shadow', 'control', 'bypass');
      return [
        `${plural(all, 'request')}: ${of('fix')} would be repaired, ${of('shadow', 'control', 'bypass')} matched and held back, ${of('pass')} pass`,
        ...(learned > 0 ? [`${learned} would teach a repair`] : []),
        ...(this.unread > 0 ? [`${plural(this.unread, 'line')} not read`] : []),
      ].join(', ');
    },
  };
}
