import type { Context, Span } from '@opentelemetry/api';
import { SPAN } from '../call-context.js';

/** Says which span is the innermost now; undefined where that is for the outer context to say. */
export type CurrentSpan = () => Span | undefined;

/**
 * A context whose active span is looked up when it is asked for. For frameworks that keep their current span in an
 * object of their own, which they change while the work goes on: no callback of theirs runs around the work that could
 * make a fixed context active.
 *
 * A span that is set on it is set for good: what is begun inside that span belongs to that span. Everything made from it
 * by setting a span holds neither it nor what it looks into.
 */
export class RunContext implements Context {
  readonly #outer: Context;
  readonly #current: CurrentSpan;

  constructor(outer: Context, current: CurrentSpan) {
    this.#outer = outer;
    this.#current = current;
  }

  getValue(key: symbol): unknown {
    return (key === SPAN ? this.#current() : undefined) ?? this.#outer.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    const outer = this.#outer.setValue(key, value);
    return key === SPAN ? outer : new RunContext(outer, this.#current);
  }

  deleteValue(key: symbol): Context {
    const outer = this.#outer.deleteValue(key);
    return key === SPAN ? outer : new RunContext(outer, this.#current);
  }
}
