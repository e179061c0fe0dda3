import { SpanKind, type MeterProvider, type Span } from '@opentelemetry/api';
import type { default as OpenAI } from 'openai';
import { METRIC } from '../../src/contract/names.js';
import type { Assignment } from './job.js';
import { startMetering } from './metering.js';
import { bare, readAll, type Ready, type Request } from './ready.js';
import { startTracing } from './tracing.js';

/** The span an application would write by hand around the call, with the attributes the GenAI conventions ask for. */
export function otelSpan(assignment: Assignment): Ready {
  return byHand(assignment, () => undefined);
}

/** The same with the metrics the conventions ask for beside it. */
export function otelSpanAndMetrics(assignment: Assignment): Ready {
  return byHand(assignment, measureWith(startMetering()));
}

type Answer = OpenAI.Chat.ChatCompletion | OpenAI.Chat.ChatCompletionChunk;
/** @param startedAt - of the call, by `performance.now()`. */
type Measure = (params: Request, answer: Answer, startedAt: number) => void;

function byHand(assignment: Assignment, measure: Measure): Ready {
  const { tracerProvider, flush, spans } = startTracing(assignment.sink);
  const tracer = tracerProvider.getTracer('by-hand');
  const ready = bare({ url: assignment.modelUrl });
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
    flush,
    spans,
    call: (params) =>
      inSpan(params, async (span) => {
        const startedAt = performance.now();
        const answer = await completions.create(params);
        span.setAttributes(responseAttributes(answer));
        measure(params, answer, startedAt);
        return answer;
      }),
    stream: (params) =>
      inSpan(params, async (span) => {
        const startedAt = performance.now();
        const chunks = await completions.create({ ...params, stream: true });
        return readAll(chunks, (last) => {
          span.setAttributes(responseAttributes(last));
          measure(params, last, startedAt);
        });
      }),
  };
}

function measureWith(provider: MeterProvider): Measure {
  const meter = provider.getMeter('by-hand');
  const duration = meter.createHistogram(METRIC.inferenceDuration, { unit: 's' });
  const [input, output] = [METRIC.inputTokens, METRIC.outputTokens].map((name) =>
    meter.createCounter(name, { unit: '{token}' }),
  );
  const [inputOfCall, outputOfCall] = [METRIC.operationInputTokens, METRIC.operationOutputTokens].map(
    (name) => meter.createHistogram(name, { unit: '{token}' }),
  );
  return (params, { model, usage }, startedAt) => {
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': params.model,
      'gen_ai.response.model': model,
      'server.address': 'model.invalid',
      'server.port': 80,
    };
    const tokens = { ...attributes, 'gen_ai.token.modality': 'unknown' };
    duration.record((performance.now() - startedAt) / 1000, attributes);
    input?.add(usage?.prompt_tokens ?? 0, tokens);
    output?.add(usage?.completion_tokens ?? 0, tokens);
    if (!usage) return;
    inputOfCall?.record(usage.prompt_tokens, attributes);
    outputOfCall?.record(usage.completion_tokens, attributes);
  };
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

function responseAttributes(answer: Answer) {
  return {
    'gen_ai.response.id': answer.id,
    'gen_ai.response.model': answer.model,
    'gen_ai.response.finish_reasons': answer.choices.map(({ finish_reason: reason }) => reason ?? ''),
    'gen_ai.usage.input_tokens': answer.usage?.prompt_tokens,
    'gen_ai.usage.output_tokens': answer.usage?.completion_tokens,
  };
}
