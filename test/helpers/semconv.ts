import { SpanStatusCode, type Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { ExecutionContext } from 'ava';
import { ARC } from '../../src/contract/names.js';
import { type ValueType } from '../golden/semconv-4a.js';
import { SPANS, type SpanType } from '../golden/semconv-spans.js';

/** A span as it started and as it ended. */
export interface SeenSpan {
  readonly atStart: Readonly<Record<string, unknown>>;
  readonly span: ReadableSpan;
}

/** A span processor that keeps each span that ended together with what it began with. */
export function recordSpans(seen: SeenSpan[]): SpanProcessor {
  const starts = new Map<string, SeenSpan['atStart']>();
  return {
    onStart: (span) => void starts.set(span.spanContext().spanId, { ...span.attributes }),
    onEnd: (span) => void seen.push({ atStart: starts.get(span.spanContext().spanId) ?? {}, span }),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

/** A double may be a whole number: JavaScript knows no difference. */
export function hasType(value: unknown, type: ValueType): boolean {
  switch (type) {
    case 'int':
      return Number.isInteger(value);
    case 'double':
      return Number.isFinite(value);
    case 'string[]':
      return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
    case 'json':
      return typeof value === 'string' && ['{', '['].includes(JSON.stringify(JSON.parse(value))[0] ?? '');
    case 'any':
      return typeof value === 'string' && JSON.parse(value) !== undefined;
    case 'string':
      return typeof value === 'string' && value !== '';
    default:
      return typeof value === type;
  }
}

/** Which kind of span the conventions would call it. */
export function typeOfSpan(
  { attributes }: Pick<ReadableSpan, 'attributes'>,
  side: 'client' | 'server',
): SpanType {
  if ('mcp.method.name' in attributes) return `mcp.${side}`;
  const operation = String(attributes['gen_ai.operation.name']);
  return operation in SPANS ? (operation as SpanType) : 'inference'; // just found to be one
}

/**
 * Holds any span of Arc's against the table: kind, name, every attribute's name, type, level and time, and what the
 * conventions say of attributes together.
 */
export function checkAgainstTable(t: ExecutionContext, type: SpanType, { span, atStart }: SeenSpan): void {
  const { attributes, kind, name } = span;
  const rule = SPANS[type];
  t.is(kind, rule.kind, `${name}: kind`);
  const words = rule.name
    .map((part) =>
      typeof part === 'string' ? attributes[part] : (attributes[part[0]] ?? attributes[part[1]]),
    )
    .filter((word) => word !== undefined);
  // A peer may send any method: those nobody handles share one name.
  if (type !== 'mcp.server' || name !== '_OTHER') t.is(name, words.join(' '));
  t.deepEqual(
    Object.keys(attributes).filter((key) => !(key in rule.attributes) && !isArcs(key)),
    [],
    `${name}: every name is in the table`,
  );
  for (const [key, { type: wanted, level, start }] of Object.entries(rule.attributes)) {
    const value = attributes[key];
    if (level === 'required') t.not(value, undefined, `${name} has ${key}`);
    if (value === undefined) continue;
    t.true(hasType(value, wanted), `${name}: ${key} is ${wanted}: ${JSON.stringify(value)}`);
    if (start) t.true(key in atStart, `${name}: ${key} is there when the span is made`);
  }
  checkTogether(t, span);
}

/** Arc's own attributes are those its contract names. */
function isArcs(key: string): boolean {
  const own: readonly string[] = Object.values(ARC);
  return (
    own.includes(key) ||
    (key.startsWith(ARC.requestOriginalPrefix) && key.length > ARC.requestOriginalPrefix.length)
  );
}

/** Counts of one kind are part of the sum of all: the conventions say so of each. */
const PARTS: readonly (readonly [part: string, whole: string])[] = [
  ['gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.input_tokens'],
  ['gen_ai.usage.cache_write.input_tokens', 'gen_ai.usage.input_tokens'],
  ['gen_ai.usage.reasoning.output_tokens', 'gen_ai.usage.output_tokens'],
  ...['text', 'image', 'audio'].flatMap((modality): [string, string][] => [
    [`gen_ai.usage.${modality}.input_tokens`, 'gen_ai.usage.input_tokens'],
    [`gen_ai.usage.${modality}.output_tokens`, 'gen_ai.usage.output_tokens'],
    [`gen_ai.usage.${modality}.cache_read.input_tokens`, 'gen_ai.usage.cache_read.input_tokens'],
  ]),
];

function checkTogether(t: ExecutionContext, { attributes, name, status }: ReadableSpan): void {
  t.is('server.port' in attributes, 'server.address' in attributes, `${name}: a port with each address`);
  t.is('error.type' in attributes, status.code === SpanStatusCode.ERROR, `${name}: error.type and status`);
  t.not(attributes['gen_ai.request.stream'], false, `${name}: only streams say so`);
  t.not(attributes['gen_ai.request.choice.count'], 1, `${name}: one choice is not told`);
  for (const [part, whole] of PARTS) {
    if (part in attributes)
      t.true(Number(attributes[part]) <= numberAt(attributes, whole), `${name}: ${part}`);
  }
}

function numberAt(attributes: Attributes, key: string): number {
  return Number(attributes[key] ?? Number.NaN);
}
