import { logs, metrics, trace } from '@opentelemetry/api';
import { envDetector, serviceInstanceIdDetector } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { TelemetryStatus } from '../contract/status.js';
import type { ArcInstrumentation } from './arc-instrumentation.js';
import { environment, withDefaults } from './environment.js';
import { sendAtExit } from './exit-flush.js';
import { delegateOf, flushProviders, forceFlush } from './flush.js';
import { GlobalRegistration } from './global-registration.js';
import { joinProvider, joinRegistered } from './join-telemetry.js';
import { hasTracerProvider } from './otel-global.js';
import { createObservedExporter, type ObservedExporter } from './trace-exporter.js';

/**
 * Where Arc differs from what OpenTelemetry does when a variable is unset: gRPC instead of HTTP, a Prometheus endpoint
 * beside OTLP, and that endpoint on this machine only.
 */
const DEFAULTS = {
  OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
  OTEL_METRICS_EXPORTER: 'otlp,prometheus',
  OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
};

/** The telemetry of this process as far as Arc runs it. */
export interface Telemetry {
  status(): TelemetryStatus;
  /**
   * Sends what Arc's own providers hold back; resolves after at most `timeoutMs`, whatever happened.
   * @param others - providers that are flushed with them.
   */
  flush(timeoutMs: number, others?: readonly unknown[]): Promise<void>;
  /** Sends waiting spans from an `exit` handler, in at most `timeoutMs`. */
  flushAtExit(timeoutMs: number): void;
}

/** Joins the providers the application has registered, or starts a NodeSDK of its own. */
export function startTelemetry(instrumentation: ArcInstrumentation): Telemetry {
  return hasTracerProvider() ? joinTelemetry(instrumentation) : ownTelemetry(instrumentation);
}

function joinTelemetry(instrumentation: ArcInstrumentation): Telemetry {
  joinRegistered(instrumentation);
  return {
    status: () => ({ exporter: "the application's own", spansExported: 0, spansFailed: 0 }),
    flush: (timeoutMs, others = []) => flushProviders(others, timeoutMs),
    flushAtExit: () => undefined,
  };
}

function ownTelemetry(instrumentation: ArcInstrumentation): Telemetry {
  const { sdk, exporter } = withDefaults(DEFAULTS, startNodeSdk);
  instrumentation.setTracerProvider(trace.getTracerProvider());
  instrumentation.setMeterProvider(metrics.getMeterProvider());
  instrumentation.setLoggerProvider(logs.getLoggerProvider());
  const tracing = delegateOf(trace.getTracerProvider());
  const providers: unknown[] = [
    tracing,
    delegateOf(metrics.getMeterProvider()),
    delegateOf(logs.getLoggerProvider()),
  ];
  yieldToApplication(instrumentation, sdk);
  return {
    status: () => exporter?.status() ?? { exporter: protocolInForce(), spansExported: 0, spansFailed: 0 },
    flush: (timeoutMs, others = []) =>
      flushProviders(new Set([...providers, ...others]), timeoutMs, exporter?.settled()),
    flushAtExit(timeoutMs) {
      const spans = exporter?.hold();
      if (!exporter || !spans) return;
      void forceFlush(tracing).catch(() => undefined); // hands every waiting span to the exporter before it returns
      const { lastErrorAt = '', lastFlushAt = '' } = exporter.status();
      const unreachable = lastErrorAt > lastFlushAt;
      if (!unreachable) sendAtExit(spans, timeoutMs);
    },
  };
}

function startNodeSdk(): { sdk: NodeSDK; exporter: ObservedExporter | undefined } {
  const exporter = sendsOtlpGrpc() ? createObservedExporter() : undefined;
  const sdk = new NodeSDK({
    ...(exporter && { traceExporter: exporter }),
    // With a view that takes everything as it is, all readers share one storage; without one, each sums up by itself.
    views: [{ instrumentName: '*' }],
    // The default detectors export the command line, which may hold secrets, and the host's id.
    ...(!environment['OTEL_NODE_RESOURCE_DETECTORS'] && {
      resourceDetectors: [envDetector, serviceInstanceIdDetector],
    }),
  });
  sdk.start();
  return { sdk, exporter };
}

function sendsOtlpGrpc(): boolean {
  const exporters = environment['OTEL_TRACES_EXPORTER'] || 'otlp';
  return exporters.trim() === 'otlp' && protocolInForce() === 'otlp/grpc';
}

function protocolInForce(): string {
  const protocol =
    environment['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] ?? environment['OTEL_EXPORTER_OTLP_PROTOCOL'];
  return `otlp/${protocol || 'grpc'}`;
}

function yieldToApplication(instrumentation: ArcInstrumentation, sdk: NodeSDK): void {
  const joined = new Set<string>();
  new GlobalRegistration((signal, provider) => {
    joinProvider(instrumentation, signal, provider);
    joined.add(signal);
    if (joined.has('trace') && joined.has('metrics')) void sdk.shutdown().catch(() => undefined);
  });
}
