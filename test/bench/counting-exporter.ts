import { isModelSpan } from './model-spans.js';

/** The part of an exporter that OpenTelemetry's SDKs of all versions call. */
export interface CountingExporter {
  export(
    batch: readonly { readonly attributes: Readonly<Record<string, unknown>> }[],
    done: (result: { code: 0 }) => void,
  ): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
  /** Spans of model calls it was given. */
  readonly count: () => number;
}

/** An exporter that throws batches away. */
export function createCountingExporter(): CountingExporter {
  let count = 0;
  return {
    export(batch, done) {
      for (const { attributes } of batch) if (isModelSpan(attributes)) count += 1;
      done({ code: 0 });
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
    count: () => count,
  };
}
