// HOT: runs on every LLM call. Benchmark: npm run bench -- call
import { createContextKey, trace, type Context, type Span } from '@opentelemetry/api';

/** The key under which OpenTelemetry keeps the active span; keys of one description are one key. */
export const SPAN: symbol = createContextKey('OpenTelemetry Context Key SPAN');
/** Marks the context in which an SDK does its work for a call Arc has seen. */
const INFERENCE = createContextKey('arc.inference');

/** True inside an SDK's own work for a call Arc has seen. */
export function isInsideCall(context: Context): boolean {
  return context.getValue(INFERENCE) === true;
}

/** Marks a context as that of an SDK at work for a call Arc has seen. */
export function insideCall(parent: Context): Context {
  return parent.setValue(INFERENCE, true);
}

/**
 * The context of a call: its parent's with the span in it. The usual way copies the parent's whole map for each value;
 * this one looks there only for what it does not hold itself.
 */
export function callContext(parent: Context, span: Span): Context {
  return new CallContext(parent, span);
}

class CallContext implements Context {
  readonly #parent: Context;
  readonly #span: Span;

  constructor(parent: Context, span: Span) {
    this.#parent = parent;
    this.#span = span;
  }

  getValue(key: symbol): unknown {
    if (key === SPAN) return this.#span;
    return key === INFERENCE ? true : this.#parent.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return this.#copy().setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return this.#copy().deleteValue(key);
  }

  #copy(): Context {
    return insideCall(trace.setSpan(this.#parent, this.#span));
  }
}
