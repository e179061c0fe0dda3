import { createRequire } from 'node:module';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { context } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type DataPoint,
  type MetricData,
} from '@opentelemetry/sdk-metrics';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
  type ReadableLogRecord,
} from '@opentelemetry/sdk-logs';
import type { default as Anthropic } from '@anthropic-ai/sdk';
import type { default as OpenAI } from 'openai';
import { startModelServer, type ModelServer } from '../../src/cli/demo/model-server.js';
import { ArcInstrumentation, type ArcInstrumentationConfig } from '../../src/index.js';

/** An instrumentation whose telemetry stays in memory, the real SDKs under it, and a model server for them. */
export interface Rig {
  readonly arc: ArcInstrumentation;
  readonly models: ModelServer;
  openai(options?: ConstructorParameters<typeof OpenAI>[0]): OpenAI;
  anthropic(options?: ConstructorParameters<typeof Anthropic>[0]): Anthropic;
  /** Ended spans since the last look. */
  spans(): readonly ReadableSpan[];
  logs(): readonly ReadableLogRecord[];
  /** Sum of a counter, or count of a histogram, over all its attribute sets that contain the given ones. */
  metric(name: string, attributes?: Readonly<Record<string, unknown>>): Promise<number>;
  /** Everything measured so far. */
  metrics(): Promise<readonly MetricData[]>;
  close(): Promise<void>;
}

const load = createRequire(__filename);

/** Starts a rig. The SDKs must be loaded through it, so that they are loaded under the instrumentation. */
export async function createRig(config: ArcInstrumentationConfig = {}): Promise<Rig> {
  const spanExporter = new InMemorySpanExporter();
  const logExporter = new InMemoryLogRecordExporter();
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({
    exporter: metricExporter,
    exportIntervalMillis: 3_600_000,
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const arc = new ArcInstrumentation({ controlUrl: 'none', ...config });
  arc.setTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spanExporter })] }),
  );
  arc.setMeterProvider(new MeterProvider({ readers: [reader] }));
  arc.setLoggerProvider(
    new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: logExporter })] }),
  );
  const models = await startModelServer();
  return {
    arc,
    models,
    openai(options) {
      const { OpenAI: Client } = load('openai') as { OpenAI: typeof OpenAI };
      return new Client({ apiKey: 'none', baseURL: models.openaiBaseUrl, maxRetries: 0, ...options });
    },
    anthropic(options) {
      const { Anthropic: Client } = load('@anthropic-ai/sdk') as { Anthropic: typeof Anthropic };
      return new Client({ apiKey: 'none', baseURL: models.anthropicBaseUrl, maxRetries: 0, ...options });
    },
    spans() {
      const ended = [...spanExporter.getFinishedSpans()];
      spanExporter.reset();
      return ended;
    },
    logs: () => logExporter.getFinishedLogRecords(),
    async metric(name, attributes = {}) {
      metricExporter.reset();
      await reader.forceFlush();
      return sumPoints(metricExporter, name, attributes);
    },
    async metrics() {
      metricExporter.reset();
      await reader.forceFlush();
      return allMetrics(metricExporter);
    },
    async close() {
      arc.disable();
      await models.close();
    },
  };
}

function allMetrics(exporter: InMemoryMetricExporter): readonly MetricData[] {
  return exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
}

function sumPoints(
  exporter: InMemoryMetricExporter,
  name: string,
  wanted: Readonly<Record<string, unknown>>,
): number {
  const points = allMetrics(exporter)
    .filter(({ descriptor }) => descriptor.name === name)
    .flatMap(({ dataPoints }): readonly DataPoint<unknown>[] => dataPoints);
  return points
    .filter(({ attributes }) => Object.entries(wanted).every(([key, value]) => attributes[key] === value))
    .reduce(
      (sum, { value }) => sum + (typeof value === 'number' ? value : (value as { count: number }).count),
      0,
    );
}
