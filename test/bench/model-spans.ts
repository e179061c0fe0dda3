import { gunzipSync } from 'node:zlib';
import type { TraceRequest } from '../../collector/ingest/otlp-messages.js';

/** An attribute that only the span of a model call has: OpenTelemetry's and Traceloop's, OpenInference's, Langfuse's. */
const MARKS = ['gen_ai.operation.name', 'openinference.span.kind', 'langfuse.observation.type'] as const;

/** Whether a span stands for a model call and not, say, for the HTTP request below it. */
export function isModelSpan(attributes: Readonly<Record<string, unknown>>): boolean {
  return MARKS.some((mark) => mark in attributes);
}

/** Spans of model calls in an OTLP export. */
export function countOtlp({ resourceSpans = [] }: TraceRequest): number {
  const spans = resourceSpans.flatMap(({ scopeSpans = [] }) => scopeSpans.flatMap(({ spans = [] }) => spans));
  return spans.filter(({ attributes = [] }) =>
    isModelSpan(Object.fromEntries(attributes.map(({ key = '' }) => [key, true]))),
  ).length;
}

/** What a MessagePack map entry `name: "openai.request"` looks like in Datadog's v0.4 traces. */
const DATADOG_NAME = Buffer.from('\xa4name\xaeopenai.request', 'latin1');

/** Spans of model calls in a request to a Datadog agent. */
export function countDatadog(body: Buffer): number {
  let count = 0;
  for (let at = body.indexOf(DATADOG_NAME); at >= 0; at = body.indexOf(DATADOG_NAME, at + 1)) count += 1;
  return count;
}

/** The part of a Sentry envelope's span item that is read. */
interface SentryItem {
  readonly items?: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
}

/** Spans of model calls in the payload of one item of a Sentry envelope. */
export function countSentryItem(payload: unknown): number {
  if (typeof payload !== 'object' || payload === null) return 0;
  const { items } = payload as SentryItem; // what is no list of spans has no such field
  return items?.filter(({ attributes = {} }) => isModelSpan(attributes)).length ?? 0;
}

/** Spans of model calls in a Sentry envelope as it is sent: lines of JSON. */
export function countSentry(body: Buffer, encoding: string | undefined): number {
  const text = (encoding === 'gzip' ? gunzipSync(body) : body).toString();
  const lines = text.split('\n').filter((line) => line.startsWith('{'));
  return lines.reduce((count, line) => count + countSentryItem(JSON.parse(line)), 0);
}
