import type { Lesson } from '../../fixes/learn/build-pattern.js';
import type { Refusal } from '../../fixes/learn/refusal.js';
import { ARC, EVENT_HEAL, GEN_AI } from '../../contract/names.js';
import type { Params } from '../../contract/request.js';
import { isRecord } from '../adapters/shape.js';
import { isApiPromise } from '../api-promise.js';
import { countError } from '../call.js';
import type { Call } from '../call-state.js';
import { callWith } from '../otel-global.js';
import { isAborted } from './abort.js';
import { refusalOf } from './refusal-of.js';

/** A call that may be made once more, and how. */
export interface Attempt {
  readonly call: Call;
  /** The arguments it was made with. */
  readonly args: readonly unknown[];
  /** The SDK's method and the object it was called on. */
  readonly original: (this: unknown, ...args: unknown[]) => unknown;
  readonly resource: unknown;
}

/** Where the SDKs' `APIPromise` keeps the answer that is not yet parsed; every way to read it starts there. */
const RESPONSE = 'responsePromise';

/** Longest refusal read off a response, in bytes. */
const MAX_BODY_BYTES = 65_536;

/**
 * What a call gives, with a refusal that names its remedy answered by a second, repaired request. The caller sees one
 * answer: that of the second, or the first refusal as it was. An `APIPromise` stays the object it is.
 */
export function healed(result: unknown, attempt: Attempt): unknown {
  const { call } = attempt;
  if (call.engine.options.mode !== 'apply') return result;
  if (isApiPromise(result)) {
    const response: unknown = Reflect.get(result, RESPONSE);
    if (response instanceof Promise)
      Reflect.set(
        result,
        RESPONSE,
        response.catch((error: unknown) => afterError(attempt, error)),
      );
    return result;
  }
  if (!(result instanceof Promise)) return result;
  if (call.target.transport) return result.then((response: unknown) => afterResponse(attempt, response));
  return result.catch((error: unknown) => afterError(attempt, error));
}

/** @throws the error, where there is no remedy or it is refused as well. */
async function afterError(attempt: Attempt, error: unknown): Promise<unknown> {
  const lesson = lessonOf(attempt, refusalOf(error));
  if (!lesson) throw error;
  try {
    const answer = await answerOf(sendAgain(attempt, lesson));
    noteOutcome(attempt, lesson, { first: refusalOf(error)?.status, held: true });
    return answer;
  } catch (second) {
    if (isAborted(attempt.args)) throw second; // the caller's own doing, and what it expects
    noteOutcome(attempt, lesson, { first: refusalOf(error)?.status, held: false });
    throw error;
  }
}

/** The same for `fetch`, which answers a refusal with a response like any other. */
async function afterResponse(attempt: Attempt, response: unknown): Promise<unknown> {
  if (!(response instanceof Response) || response.ok || response.status >= 500) return response;
  const lesson = lessonOf(attempt, await refusalIn(response));
  if (!lesson) return response;
  try {
    const second = await sendAgain(attempt, lesson);
    const held = second instanceof Response && second.ok;
    noteOutcome(attempt, lesson, { first: response.status, held });
    if (held) return second;
    if (second instanceof Response) await second.body?.cancel();
  } catch (error) {
    if (isAborted(attempt.args)) throw error;
    noteOutcome(attempt, lesson, { first: response.status, held: false });
  }
  return response;
}

/** The caller's copy of the body stays unread. */
async function refusalIn(response: Response): Promise<Refusal | undefined> {
  if (Number(response.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return undefined;
  try {
    return { status: response.status, message: await response.clone().text() };
  } catch {
    return undefined;
  }
}

/** What a refusal teaches, where that may be tried now. Never throws. */
function lessonOf({ call, args }: Attempt, refusal: Refusal | undefined): Lesson | undefined {
  const { engine, target, params, endpoint } = call;
  if (!refusal || !isRecord(params) || isAborted(args) || call.ended) return undefined;
  try {
    // Loaded when it is first needed: most processes never see a refusal.
    const { learn } = require('../../fixes/learn/learn.js') as typeof import('../../fixes/learn/learn.js');
    const lesson = learn(target.view(params, endpoint.provider), refusal, { lossy: engine.options.lossy });
    const isSure = lesson !== undefined && lesson.pattern.confidence >= engine.options.minConfidence;
    return isSure && engine.lessons.mayTry(lesson.pattern) ? lesson : undefined;
  } catch (error) {
    countError(engine, error);
    return undefined;
  }
}

function sendAgain({ call, args, original, resource }: Attempt, { body }: Lesson): unknown {
  const repaired = [...args];
  const { access } = call.target;
  if (access) access.write(repaired, body);
  else repaired[0] = body;
  return callWith(call.context, original, resource, repaired);
}

/** What a second `APIPromise` was answered, not yet parsed; of any other promise, what it gives. */
function answerOf(result: unknown): unknown {
  return isApiPromise(result) ? Reflect.get(result, RESPONSE) : result;
}

/** Writes both attempts on the span, and keeps the lesson or gives it up. */
function noteOutcome(
  { call }: Attempt,
  { pattern, body }: Lesson,
  { first, held }: { readonly first: number | undefined; readonly held: boolean },
): void {
  const { engine, span } = call;
  try {
    const isNew = held && engine.lessons.keep(pattern);
    if (held) describeRepaired(call, body);
    else engine.lessons.reject(pattern);
    span.addEvent(EVENT_HEAL, {
      [ARC.healOutcome]: held ? 'healed' : 'refused',
      [ARC.patternId]: pattern.id,
      ...(first !== undefined && { [ARC.healStatus]: first }),
      ...(isNew && { [ARC.learnedPattern]: JSON.stringify(pattern) }),
    });
  } catch (error) {
    countError(engine, error);
  }
}

function describeRepaired(call: Call, body: Params): void {
  call.params = body;
  const { model } = call.target.view(body, call.endpoint.provider);
  if (model !== undefined && model !== call.model) call.span.setAttribute(GEN_AI.requestModel, model);
}
