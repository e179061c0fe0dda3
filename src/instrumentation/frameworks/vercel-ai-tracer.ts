import type { Span, SpanStatus, Tracer } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';
import { record, text, type UnknownRecord } from '../adapters/shape.js';
import { countError } from '../call.js';
import type { Engine } from '../engine.js';
import type { Method } from '../method-patch.js';
import { NO_SPAN } from '../native-spans.js';
import { callWith } from '../otel-global.js';
import { agentWork } from './vercel-ai-work.js';
import {
  beginWork,
  endWhenDropped,
  endWork,
  noteToolContent,
  parsed,
  toolWork,
  type OpenWork,
  type Work,
} from './work.js';

/**
 * A tracer for the option `experimental_telemetry` of `ai` 5 and 6: of what the AI SDK traces, runs and tools get Arc's
 * spans. Its spans of steps and model calls are left out, since those calls are seen at `fetch`.
 */
export function createAiTracer(engine: Engine): Tracer {
  const startActiveSpan = (name: string, ...rest: readonly unknown[]): unknown => {
    const fn = rest.at(-1) as Method; // the last argument of every form of this method
    const open = begin(engine, name, record(record(rest[0])['attributes']));
    return open ? callWith(open.context, fn, undefined, [reporterOf(open)]) : fn(NO_SPAN);
  };
  // The AI SDK calls no other method, and takes what `startActiveSpan` returns.
  return { startSpan: () => NO_SPAN, startActiveSpan } as Tracer;
}

function begin(engine: Engine, name: string, attributes: UnknownRecord): OpenWork | undefined {
  if (!engine.active) return undefined;
  try {
    const work = workOf(engine, name, attributes);
    return work && beginWork(engine, work, engine.parentContext());
  } catch (error) {
    countError(engine, error);
    return undefined;
  }
}

function workOf(engine: Engine, name: string, attributes: UnknownRecord): Work | undefined {
  if (name === 'ai.generateText' || name === 'ai.streamText') {
    return agentWork({
      provider: attributes['ai.model.provider'],
      modelId: attributes['ai.model.id'],
      functionId: attributes['ai.telemetry.functionId'],
    });
  }
  if (name !== 'ai.toolCall') return undefined;
  return toolWork(engine, {
    name: text(attributes['ai.toolCall.name']),
    callId: text(attributes['ai.toolCall.id']),
    input: parsed(attributes['ai.toolCall.args']),
  });
}

/** The span as the AI SDK sees it: what it reports there decides how the work ended. */
function reporterOf(open: OpenWork): Span {
  let failure: { readonly error: unknown; readonly type?: string } | undefined;
  const noteResult = (attributes: object): void => {
    noteToolContent(open, { output: record(attributes)['ai.toolCall.result'] });
  };
  const reporter: Span = {
    spanContext: () => open.span.spanContext(),
    isRecording: () => !open.ended,
    setAttribute: () => reporter,
    setAttributes(attributes) {
      guarded(open, () => noteResult(attributes));
      return reporter;
    },
    addEvent: () => reporter,
    addLink: () => reporter,
    addLinks: () => reporter,
    updateName: () => reporter,
    recordException(exception) {
      const { name, message } = record(exception);
      failure = { error: new Error(text(message) ?? ''), type: text(name) ?? '_OTHER' };
    },
    setStatus({ code, message = '' }: SpanStatus) {
      if (code === SpanStatusCode.ERROR) failure ??= { error: new Error(message), type: '_OTHER' };
      return reporter;
    },
    end: () => endWork(open, failure ?? {}),
  };
  endWhenDropped(reporter, open);
  return reporter;
}

function guarded({ engine }: OpenWork, step: () => void): void {
  try {
    step();
  } catch (error) {
    countError(engine, error);
  }
}
