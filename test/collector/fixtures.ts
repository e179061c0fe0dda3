import { randomBytes } from 'node:crypto';
import type { ExecutionContext } from 'ava';
import { type CoreOptions, resolveCoreOptions } from '../../collector/config.js';
import type { KeyValue, OtlpSpan, TraceRequest } from '../../collector/ingest/otlp-messages.js';
import { loadSignalCodecs } from '../../collector/ingest/signals.js';
import { type Core, type CoreParts, startCore } from '../../collector/main.js';
import type { PatternDefinition } from '../../src/contract/pattern.js';
import { openDatabase } from '../../collector/store/database.js';
import type { Attributes, SpanEvent, SpanRecord } from '../../collector/store/records.js';
import { createSqliteStore } from '../../collector/store/sqlite-store.js';
import type { Store } from '../../collector/store/store.js';

/** Compiled once per test process. */
export const codecs = loadSignalCodecs();

/** Options of a Core on free ports, in memory unless said otherwise. */
export function testOptions(given: Readonly<Partial<Record<keyof CoreOptions, unknown>>> = {}): CoreOptions {
  const free = { otlpGrpcPort: 0, otlpHttpPort: 0, webPort: 0, controlPort: 0, database: ':memory:' };
  return resolveCoreOptions({ ...free, ...given }, {}).options;
}

/** Starts a Core without the control channel; it ends with the test. */
export async function startTestCore(
  t: ExecutionContext,
  given: Readonly<Partial<Record<keyof CoreOptions, unknown>>> = {},
  parts: CoreParts = {},
): Promise<Core> {
  const core = await startCore(testOptions(given), { control: null, ...parts });
  t.teardown(() => core.close());
  return core;
}

/** A store in memory; it ends with the test. */
export function memoryStore(t: ExecutionContext): Store {
  const database = openDatabase(':memory:');
  t.teardown(() => database.close());
  return createSqliteStore(database);
}

let counter = 0;

/** A span of an LLM call as a record; every call has a new id and starts a second after the one before. */
export function callSpan(attributes: Attributes = {}, over: Partial<SpanRecord> = {}): SpanRecord {
  counter += 1;
  return {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    parentSpanId: undefined,
    name: 'chat gpt-4',
    kind: 'client',
    startUs: 1_790_000_000_000_000 + counter * 1_000_000,
    durationNs: 1_500_000,
    status: 'unset',
    statusMessage: '',
    scope: 'arc',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4',
      ...attributes,
    },
    events: [],
    links: [],
    resource: { service: 'shop', attributes: { 'service.name': 'shop' } },
    ...over,
  };
}

/** Attributes of a call that a pattern repaired. */
export const FIXED: Attributes = {
  'arc.decision': 'fix',
  'arc.pattern.id': 'openai.gpt-4.high-temperature',
  'arc.pattern.version': 2,
  'arc.pattern.confidence': 0.97,
  'arc.patterns': ['openai.gpt-4.high-temperature@2', 'fleet.second@1'],
  'arc.request.changes': JSON.stringify([{ path: 'temperature', before: 0.95, after: 0.7 }]),
};

/** A pattern that was learned from a refusal. */
export const LEARNED: PatternDefinition = {
  id: 'learned.openai.unsupported.x1',
  version: 1,
  description: 'The parameter is not supported.',
  match: { provider: 'openai', api: 'openai.chat.completions', 'params.tenant': { exists: true } },
  fix: [{ unset: ['params.tenant'] }],
  confidence: 0.9,
  rollout: 1,
  priority: 0,
  ttl: '30d',
};

/** The event of the call a pattern was learned from. */
export function learnedEvent(
  pattern: unknown = LEARNED,
  message = 'Unrecognized request argument: tenant',
): SpanEvent {
  const attributes = {
    'arc.heal.outcome': 'healed',
    'arc.heal.status': 400,
    'arc.heal.message': message,
    'arc.pattern.id': LEARNED.id,
    'arc.learned.pattern': typeof pattern === 'string' ? pattern : JSON.stringify(pattern),
  };
  return { name: 'arc.heal', timeUs: 1_790_000_000_000_000, attributes };
}

/** An export of `count` LLM call spans with new ids. */
export function traceRequest(count: number, over: OtlpSpan = {}): TraceRequest {
  const spans = Array.from({ length: count }, (): OtlpSpan => ({
    traceId: randomBytes(16),
    spanId: randomBytes(8),
    name: 'chat gpt-4',
    kind: 3,
    startTimeUnixNano: '1790000000000000000',
    endTimeUnixNano: '1790000000250000000',
    attributes: [text('gen_ai.operation.name', 'chat'), text('gen_ai.request.model', 'gpt-4')],
    ...over,
  }));
  const resource = { attributes: [text('service.name', 'shop')] };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'arc' }, spans }] }] };
}

/** The same, encoded. */
export function traceBody(count: number, over: OtlpSpan = {}): Uint8Array<ArrayBuffer> {
  return new Uint8Array(codecs.traces.encode(traceRequest(count, over)));
}

/** A text attribute. */
export function text(key: string, stringValue: string): KeyValue {
  return { key, value: { stringValue } };
}
