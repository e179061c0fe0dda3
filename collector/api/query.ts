import type { DecisionKind } from '../../src/contract/decision.js';
import type { CallFilter, CallPosition, TimeRange } from '../store/store.js';
import { type ApiProblem, problem } from './problem.js';

/** The decisions a filter accepts. */
export const DECISIONS: readonly DecisionKind[] = ['fix', 'shadow', 'control', 'bypass', 'pass'];

/** Calls on a page when none is asked for, and at most. */
export const DEFAULT_LIMIT = 50;
/** See {@link DEFAULT_LIMIT}. */
export const MAX_LIMIT = 500;

/** Longest value of a filter, in UTF-16 units. */
const MAX_VALUE_LENGTH = 300;

/** A query for calls. */
export interface CallQuery {
  readonly filter: CallFilter;
  readonly limit: number;
  readonly after: CallPosition | undefined;
}

/** What a query string says, or what is wrong with it. */
export type QueryResult<T> =
  { readonly ok: true; readonly query: T } | { readonly ok: false; readonly problem: ApiProblem };

/** Thrown and caught in this file only: one bad value ends the reading. */
class BadQuery extends Error {
  readonly problem: ApiProblem;
  constructor(field: string, rule: string, received: string) {
    super(rule);
    this.problem = problem('bad_query', field, rule, received);
  }
}

/** Filters that are compared as they come; the store has them under the same names. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(['provider', 'model', 'service', 'pattern']);
const CALL_FIELDS: ReadonlySet<string> = new Set([
  ...TEXT_FIELDS,
  'decision',
  'status',
  'since',
  'until',
  'q',
  'cursor',
  'limit',
]);
const RANGE_FIELDS: ReadonlySet<string> = new Set(['since', 'until']);

/** Reads the query of a list of calls. Empty values count as absent, since forms send them. */
export function readCallQuery(params: URLSearchParams): QueryResult<CallQuery> {
  return attempt(() => {
    const values = readValues(params, CALL_FIELDS);
    const filter: CallFilter = {
      ...readTimes(values),
      ...Object.fromEntries([...values].filter(([field]) => TEXT_FIELDS.has(field))),
      ...(values.has('decision') ? { decision: oneOf(values, 'decision', DECISIONS) } : {}),
      ...(values.has('status') ? { status: oneOf(values, 'status', ['ok', 'error']) } : {}),
      ...(values.has('q') ? { search: values.get('q') ?? '' } : {}),
    };
    return { filter, limit: readLimit(values), after: readCursor(values) };
  });
}

/** Reads the query of a view that has only bounds in time. */
export function readRangeQuery(params: URLSearchParams): QueryResult<TimeRange> {
  return attempt(() => readTimes(readValues(params, RANGE_FIELDS)));
}

/** Writes a position as an opaque text for a link. */
export function writeCursor({ startedUs, traceId, spanId }: CallPosition): string {
  return Buffer.from(`${startedUs}.${traceId}.${spanId}`).toString('base64url');
}

function attempt<T>(read: () => T): QueryResult<T> {
  try {
    return { ok: true, query: read() };
  } catch (error) {
    if (error instanceof BadQuery) return { ok: false, problem: error.problem };
    throw error;
  }
}

function readValues(params: URLSearchParams, known: ReadonlySet<string>): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [field, raw] of params) {
    const value = raw.trim();
    if (!known.has(field)) throw new BadQuery(field, `one of the fields ${[...known].join(', ')}`, value);
    if (value.length > MAX_VALUE_LENGTH)
      throw new BadQuery(field, `at most ${MAX_VALUE_LENGTH} characters`, value);
    if (values.has(field)) throw new BadQuery(field, 'given once', value);
    if (value !== '') values.set(field, value);
  }
  return values;
}

function readTimes(values: ReadonlyMap<string, string>): TimeRange {
  const sinceUs = readTime(values, 'since');
  const untilUs = readTime(values, 'until');
  return { ...(sinceUs === undefined ? {} : { sinceUs }), ...(untilUs === undefined ? {} : { untilUs }) };
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function readTime(values: ReadonlyMap<string, string>, field: string): number | undefined {
  const value = values.get(field);
  if (value === undefined) return undefined;
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
  const ms = amount && unit ? Date.now() - Number(amount) * (UNIT_MS[unit] ?? 0) : instantMs(value);
  if (Number.isNaN(ms)) {
    throw new BadQuery(field, 'an RFC 3339 instant, or an age such as 15m, 24h or 7d', value);
  }
  return ms * 1_000;
}

/** `Date.parse` alone takes nearly anything, `model 5` included. */
function instantMs(value: string): number {
  return /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/i.test(value)
    ? Date.parse(value)
    : Number.NaN;
}

function oneOf<T extends string>(
  values: ReadonlyMap<string, string>,
  field: string,
  accepted: readonly T[],
): T {
  const value = values.get(field) ?? '';
  const found = accepted.find((item) => item === value);
  if (found === undefined) throw new BadQuery(field, `one of ${accepted.join(', ')}`, value);
  return found;
}

function readLimit(values: ReadonlyMap<string, string>): number {
  const value = values.get('limit') ?? String(DEFAULT_LIMIT);
  const limit = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (limit < 1 || limit > MAX_LIMIT) throw new BadQuery('limit', `an integer from 1 to ${MAX_LIMIT}`, value);
  return limit;
}

function readCursor(values: ReadonlyMap<string, string>): CallPosition | undefined {
  const value = values.get('cursor');
  if (value === undefined) return undefined;
  const text = Buffer.from(value, 'base64url').toString('latin1');
  const [, startedUs, traceId, spanId] = /^(\d{1,16})\.([0-9a-f]{32})\.([0-9a-f]{16})$/.exec(text) ?? [];
  if (!startedUs || !traceId || !spanId)
    throw new BadQuery('cursor', 'the next_cursor of an earlier answer', value);
  return { startedUs: Number(startedUs), traceId, spanId };
}
