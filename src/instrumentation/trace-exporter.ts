import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { TelemetryStatus } from '../contract/status.js';

/** The OTLP gRPC exporter with an eye on it: what left, what failed, what is still under way. */
export interface ObservedExporter extends SpanExporter {
  status(): TelemetryStatus;
  /** Resolves when nothing is under way; the batch processor's own flush does not wait for an export it started earlier. */
  settled(): Promise<void>;
  /** From now on spans are kept instead of sent; returns those under way. For the moment a process ends. */
  hold(): ReadableSpan[];
}

/** @param exporter - what sends; OTLP over gRPC configured by the `OTEL_EXPORTER_OTLP_*` variables when left out. */
export function createObservedExporter(exporter: SpanExporter = new OTLPTraceExporter()): ObservedExporter {
  const underWay = new Set<readonly ReadableSpan[]>();
  let waiting: (() => void)[] = [];
  let held: ReadableSpan[] | undefined;
  let status: TelemetryStatus = { exporter: 'otlp/grpc', spansExported: 0, spansFailed: 0 };

  const settle = (spans: readonly ReadableSpan[], result: ExportResult): void => {
    underWay.delete(spans);
    status = after(status, spans.length, result);
    if (underWay.size > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  return {
    export(spans, done) {
      if (held) {
        held.push(...spans);
        return;
      }
      underWay.add(spans);
      exporter.export(spans, (result) => {
        settle(spans, result);
        done(result);
      });
    },
    settled: () =>
      underWay.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    hold() {
      held = [...underWay].flat();
      return held;
    },
    status: () => status,
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

function after(status: TelemetryStatus, spans: number, result: ExportResult): TelemetryStatus {
  const now = new Date().toISOString();
  if (result.code === ExportResultCode.SUCCESS) {
    return { ...status, spansExported: status.spansExported + spans, lastFlushAt: now };
  }
  const lastError = result.error?.message ?? 'export failed';
  return { ...status, spansFailed: status.spansFailed + spans, lastErrorAt: now, lastError };
}
