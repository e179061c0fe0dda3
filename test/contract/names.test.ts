import test from 'ava';
import {
  ARC,
  BEDROCK,
  EVENT_OPERATION_EXCEPTION,
  GEN_AI,
  GEN_AI_MODALITY,
  GENERAL,
  LEGACY,
  MCP,
  METRIC,
  OPENAI,
} from '../../src/contract/names.js';
import { LEGACY_SPAN_ATTRIBUTES } from '../golden/semconv-4a.js';
import { LEGACY_METRICS, METRICS } from '../golden/semconv-metrics.js';
import { SPANS } from '../golden/semconv-spans.js';

const spans = Object.values(SPANS).map(({ attributes }) => attributes);
const points = Object.values({ ...METRICS, ...LEGACY_METRICS }).map(({ attributes }) => attributes);
const known = new Set([...spans, LEGACY_SPAN_ATTRIBUTES, ...points].flatMap((table) => Object.keys(table)));

test('names: every attribute of the contract is in the table of the conventions', (t) => {
  const modalities = Object.values(GEN_AI_MODALITY).flatMap((names) => Object.values(names));
  const own = [GEN_AI, OPENAI, BEDROCK, GENERAL, MCP].flatMap((names) => Object.values(names));
  t.deepEqual(
    [...own, ...modalities].filter((name) => !known.has(name)),
    [],
  );
});

test('names: every metric of the contract is in the table, and the table has no other', (t) => {
  const named = new Set<string>([...Object.values(METRIC), ...Object.values(LEGACY)]);
  const rows = Object.keys({ ...METRICS, ...LEGACY_METRICS });
  t.deepEqual(
    Object.values(METRIC).filter((name) => !rows.includes(name)),
    [],
  );
  t.deepEqual(
    rows.filter((name) => !named.has(name)),
    [],
  );
});

test("names: what is Arc's own says so, and nothing else does", (t) => {
  t.deepEqual(
    Object.values(ARC).filter((name) => !name.startsWith('arc.')),
    [],
  );
  t.false(EVENT_OPERATION_EXCEPTION.startsWith('arc.'));
  t.deepEqual(
    [...known].filter((name) => name.startsWith('arc.') && !isNamed(name)),
    [],
  );
});

function isNamed(name: string): boolean {
  return name.startsWith(ARC.requestOriginalPrefix) || Object.values<string>(ARC).includes(name);
}
