import type { FieldChange } from '../../contract/decision.js';
import { ARC, EVENT_HEAL } from '../../contract/names.js';
import type { RecordedRequest } from './model-server/record.js';

/** A repaired call as Core has it: the part the story tells. */
export interface StoredCall {
  readonly traceId: string;
  readonly spanId: string;
  readonly decision: string;
  readonly patternId: string;
  readonly patternVersion: number;
  readonly changes: readonly FieldChange[];
  /** Where the call was refused, repaired and sent once more: how it was refused, and what that taught. */
  readonly healed: Healed | undefined;
}

/** What the event of a second attempt says. */
interface Healed {
  readonly message: string;
  readonly patternId: string;
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
    .map(({ call, changes, span }) => ({ ...call, changes, healed: healedOf(span.events) }));
}

type Listed = Pick<StoredCall, 'traceId' | 'spanId'>;

interface Detail {
  readonly call: Omit<StoredCall, 'changes' | 'healed'> & { readonly startedAt: string };
  readonly changes: readonly FieldChange[];
  readonly span: { readonly events: readonly StoredEvent[] };
}

interface StoredEvent {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function healedOf(events: readonly StoredEvent[]): Healed | undefined {
  const { attributes } = events.find(({ name }) => name === EVENT_HEAL) ?? {};
  if (attributes?.[ARC.healOutcome] !== 'healed') return undefined;
  return { message: String(attributes[ARC.healMessage]), patternId: String(attributes[ARC.patternId]) };
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

/** A call with the requests that were made for it, of which the last was answered. */
export interface ToldCall {
  readonly call: StoredCall;
  readonly requests: readonly RecordedRequest[];
}

/** Gives each call its requests: one, or two where the first was refused and the call healed. */
export function withRequests(
  calls: readonly StoredCall[],
  requests: readonly RecordedRequest[],
): readonly ToldCall[] {
  let at = 0;
  return calls.map((call) => {
    const from = at;
    at += call.healed ? 2 : 1;
    return { call, requests: requests.slice(from, at) };
  });
}

/** Tells one call: as written, what matched or was learned, what was sent, what came back. */
export function tellCall({ call, requests }: ToldCall, answer: string, page: string): string[] {
  const [first, last = first] = requests;
  if (!first || !last) return [];
  const sent = bodyOf(last);
  return [
    `  as written   ${show(call.healed ? bodyOf(first) : asWritten(sent, call.changes))}`,
    ...(call.healed
      ? [`  refused      ${first.status}, ${call.healed.message}`, `  learned      ${call.healed.patternId}`]
      : [`  matched      ${call.patternId}, version ${call.patternVersion}`]),
    `  sent         ${show(sent)}`,
    `  came back    ${last.status}, ${answer.replace(/^.*?: /, '')}`,
    `  trace        ${page}/calls/${call.traceId}/${call.spanId}`,
    '',
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

function bodyOf({ body }: RecordedRequest): Body {
  return isBody(body) ? body : {};
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Messages are the same on both sides and long; they are left out of the line. */
function show(body: Body): string {
  const { messages: _messages, ...rest } = body;
  return JSON.stringify(rest);
}
