/** Each peer as its documentation says to set it up. The types name what is used of packages that may be absent. */
import { createCountingExporter, type CountingExporter } from './counting-exporter.js';
import type { Assignment } from './job.js';
import { countSentryItem } from './model-spans.js';
import { createMeterProvider } from './metering.js';
import { createModelStub } from './model-stub.js';
import { loadFrom } from './peers.js';
import { bare, fromModel, type Ready } from './ready.js';

interface Processor {
  forceFlush(): Promise<void>;
}

interface OtelApi {
  readonly trace: { setGlobalTracerProvider(provider: object): void };
  readonly context: { setGlobalContextManager(manager: object): void };
}

interface OpenAiInstrumentation {
  setTracerProvider(provider: object): void;
  setMeterProvider(provider: object): void;
}

interface InstrumentationPackage {
  readonly OpenAIInstrumentation: new () => OpenAiInstrumentation;
}

/** The older major of the client with nothing around it. */
export function bareOpenAi6({ modelUrl }: Assignment): Ready {
  return bare({ load: loadFrom('opentelemetry'), url: modelUrl });
}

/** OpenTelemetry's own instrumentation, on OpenTelemetry 3, with a meter provider like Arc's: it records metrics too. */
export function opentelemetry({ modelUrl, sink }: Assignment): Ready {
  const load = loadFrom('opentelemetry');
  const api = load('@opentelemetry/api') as OtelApi;
  const { BatchSpanProcessor, TracerProvider } = load('@opentelemetry/sdk-trace') as {
    readonly BatchSpanProcessor: new (config: { exporter: object }) => Processor;
    readonly TracerProvider: new (config: { spanProcessors: Processor[] }) => object;
  };
  const { AsyncLocalStorageContextManager } = load('@opentelemetry/context-async-hooks') as {
    readonly AsyncLocalStorageContextManager: new () => { enable(): object };
  };
  const counting = createCountingExporter();
  const processor = new BatchSpanProcessor({ exporter: exporterOf(load, sink, counting) });
  const provider = new TracerProvider({ spanProcessors: [processor] });
  api.trace.setGlobalTracerProvider(provider);
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const sdkMetrics = load('@opentelemetry/sdk-metrics') as Parameters<typeof createMeterProvider>[0];
  instrument(load, '@opentelemetry/instrumentation-openai', provider, createMeterProvider(sdkMetrics));
  return watched(bare({ load, url: modelUrl }), processor, counting);
}

/** Traceloop's instrumentation, on OpenTelemetry 2. */
export function traceloop({ modelUrl, sink }: Assignment): Ready {
  const load = loadFrom('traceloop');
  const counting = createCountingExporter();
  const { processor, provider } = startOtel2(load, exporterOf(load, sink, counting));
  instrument(load, '@traceloop/instrumentation-openai', provider);
  return watched(bare({ load, url: modelUrl }), processor, counting);
}

/** Arize's OpenInference, on OpenTelemetry 2. */
export function openinference({ modelUrl, sink }: Assignment): Ready {
  const load = loadFrom('openinference');
  const counting = createCountingExporter();
  const { processor, provider } = startOtel2(load, exporterOf(load, sink, counting));
  instrument(load, '@arizeai/openinference-instrumentation-openai', provider);
  return watched(bare({ load, url: modelUrl }), processor, counting);
}

/** Langfuse wraps the client and brings a span processor of its own. */
export function langfuse({ modelUrl, sink }: Assignment): Ready {
  const load = loadFrom('langfuse');
  const { NodeTracerProvider } = load('@opentelemetry/sdk-trace-node') as Otel2Package;
  const { LangfuseSpanProcessor } = load('@langfuse/otel') as {
    readonly LangfuseSpanProcessor: new (params: object) => Processor;
  };
  const { observeOpenAI } = load('@langfuse/openai') as {
    readonly observeOpenAI: <Client>(client: Client) => Client;
  };
  const counting = createCountingExporter();
  const processor = new LangfuseSpanProcessor({
    publicKey: 'none',
    secretKey: 'none',
    baseUrl: 'http://127.0.0.1:1', // nothing listens there, and the exporter replaces what would send
    exporter: exporterOf(load, sink, counting),
  });
  new NodeTracerProvider({ spanProcessors: [processor] }).register();
  const model = createModelStub({ load, url: modelUrl });
  return watched(fromModel({ ...model, client: observeOpenAI(model.client) }), processor, counting);
}

/** Sentry with every call sampled. */
export function sentry({ modelUrl, sink }: Assignment): Ready {
  const load = loadFrom('sentry');
  const { init, flush } = load('@sentry/node') as {
    readonly init: (options: object) => void;
    readonly flush: (timeoutMs: number) => PromiseLike<boolean>;
  };
  let count = 0;
  const thrownAway = () => ({
    send([, items]: readonly [object, readonly (readonly [object, unknown])[]]) {
      for (const [, payload] of items) count += countSentryItem(payload);
      return Promise.resolve({ statusCode: 200 });
    },
    flush: () => Promise.resolve(true),
  });
  init({
    dsn: sink ? sink.httpUrl.replace('//', '//none@').concat('/1') : 'http://none@127.0.0.1:1/1',
    tracesSampleRate: 1,
    ...(!sink && { transport: thrownAway }),
  });
  return {
    ...bare({ load, url: modelUrl }),
    flush: async () => void (await flush(5_000)),
    spans: () => count,
  };
}

/** Datadog's tracer, which always sends to an agent: here the sink. Its environment says the rest. */
export function datadog({ modelUrl }: Assignment): Ready {
  const load = loadFrom('datadog');
  const tracer = (load('dd-trace') as { init(): Tracer }).init();
  return {
    ...bare({ load, url: modelUrl }),
    flush() {
      tracer.llmobs.flush();
      // Not public; there is no other way to send before the interval of two seconds is over.
      return new Promise((resolve) => tracer._tracer._exporter.flush(resolve));
    },
  };
}

interface Tracer {
  readonly llmobs: { flush(): void };
  readonly _tracer: { readonly _exporter: { flush(done: () => void): void } };
}

interface Otel2Package {
  readonly BatchSpanProcessor: new (exporter: object) => Processor;
  readonly NodeTracerProvider: new (config: { spanProcessors: Processor[] }) => { register(): void };
}

function startOtel2(load: NodeJS.Require, exporter: object): { processor: Processor; provider: object } {
  const { BatchSpanProcessor, NodeTracerProvider } = load('@opentelemetry/sdk-trace-node') as Otel2Package;
  const processor = new BatchSpanProcessor(exporter);
  const provider = new NodeTracerProvider({ spanProcessors: [processor] });
  provider.register();
  return { processor, provider };
}

/** What `registerInstrumentations` does. */
function instrument(load: NodeJS.Require, name: string, provider: object, meterProvider?: object): void {
  const { OpenAIInstrumentation } = load(name) as InstrumentationPackage;
  const instrumentation = new OpenAIInstrumentation();
  instrumentation.setTracerProvider(provider);
  if (meterProvider) instrumentation.setMeterProvider(meterProvider);
}

function exporterOf(load: NodeJS.Require, sink: Assignment['sink'], counting: CountingExporter): object {
  if (!sink) return counting;
  const { OTLPTraceExporter } = load('@opentelemetry/exporter-trace-otlp-grpc') as {
    readonly OTLPTraceExporter: new (config: { url: string }) => object;
  };
  return new OTLPTraceExporter({ url: sink.grpcUrl });
}

function watched(ready: Ready, processor: Processor, counting: CountingExporter): Ready {
  return { ...ready, flush: () => processor.forceFlush(), spans: counting.count };
}
