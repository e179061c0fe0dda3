import type { GoldenRequest } from '../../src/cli/requests/golden-file.js';
import type { Body } from '../../src/cli/demo/model-server/rule.js';
import { equalsJson } from '../../src/patterns/json-equal.js';
import { learnFromRefusal, repairRequest } from '../../src/testing.js';
import { refusalOf } from '../helpers/strict/refusal-of.js';

/** When the requests are thought to be sent; patterns may expire, and the page must not change by itself. */
const NOW = Date.UTC(2026, 10, 1);

/** How a known failure fares. */
export interface FailureVerdict {
  readonly request: GoldenRequest;
  /** The strict provider refuses it as it is. */
  readonly isRefused: boolean;
  /** It leaves repaired: the strict provider takes it, and it is what it should be where that is known. */
  readonly isRepaired: boolean;
  /** What is learned from the refusal alone, without any pack, repairs it. */
  readonly isLearned: boolean;
  /** What is wrong with a repair that was made. */
  readonly complaint?: string;
}

/** How a healthy request fares. */
export interface HealthyVerdict {
  readonly request: GoldenRequest;
  /** It left as another object or as other bytes. */
  readonly isTouched: boolean;
  /** What the strict provider has against it all the same. */
  readonly complaint?: string;
}

/** What became of all requests. */
export interface Verdicts {
  readonly failures: readonly FailureVerdict[];
  readonly healthy: readonly HealthyVerdict[];
}

/** Decides on requests and asks the strict provider about the outcome. Nothing is sent. */
export function judge(requests: readonly GoldenRequest[]): Verdicts {
  return {
    failures: requests.filter(({ expect }) => expect !== 'pass').map(judgeFailure),
    healthy: requests.filter(({ expect }) => expect === 'pass').map(judgeHealthy),
  };
}

function judgeFailure(request: GoldenRequest): FailureVerdict {
  const refusal = refusalOf(request);
  const lossy = request.expect === 'lossy';
  const { body } = repairRequest(request, { now: NOW, lossy });
  const complaint = body === request.body ? undefined : complaintAbout(request, body);
  return {
    request,
    isRefused: refusal !== undefined,
    isRepaired: body !== request.body && complaint === undefined,
    isLearned: isLearned(request, request.error ?? refusal),
    ...(complaint !== undefined && { complaint }),
  };
}

function judgeHealthy(request: GoldenRequest): HealthyVerdict {
  const before = JSON.stringify(request.body);
  const { body } = repairRequest(request, { now: NOW });
  const refusal = refusalOf(request);
  return {
    request,
    isTouched: body !== request.body || JSON.stringify(body) !== before,
    ...(refusal && { complaint: refusal.message }),
  };
}

/** What is wrong with a repaired body, or undefined when nothing is. */
function complaintAbout(request: GoldenRequest, body: Body): string | undefined {
  const refusal = refusalOf({ ...request, body });
  if (refusal) return `refused again: ${refusal.message.trim()}`;
  const { repaired } = request;
  return repaired === undefined || equalsJson(body, repaired) ? undefined : 'repaired into something else';
}

function isLearned(request: GoldenRequest, error: GoldenRequest['error']): boolean {
  if (!error) return false;
  const { provider, api, body } = request;
  const { status, message } = error;
  const learned = learnFromRefusal({ provider, api, body, error: { status, message } });
  return learned !== undefined && complaintAbout(request, learned.body) === undefined;
}
