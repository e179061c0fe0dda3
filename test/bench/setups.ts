import { context, metrics, SpanKind, trace, type Span } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { default as OpenAI } from 'openai';
import { ArcInstrumentation, type ArcInstrumentationConfig } from '../../src/index.js';
import { createModelStub, type ModelStub, type requestOf } from './model-stub.js';

type Request = ReturnType<ReturnType<typeof requestOf>>;
/** The method as a patch sees it. */
interface Patched {
  create: (this: unknown, ...args: unknown[]) => unknown;
}

type Chunks = AsyncIterable<OpenAI.Chat.ChatCompletionChunk>;

/** A process made ready for calls. */
export interface Ready {
  readonly model: ModelStub;
  /** One call, its answer read to the end. */
  call(params: Request): Promise<unknown>;
  /** One streamed call, read to the end; returns the number of chunks. */
  stream(params: Request): Promise<number>;
  /** Spans that reached the exporter. */
  spans(): Promise<number>;
}

/** What stands around the client, by name. */
export const SETUPS = {
  bare,
  'pass-through': passThrough,
  'otel-span': otelSpan,
  arc: () => arc({}, 2),
  'arc-no-metrics': () => arc({}, 0),
  'arc-off': () => arc({ mode: 'off' }, 2),
} as const satisfies Readonly<Record<string, () => Ready>>;

/** Name of a setup. */
export type SetupName = keyof typeof SETUPS;

function bare(): Ready {
  const model = createModelStub();
  const { completions } = model.client.chat;
  return {
    model,
    call: async (params) => completions.create(params),
    stream: async (params) => readAll(await completions.create({ ...params, stream: true })),
    spans: () => Promise.resolve(0),
  };
}

/** A patch that does nothing: what any instrumentation pays for standing there. */
function passThrough(): Ready {
  const ready = bare();
  const { completions } = ready.model.client.chat;
  const owner = Object.getPrototypeOf(completions) as Patched; // the class's own prototype
  const { create } = owner;
  owner.create = function patched(...args) {
    return create.apply(this, args);
  };
  return ready;
}

/** The span an application would write by hand around the call, with the attributes the GenAI conventions ask for. */
function otelSpan(): Ready {
  const { tracerProvider, spans } = startTracing();
  const tracer = tracerProvider.getTracer('by-hand');
  const ready = bare();
  const { completions } = ready.model.client.chat;
  const inSpan = <T>(params: Request, body: (span: Span) => Promise<T>): Promise<T> =>
    tracer.startActiveSpan(
      `chat ${params.model}`,
      { kind: SpanKind.CLIENT, attributes: requestAttributes(params) },
      async (span) => {
        try {
          return await body(span);
        } finally {
          span.end();
        }
      },
    );
  return {
    ...ready,
    spans,
    call: (params) =>
      inSpan(params, async (span) => {
        const answer = await completions.create(params);
        span.setAttributes(responseAttributes(answer));
        return answer;
      }),
    stream: (params) =>
      inSpan(params, async (span) => {
        const chunks = await completions.create({ ...params, stream: true });
        return readAll(chunks, (last) => span.setAttributes(responseAttributes(last)));
      }),
  };
}

/** Arc as `arc/otel-register` sets it up: spans in batches, and metrics for as many readers as there are exporters. */
function arc(config: ArcInstrumentationConfig, metricReaders: number): Ready {
  const { spans } = startTracing();
  if (metricReaders > 0) {
    const readers = Array.from({ length: metricReaders }, createReader);
    metrics.setGlobalMeterProvider(new MeterProvider({ readers, views: [{ instrumentName: '*' }] }));
  }
  const instrumentation = new ArcInstrumentation({ controlUrl: 'none', ...config });
  instrumentation.setTracerProvider(trace.getTracerProvider());
  if (metricReaders > 0) instrumentation.setMeterProvider(metrics.getMeterProvider());
  return { ...bare(), spans };
}

function createReader(): PeriodicExportingMetricReader {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  return new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
}

/** A tracer provider that batches spans and throws the batches away, registered for the process. */
function startTracing(): { tracerProvider: TracerProvider; spans: () => Promise<number> } {
  let exported = 0;
  const processor = new BatchSpanProcessor({
    exporter: {
      export(batch, done) {
        exported += batch.length;
        done({ code: 0 });
      },
      shutdown: () => Promise.resolve(),
    },
  });
  const tracerProvider = new TracerProvider({ spanProcessors: [processor] });
  trace.setGlobalTracerProvider(tracerProvider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const spans = async (): Promise<number> => {
    await processor.forceFlush();
    return exported;
  };
  return { tracerProvider, spans };
}

async function readAll(
  chunks: Chunks,
  finish?: (last: OpenAI.Chat.ChatCompletionChunk) => void,
): Promise<number> {
  let count = 0;
  let last: OpenAI.Chat.ChatCompletionChunk | undefined;
  for await (const chunk of chunks) {
    count += 1;
    last = chunk;
  }
  if (finish && last) finish(last);
  return count;
}

function requestAttributes(params: Request) {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': params.model,
    'gen_ai.request.temperature': params.temperature,
    'gen_ai.request.max_tokens': params.max_tokens,
    'server.address': 'model.invalid',
    'server.port': 80,
  };
}

function responseAttributes(answer: OpenAI.Chat.ChatCompletion | OpenAI.Chat.ChatCompletionChunk) {
  return {
    'gen_ai.response.id': answer.id,
    'gen_ai.response.model': answer.model,
    'gen_ai.response.finish_reasons': answer.choices.map(({ finish_reason: reason }) => reason ?? ''),
    'gen_ai.usage.input_tokens': answer.usage?.prompt_tokens,
    'gen_ai.usage.output_tokens': answer.usage?.completion_tokens,
  };
}
