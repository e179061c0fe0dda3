// HOT: runs on every LLM call. Benchmark: npm run bench -- call
import type { Attributes, Meter } from '@opentelemetry/api';

/**
 * A counter summed up here and read by OpenTelemetry when it collects. A counter of the SDK sorts and serialises its
 * attributes on each addition, once for every reader.
 */
export interface Tally {
  /** @param key - stands for exactly these attributes. */
  add(value: number, key: string, attributes: Attributes): void;
}

/** How a tally is described. */
export interface TallyOptions {
  readonly unit: string;
  readonly description: string;
  /** Attributes of every point. */
  readonly fixed: Attributes;
  /** Called before the sums are read: adds what was not added yet. */
  settle(): void;
}

/** Sets of attributes a tally keeps apart, as many as the SDK's own counters do; further ones are summed as overflow. */
const MAX_SETS = 2_000;
const OVERFLOW = { key: '\u0000overflow', attributes: { 'otel.metric.overflow': true } };

interface Sum {
  readonly attributes: Attributes;
  value: number;
}

/** Makes an observable counter that is fed by a tally. */
export function createTally(meter: Meter, name: string, { fixed, settle, ...options }: TallyOptions): Tally {
  const sums = new Map<string, Sum>();
  meter.createObservableCounter(name, options).addCallback((result) => {
    settle();
    for (const { value, attributes } of sums.values()) result.observe(value, attributes);
  });
  return {
    add(value, key, attributes) {
      const sum = sums.get(key) ?? open(sums, key, { ...attributes, ...fixed });
      sum.value += value;
    },
  };
}

function open(sums: Map<string, Sum>, key: string, attributes: Attributes): Sum {
  if (sums.size >= MAX_SETS && key !== OVERFLOW.key) {
    return sums.get(OVERFLOW.key) ?? open(sums, OVERFLOW.key, OVERFLOW.attributes);
  }
  const sum = { attributes, value: 0 };
  sums.set(key, sum);
  return sum;
}
