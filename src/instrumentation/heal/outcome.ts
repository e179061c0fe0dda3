import { ARC, EVENT_HEAL, GEN_AI } from '../../contract/names.js';
import type { Lesson } from '../../fixes/learn/build-pattern.js';
import { complaintsOf, isRefused, type Refusal } from '../../fixes/learn/refusal.js';
import { compilePattern } from '../../patterns/compile.js';
import { createFacts } from '../../patterns/facts.js';
import { countError } from '../call.js';
import type { Call } from '../call-state.js';
import { redactMessage } from '../redact.js';
import { renamedTools } from '../restore-names.js';
import { spanName } from '../spans.js';
import { isAborted } from './abort.js';
import { lessonFor, type Healing } from './attempt.js';
import { refusalOf } from './refusal-of.js';

/** How the second attempt ended. */
type Outcome = 'healed' | 'refused' | 'failed';

/**
 * Whether the second attempt ended by the caller's own doing, with the error it expects then. A provider's answer is none
 * of that.
 */
export function isOver({ attempt }: Healing, failure: unknown): boolean {
  return isAborted(attempt.args) && refusalOf(failure) === undefined;
}

/** The second attempt was answered: the lesson is kept. */
export function noteHealed(healing: Healing): void {
  const { call } = healing.attempt;
  guarded(call, () => {
    const isNew = call.engine.lessons.keep(healing.lesson.pattern);
    describeRepaired(call, healing.lesson);
    addEvent(healing, 'healed', isNew);
  });
}

/**
 * The second attempt was refused as well, or failed for reasons of its own, which says nothing of the remedy.
 * @param second - undefined where no provider answered.
 */
export function noteRefused(healing: Healing, second: Refusal | undefined): void {
  const { call } = healing.attempt;
  guarded(call, () => {
    if (!second || !isRefused(second.status)) return addEvent(healing, 'failed', false);
    const { lessons } = call.engine;
    const { pattern } = healing.lesson;
    const hasHelped = isAnotherFault(healing, second);
    const isNew = hasHelped && lessons.keep(pattern);
    if (!hasHelped) lessons.reject(pattern, wordsOf(second) === wordsOf(healing.refusal));
    addEvent(healing, 'refused', isNew);
  });
}

/**
 * Whether the provider now objects to something else, so that the remedy did what it was for: its words teach another
 * lesson, which does not bring back what this one took away. Then the next such request has one fault less.
 */
function isAnotherFault({ attempt: { call }, lesson }: Healing, second: Refusal): boolean {
  const next = lessonFor(call, second, lesson.body);
  if (!next || next.pattern.id === lesson.pattern.id) return false;
  const view = call.target.view(next.body, call.endpoint.provider);
  return !compilePattern(lesson.pattern).test(createFacts(view));
}

/** Two refusals are the same that differ in ids and numbers alone. */
function wordsOf({ message }: Refusal): string {
  return message.replaceAll(/[\w-]*\d[\w-]*/g, '');
}

function addEvent(
  { attempt, refusal, lesson: { pattern } }: Healing,
  outcome: Outcome,
  isNew: boolean,
): void {
  attempt.call.span.addEvent(EVENT_HEAL, {
    [ARC.healOutcome]: outcome,
    [ARC.patternId]: pattern.id,
    [ARC.healStatus]: refusal.status,
    [ARC.healMessage]: redactMessage(saidIn(refusal)),
    ...(isNew && { [ARC.learnedPattern]: JSON.stringify(pattern) }),
  });
}

/** The provider's words without the JSON around them, where they can be told from it. */
function saidIn(refusal: Refusal): string {
  const said = complaintsOf(refusal).map(({ text }) => text);
  return said.join(' ') || refusal.message;
}

/** The span tells what was sent last; a tool that was renamed gets the caller's name back. */
function describeRepaired(call: Call, { body, changes }: Lesson): void {
  const { span, target, endpoint } = call;
  call.params = body;
  const attributes = {};
  target.requestAttributes(body, attributes);
  span.setAttributes(attributes);
  const { model } = target.view(body, endpoint.provider);
  if (model !== undefined && model !== call.model) {
    call.model = model;
    span.setAttribute(GEN_AI.requestModel, model);
    span.updateName(spanName(target, model));
  }
  const renamed = renamedTools(changes);
  if (renamed) call.toolNames = throughBoth(renamed, call.toolNames);
}

/** A tool may have been renamed before the first attempt and again before the second. */
function throughBoth(
  second: ReadonlyMap<string, string>,
  first: ReadonlyMap<string, string> | undefined,
): ReadonlyMap<string, string> {
  const both = new Map(first);
  for (const [sent, before] of second) both.set(sent, first?.get(before) ?? before);
  return both;
}

function guarded({ engine }: Call, note: () => void): void {
  try {
    note();
  } catch (error) {
    countError(engine, error);
  }
}
