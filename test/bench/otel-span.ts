import { SpanKind, type Span } from '@opentelemetry/api';
import type { default as OpenAI } from 'openai';
import type { Assignment } from './job.js';
import { bare, readAll, type Ready, type Request } from './ready.js';
import { startTracing } from './tracing.js';

/** The span an application would write by hand around the call, with the attributes the GenAI conventions ask for. */
export function otelSpan(assignment: Assignment): Ready {
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
