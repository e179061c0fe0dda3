import type { FieldChange } from '../../src/contract/decision.js';
import { ARC } from '../../src/contract/names.js';
import { instant } from '../store/json.js';
import type { Attributes, LogRecord, SpanRecord } from '../store/records.js';
import type { CallRow, Store } from '../store/store.js';

/** A span as the API shows it. */
export interface SpanView {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly service: string;
  readonly name: string;
  readonly kind: string;
  /** RFC 3339, to the microsecond. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly status: string;
  readonly statusMessage: string;
  readonly scope: string;
  readonly attributes: Attributes;
  readonly events: readonly { readonly name: string; readonly at: string; readonly attributes: Attributes }[];
  /** Number of ancestors within the trace as far as they are known; 0 for a root. */
  readonly depth: number;
}

/** A log record as the API shows it. */
export interface LogView {
  readonly at: string;
  readonly severity: string;
  readonly eventName: string;
  readonly body: LogRecord['body'];
  readonly attributes: Attributes;
}

/** One call with everything known of it. */
export interface CallDetail {
  readonly call: CallRow;
  /** What was changed, or would have been; empty when nothing was. */
  readonly changes: readonly FieldChange[];
  /** The call's own span. */
  readonly span: SpanView;
  /** The whole trace, parents before children, siblings by start. */
  readonly trace: readonly SpanView[];
  readonly logs: readonly LogView[];
}

/** Gathers a call. @returns undefined when there is none of these ids. */
export function readCallDetail(store: Store, traceId: string, spanId: string): CallDetail | undefined {
  const call = store.findCall(traceId, spanId);
  if (!call) return undefined;
  const trace = arrange(store.listTrace(traceId));
  const span = trace.find((item) => item.spanId === spanId);
  // A trace beyond the limit of one reading may leave its own call out.
  if (!span) return undefined;
  const logs = store.listLogs(traceId, spanId).map(logView);
  return { call, changes: readChanges(span.attributes), span, trace, logs };
}

/** Reads the changes a span reports; anything that is no such list counts as none. */
export function readChanges(attributes: Attributes): readonly FieldChange[] {
  const text = attributes[ARC.requestChanges];
  if (typeof text !== 'string') return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.flatMap(readChange) : [];
  } catch {
    return [];
  }
}

function readChange(value: unknown): FieldChange[] {
  if (typeof value !== 'object' || value === null || !('path' in value) || typeof value.path !== 'string')
    return [];
  const before = 'before' in value ? value.before : undefined;
  const after = 'after' in value ? value.after : undefined;
  return [{ path: value.path, before, after }];
}

/** Puts spans in tree order. A span whose parent is unknown counts as a root; a cycle is cut. */
export function arrange(spans: readonly SpanRecord[]): readonly SpanView[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const hasParent = ({ parentSpanId }: SpanRecord): boolean =>
    parentSpanId !== undefined && known.has(parentSpanId);
  const children = Map.groupBy(spans.filter(hasParent), ({ parentSpanId }) => parentSpanId);
  const views = new Map<string, SpanView>();
  // A stack instead of recursion: a trace may be one chain of thousands of spans. The roots lie on top; of what lies
  // below only spans of a cycle are still unseen when their turn comes.
  const pending = [
    ...spans.filter(hasParent).reverse(),
    ...spans.filter((span) => !hasParent(span)).reverse(),
  ].map((span) => ({ span, depth: 0 }));
  for (let item = pending.pop(); item; item = pending.pop()) {
    const { span, depth } = item;
    if (views.has(span.spanId)) continue;
    views.set(span.spanId, spanView(span, depth));
    const below = [...(children.get(span.spanId) ?? [])].reverse();
    pending.push(...below.map((child) => ({ span: child, depth: depth + 1 })));
  }
  return [...views.values()];
}

function spanView(span: SpanRecord, depth: number): SpanView {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? null,
    service: span.resource.service,
    name: span.name,
    kind: span.kind,
    startedAt: instant(span.startUs),
    durationMs: span.durationNs / 1_000_000,
    status: span.status,
    statusMessage: span.statusMessage,
    scope: span.scope,
    attributes: span.attributes,
    events: span.events.map(({ name, timeUs, attributes }) => ({ name, at: instant(timeUs), attributes })),
    depth,
  };
}

function logView({ timeUs, severity, severityText, eventName, body, attributes }: LogRecord): LogView {
  return { at: instant(timeUs), severity: severityText || String(severity), eventName, body, attributes };
}
