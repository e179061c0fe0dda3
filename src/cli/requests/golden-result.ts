import type { RepairedRequest } from '../../fixes/repair-request.js';
import { equalsJson } from '../../patterns/json-equal.js';
import type { Decider } from './decider.js';
import type { GoldenRequest } from './golden-file.js';
import { outcomeOf } from './decision-text.js';

/**
 * How a golden request came out. `right`: as expected. `touched`: a healthy one was changed. `missed`: one that fails would
 * go out as it is. `other`: it was repaired into something else.
 */
export type GoldenVerdict = 'right' | 'touched' | 'missed' | 'other';

/** A golden request and what became of it. */
export interface GoldenResult {
  readonly request: GoldenRequest;
  readonly repaired: RepairedRequest;
  readonly verdict: GoldenVerdict;
}

/** Decides on a golden request and judges what came out. */
export function judgeGolden(request: GoldenRequest, { decide }: Decider): GoldenResult {
  const repaired = decide(request);
  return { request, repaired, verdict: verdictOf(request, repaired) };
}

function verdictOf(
  { expect, body, repaired: wanted }: GoldenRequest,
  repaired: RepairedRequest,
): GoldenVerdict {
  const isTouched = repaired.body !== body;
  if (expect === 'pass') return isTouched ? 'touched' : 'right';
  if (!isTouched) {
    // What would lose something is held back unless that is allowed, and says so.
    const isHeld = repaired.decisions.some(({ reason }) => reason === 'lossy');
    return expect === 'lossy' && (isHeld || outcomeOf(repaired) === 'pass') ? 'right' : 'missed';
  }
  return wanted === undefined || equalsJson(repaired.body, wanted) ? 'right' : 'other';
}
