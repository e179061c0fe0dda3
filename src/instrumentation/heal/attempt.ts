import type { Lesson } from '../../fixes/learn/build-pattern.js';
import type { Refusal } from '../../fixes/learn/refusal.js';
import { isRecord } from '../adapters/shape.js';
import { countError } from '../call.js';
import type { Call } from '../call-state.js';
import { callWith } from '../otel-global.js';
import { renamedTools } from '../restore-names.js';
import { isAborted } from './abort.js';

/** A call that may be made once more, and how. */
export interface Attempt {
  readonly call: Call;
  /** The arguments it was made with. */
  readonly args: readonly unknown[];
  /** The SDK's method and the object it was called on. */
  readonly original: (this: unknown, ...args: unknown[]) => unknown;
  readonly resource: unknown;
}

/** A call that was refused and is made once more. */
export interface Healing {
  readonly attempt: Attempt;
  /** The first refusal, and what it taught. */
  readonly refusal: Refusal;
  readonly lesson: Lesson;
}

/** What a refusal teaches, where that may be tried now. Never throws. */
export function healingOf(attempt: Attempt, refusal: Refusal | undefined): Healing | undefined {
  const { call, args } = attempt;
  const { engine, target } = call;
  if (!refusal || engine.options.mode !== 'apply' || call.ended || isAborted(args)) return undefined;
  try {
    const lesson = lessonFor(call, refusal);
    if (!lesson || lesson.pattern.confidence < engine.options.minConfidence) return undefined;
    // The answer to a bare `fetch` is the caller's to read: nobody could give the tools their names back.
    if (target.transport && renamedTools(lesson.changes)) return undefined;
    return engine.lessons.mayTry(lesson.pattern) ? { attempt, refusal, lesson } : undefined;
  } catch (error) {
    countError(engine, error);
    return undefined;
  }
}

/** What a refusal of a call's parameters teaches, or of others in their place. */
export function lessonFor(call: Call, refusal: Refusal, params: unknown = call.params): Lesson | undefined {
  const { engine, target, endpoint } = call;
  if (!isRecord(params)) return undefined;
  // Loaded when it is first needed: most processes never see a refusal.
  const { learn } = require('../../fixes/learn/learn.js') as typeof import('../../fixes/learn/learn.js');
  return learn(target.view(params, endpoint.provider), refusal, { lossy: engine.options.lossy });
}

/** Makes the call once more, in its span. @param args - the repaired ones */
export function sendAgain({ call, original, resource }: Attempt, args: unknown[]): unknown {
  return callWith(call.context, original, resource, args);
}

/** The arguments of the second attempt. */
export function repairedArgs({ attempt: { call, args }, lesson: { body } }: Healing): unknown[] {
  const repaired = [...args];
  const { access } = call.target;
  if (access) access.write(repaired, body);
  else repaired[0] = body;
  return repaired;
}
