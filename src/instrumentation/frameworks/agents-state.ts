import type { Span } from '@opentelemetry/api';
import { isRecord, type UnknownRecord } from '../adapters/shape.js';
import type { CurrentSpan } from './run-context.js';
import type { OpenWork } from './work.js';

/**
 * Work under way by what it was begun for: a trace, or the data of a span. Clones of a span, which the Agents SDK makes
 * for each branch of a run, share their data.
 */
export type Works = WeakMap<object, OpenWork>;

/** Longest chain of enclosing spans that is followed: the SDK links a span to itself when it is made current twice. */
const MAX_DEPTH = 64;

/**
 * Looks up the innermost work in a state of the Agents SDK, as it keeps one for each branch of a run:
 * `{ trace, span, previousSpan }`, changed as spans begin and end. What was there from the start is for the outer
 * context to tell.
 */
export function currentSpanIn(works: Works, state: UnknownRecord): CurrentSpan {
  const before = dataOf(state['span']);
  const begunBefore = workOf(works, state['trace']);
  return () => {
    let span = state['span'];
    for (let depth = 0; isRecord(span) && depth < MAX_DEPTH; depth += 1, span = span['previousSpan']) {
      const data = dataOf(span);
      if (data !== undefined && data === before) return undefined;
      const found = openSpan(workOf(works, data));
      if (found) return found;
    }
    const whole = workOf(works, state['trace']);
    return whole === begunBefore ? undefined : openSpan(whole);
  };
}

/** What a span of the Agents SDK says of itself. */
export function dataOf(span: unknown): UnknownRecord | undefined {
  const data = isRecord(span) ? span['spanData'] : undefined;
  return isRecord(data) ? data : undefined;
}

function workOf(works: Works, key: unknown): OpenWork | undefined {
  return isRecord(key) ? works.get(key) : undefined;
}

function openSpan(open: OpenWork | undefined): Span | undefined {
  return open && !open.ended ? open.span : undefined;
}
