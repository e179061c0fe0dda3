import type { PatternDefinition } from '../../src/contract/pattern.js';
import type { LogRecord, MetricPointRecord, SpanRecord } from './records.js';

/** What a write did. */
export interface WriteCount {
  /** New rows. */
  readonly stored: number;
  /** Items that were there already, by identity, and were left alone. */
  readonly duplicates: number;
}

/** How a call ended. */
export type CallStatus = 'ok' | 'error';

/** One LLM call: the part of its span that lists and filters use. */
export interface CallRow {
  readonly traceId: string;
  readonly spanId: string;
  /** RFC 3339, to the microsecond. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly service: string;
  /** `gen_ai.provider.name`. */
  readonly provider: string;
  /** The provider's API, e.g. `openai.chat.completions`; null when another instrumentation made the span. */
  readonly api: string | null;
  readonly operation: string;
  /** The model the application named; null when it named none. */
  readonly modelAsked: string | null;
  /** The model that was sent. */
  readonly modelSent: string | null;
  readonly status: CallStatus;
  readonly errorType: string | null;
  readonly errorMessage: string | null;
  /** `pass`, `fix`, `shadow`, `control` or `bypass`; null when Arc did not look at the call. */
  readonly decision: string | null;
  readonly bypassReason: string | null;
  readonly patternId: string | null;
  readonly patternVersion: number | null;
  /** Confidence of the pattern, from 0 to 1. */
  readonly confidence: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

/** Bounds in time, both in microseconds since 1970; `sinceUs` is inclusive, `untilUs` is not. */
export interface TimeRange {
  readonly sinceUs?: number;
  readonly untilUs?: number;
}

/** Which calls to list: every field given must hold. Texts are compared exactly but for `search`. */
export interface CallFilter extends TimeRange {
  readonly decision?: string;
  readonly provider?: string;
  /** Model asked for or sent. */
  readonly model?: string;
  readonly service?: string;
  readonly status?: CallStatus;
  /** Id of a pattern that acted or would have acted. */
  readonly pattern?: string;
  /** A part of the model, the error or the pattern id, letter case ignored. */
  readonly search?: string;
}

/** Where a page of calls ends; the next one starts after it. */
export interface CallPosition {
  readonly startedUs: number;
  readonly traceId: string;
  readonly spanId: string;
}

/** A page of calls, newest first. */
export interface CallPage {
  readonly calls: readonly CallRow[];
  /** Undefined on the last page. */
  readonly next: CallPosition | undefined;
}

/** Failed calls that look alike. */
export interface FailureGroup {
  readonly provider: string;
  readonly model: string | null;
  readonly errorType: string | null;
  /** The message with ids, numbers and quoted texts replaced, which makes messages of one cause equal. */
  readonly messageClass: string | null;
  readonly count: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** The latest of them. */
  readonly example: { readonly traceId: string; readonly spanId: string; readonly message: string | null };
}

/** What a pattern did. */
export interface PatternActivity {
  readonly patternId: string;
  /** Highest version seen. */
  readonly version: number | null;
  readonly calls: number;
  /** Calls by decision. */
  readonly decisions: Readonly<Record<string, number>>;
  /** Repaired calls that failed all the same. */
  readonly errorsAfterFix: number;
  readonly lastSeen: string;
}

/** What processes learned from refusals: a pattern, and what it was learned from. */
export interface Lesson {
  readonly patternId: string;
  readonly pattern: PatternDefinition;
  /** How often it was learned: once by each process. */
  readonly times: number;
  /** Calls it has repaired before they left. */
  readonly repaired: number;
  readonly services: readonly string[];
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** The latest call it was learned from, and how the provider refused that. */
  readonly example: {
    readonly traceId: string;
    readonly spanId: string;
    readonly status: number | null;
    readonly message: string | null;
  };
}

/** Totals. */
export interface StoreSummary {
  readonly calls: number;
  readonly errors: number;
  readonly decisions: Readonly<Record<string, number>>;
  /** Items stored and duplicates dropped since the database was made, by table. */
  readonly totals: Readonly<Record<StoredSignal, WriteCount>>;
}

/** What is stored. */
export type StoredSignal = 'spans' | 'metric_points' | 'log_records';

/** Values that occur, for the filters of the page; each list is sorted and bounded. */
export interface FilterValues {
  readonly providers: readonly string[];
  readonly models: readonly string[];
  readonly services: readonly string[];
  readonly patterns: readonly string[];
}

/**
 * Where telemetry is kept. A write is one transaction: when it returns, everything is committed; when it throws,
 * nothing is.
 */
export interface Store {
  /** Stores spans and, of those that are LLM calls, the call. A span whose ids are known is left as it is. */
  writeSpans(spans: readonly SpanRecord[]): WriteCount;
  writeMetricPoints(points: readonly MetricPointRecord[]): WriteCount;
  writeLogRecords(records: readonly LogRecord[]): WriteCount;
  /** Lists calls, newest first. @param limit - 1 to 500. */
  listCalls(filter: CallFilter, limit: number, after?: CallPosition): CallPage;
  findCall(traceId: string, spanId: string): CallRow | undefined;
  /** Every span of a trace by start time, at most {@link MAX_TRACE_SPANS}. */
  listTrace(traceId: string): readonly SpanRecord[];
  /** Failed calls in groups, the largest first. */
  listFailures(range: TimeRange): readonly FailureGroup[];
  /** Patterns that acted or would have, the busiest first. */
  listPatterns(range: TimeRange): readonly PatternActivity[];
  /** What was learned from refusals, the latest first. */
  listLessons(range: TimeRange): readonly Lesson[];
  summarise(range: TimeRange): StoreSummary;
  filterValues(): FilterValues;
  /** Log records of a span, by time. */
  listLogs(traceId: string, spanId: string): readonly LogRecord[];
}

/** Largest number of spans of one trace that are read at once. */
export const MAX_TRACE_SPANS = 2_000;
