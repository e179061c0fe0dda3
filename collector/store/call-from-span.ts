import { ARC, GEN_AI, GENERAL } from '../../src/contract/names.js';
import { messageClass } from './message-class.js';
import type { Attributes, SpanRecord } from './records.js';
import type { CallStatus } from './store.js';

/** The columns of `calls` that are not copied from the span. */
export interface CallRecord {
  readonly provider: string;
  readonly api: string | null;
  readonly operation: string;
  readonly modelAsked: string | null;
  readonly modelSent: string | null;
  readonly status: CallStatus;
  readonly errorType: string | null;
  readonly errorMessage: string | null;
  readonly messageClass: string | null;
  readonly decision: string | null;
  readonly bypassReason: string | null;
  readonly patternId: string | null;
  readonly patternVersion: number | null;
  readonly confidence: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** Every pattern that acted, would have acted or was held back, best first. */
  readonly patterns: readonly PatternReference[];
}

/** A pattern as a span names it; the version is null when the span leaves it out. */
export interface PatternReference {
  readonly id: string;
  readonly version: number | null;
}

/** GenAI operations that call no model themselves: the calls inside them have spans of their own. */
const NOT_CALLS: ReadonlySet<string> = new Set([
  'execute_tool',
  'invoke_agent',
  'create_agent',
  'invoke_workflow',
  'plan',
  'retrieval',
]);

/** Longest error message kept, in UTF-16 units; the whole one stays on the span. */
const MAX_MESSAGE_LENGTH = 1_000;

/** Reads the LLM call a span describes. @returns undefined when the span describes none. */
export function callFromSpan(span: SpanRecord): CallRecord | undefined {
  const { attributes } = span;
  const operation = text(attributes, GEN_AI.operationName);
  if (operation === null || NOT_CALLS.has(operation)) return undefined;
  const errorType = text(attributes, GENERAL.errorType);
  const failed = span.status === 'error' || errorType !== null;
  const message = failed ? errorMessage(span) : null;
  const modelSent = text(attributes, GEN_AI.requestModel);
  return {
    // `gen_ai.system` is what instrumentations wrote before the conventions of 2025 renamed it.
    provider: text(attributes, GEN_AI.providerName) ?? text(attributes, 'gen_ai.system') ?? 'unknown',
    api: text(attributes, ARC.api),
    operation,
    modelAsked: text(attributes, `${ARC.requestOriginalPrefix}model`) ?? modelSent,
    modelSent,
    status: failed ? 'error' : 'ok',
    errorType,
    errorMessage: message,
    messageClass: message === null ? null : messageClass(message),
    decision: text(attributes, ARC.decision),
    bypassReason: text(attributes, ARC.bypassReason),
    patternId: text(attributes, ARC.patternId),
    patternVersion: number(attributes, ARC.patternVersion),
    confidence: number(attributes, ARC.patternConfidence),
    inputTokens: number(attributes, GEN_AI.usageInputTokens),
    outputTokens: number(attributes, GEN_AI.usageOutputTokens),
    patterns: patternsOf(attributes),
  };
}

function errorMessage(span: SpanRecord): string | null {
  const exception = span.events.find((event) => event.name === 'exception');
  const message = span.statusMessage || (exception ? text(exception.attributes, 'exception.message') : null);
  return message ? message.slice(0, MAX_MESSAGE_LENGTH) : null;
}

function patternsOf(attributes: Attributes): readonly PatternReference[] {
  const listed = attributes[ARC.patterns];
  const first = text(attributes, ARC.patternId);
  const names = Array.isArray(listed) ? listed.filter((item) => typeof item === 'string') : [];
  const found = new Map<string, PatternReference>();
  for (const name of names) {
    const [id, version] = splitAtLast(name, '@');
    if (id !== '' && !found.has(id)) found.set(id, { id, version });
  }
  if (first !== null && !found.has(first)) {
    found.set(first, { id: first, version: number(attributes, ARC.patternVersion) });
  }
  return [...found.values()];
}

function splitAtLast(name: string, mark: string): readonly [string, number | null] {
  const at = name.lastIndexOf(mark);
  const version = at < 0 ? Number.NaN : Number(name.slice(at + 1));
  return Number.isSafeInteger(version) ? [name.slice(0, at), version] : [name, null];
}

function text(attributes: Attributes, name: string): string | null {
  const value = attributes[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function number(attributes: Attributes, name: string): number | null {
  const value = attributes[name];
  return typeof value === 'number' ? value : null;
}
