import type { FieldChange } from '../../contract/decision.js';
import type { RecordedRequest } from './model-server/record.js';

/** A repaired call as Core has it: the part the story tells. */
export interface StoredCall {
  readonly traceId: string;
  readonly spanId: string;
  readonly decision: string;
  readonly patternId: string;
  readonly patternVersion: number;
  readonly changes: readonly FieldChange[];
}

/**
 * Reads the calls Core stored since an instant (milliseconds since 1970), oldest first, with their changes, from its JSON API.
 * @throws {Error} when Core does not answer.
 */
export async function fetchCalls(page: string, since: number): Promise<StoredCall[]> {
  const listed = (await getJson(`${page}/api/calls?since=${new Date(since).toISOString()}&limit=100`)) as {
    calls: readonly Listed[];
  }; // Core's own form
  const calls = await Promise.all(
    listed.calls.map(({ traceId, spanId }) => getJson(`${page}/api/calls/${traceId}/${spanId}`)),
  );
  return (calls as Detail[])
    .sort((a, b) => a.call.startedAt.localeCompare(b.call.startedAt))
    .map(({ call, changes }) => ({ ...call, changes }));
}

type Listed = Pick<StoredCall, 'traceId' | 'spanId'>;

interface Detail {
  readonly call: Omit<StoredCall, 'changes'> & { readonly startedAt: string };
  readonly changes: readonly FieldChange[];
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

/** Tells one call: as written, what matched, what was sent, what came back. */
export function tellCall(call: StoredCall, request: RecordedRequest, answer: string, page: string): string[] {
  const sent = isBody(request.body) ? request.body : {};
  return [
    `  as written   ${show(asWritten(sent, call.changes))}`,
    `  matched      ${call.patternId}, version ${call.patternVersion}`,
    `  sent         ${show(sent)}`,
    `  came back    ${request.status}, ${answer.replace(/^.*?: /, '')}`,
    `  trace        ${page}/calls/${call.traceId}/${call.spanId}`,
  ];
}

/** The request as the program wrote it: what was sent with the changes of top-level fields taken back. */
export function asWritten(sent: Body, changes: readonly FieldChange[]): Body {
  const original: Record<string, unknown> = { ...sent };
  for (const { path, before } of changes) {
    if (before === undefined) delete original[path];
    else original[path] = before;
  }
  return original;
}

type Body = Readonly<Record<string, unknown>>;

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Messages are the same on both sides and long; they are left out of the line. */
function show(body: Body): string {
  const { messages: _messages, ...rest } = body;
  return JSON.stringify(rest);
}
