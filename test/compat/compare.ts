import { isDeepStrictEqual } from 'node:util';
import type { ObservedCase, ObservedRun } from './observed.js';

/** What a comparison found. */
export interface Comparison {
  /** Cases that ran. */
  readonly ran: number;
  /** Cases the release does not have. */
  readonly notThere: readonly string[];
  /** `case: what differs`, one for each finding. */
  readonly differences: readonly string[];
  /** Spans that started and never ended. */
  readonly open: number;
}

/** Compares the bare run with the one under Arc, case by case. */
export function compareRuns(bare: ObservedRun, underArc: ObservedRun): Comparison {
  const differences = bare.cases.flatMap((before, index) => {
    const after = underArc.cases[index];
    return after
      ? compareCase(before, after).map((finding) => `${before.name}: ${finding}`)
      : [`${before.name}: did not run`];
  });
  return {
    ran: bare.cases.filter(({ there }) => there).length,
    notThere: bare.cases.filter(({ there }) => !there).map(({ name }) => name),
    differences: [...differences, ...unpatched(underArc)],
    open: underArc.cases.reduce((sum, { spans }) => sum + (spans?.open.length ?? 0), 0),
  };
}

function compareCase(bare: ObservedCase, arc: ObservedCase): readonly string[] {
  if (bare.name !== arc.name || bare.there !== arc.there) return ['the run under Arc has another case here'];
  if (!bare.there) return [];
  return [
    ...differs('result', bare.value, arc.value),
    ...differs('error', bare.error, arc.error),
    ...differs('unhandled rejections', bare.unhandled, arc.unhandled),
    ...differs('requests', expectedRequests(bare), parsedRequests(arc)),
    ...spanFindings(arc),
    ...(arc.wrong ?? []),
  ];
}

function differs(what: string, bare: unknown, arc: unknown): readonly string[] {
  if (isDeepStrictEqual(bare, arc)) return [];
  return [`${what} differ: bare ${short(bare)}, under Arc ${short(arc)}`];
}

function short(value: unknown): string {
  const json = JSON.stringify(value) ?? 'undefined';
  return json.length > 600 ? `${json.slice(0, 600)}…` : json;
}

/** A repaired body has another length, and differs in the repaired parameters only. */
function expectedRequests({ requests = [], expected }: ObservedCase): readonly unknown[] {
  const { repaired } = expected ?? {};
  if (!repaired) return requests;
  return requests.map(({ headers, body, ...request }) => ({
    ...request,
    headers: withoutThoseOfTheBody(headers),
    body: merged(JSON.parse(body), repaired),
  }));
}

function withoutThoseOfTheBody(headers: Readonly<Record<string, string>>): object {
  const { 'content-length': _length, 'x-amz-content-sha256': _hash, ...kept } = headers;
  return kept;
}

/** Objects are merged member by member, as fixes change members; anything else is replaced. */
function merged(value: unknown, change: unknown): unknown {
  if (!isObject(value) || !isObject(change)) return change;
  const changes = Object.entries(change).map(([key, item]) => [key, merged(value[key], item)]);
  return { ...value, ...Object.fromEntries(changes) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsedRequests({ requests = [], expected }: ObservedCase): readonly unknown[] {
  if (!expected?.repaired) return requests;
  return requests.map(({ headers, body, ...request }) => ({
    ...request,
    headers: withoutThoseOfTheBody(headers),
    body: JSON.parse(body) as unknown,
  }));
}

function spanFindings({ spans, expected, requests = [] }: ObservedCase): readonly string[] {
  if (!spans || !expected) return ['no spans were observed'];
  const { inference, open, endedTwice, named, fixes, failures } = spans;
  const findings: string[] = [];
  if (open.length > 0) findings.push(`spans never ended: ${open.join(', ')}`);
  if (endedTwice > 0) findings.push(`${endedTwice} spans ended twice`);
  if (inference.length !== expected.spans)
    findings.push(`${inference.length} spans, expected ${expected.spans}`);
  const wanted = expected.tokens === 'when answered' ? isAnswered(requests) : expected.tokens;
  if (wanted !== null && inference.some(({ tokens }) => tokens !== wanted)) {
    findings.push(`spans ${wanted ? 'without' : 'with'} token counts`);
  }
  if (failures > 0 && !expected.failsInside) findings.push(`${failures} failures inside Arc`);
  if (expected.named && !isDeepStrictEqual(named, expected.named)) findings.push(`spans ${named.join(', ')}`);
  if (expected.repaired) {
    if (fixes !== expected.spans) findings.push(`repaired ${fixes} times`);
    if (!expected.bySdk && !inference.every(({ fixed }) => fixed)) findings.push('a span without its repair');
  }
  return findings;
}

function isAnswered(requests: NonNullable<ObservedCase['requests']>): boolean {
  return requests.some(({ status, aborted }) => status === 200 && !aborted);
}

function unpatched({ sdks }: ObservedRun): readonly string[] {
  if (!sdks) return [];
  if (sdks.length === 0) return ['Arc saw no copy of the SDK'];
  return sdks.flatMap(({ version = 'unknown version', targets }) =>
    targets.filter(({ patched }) => !patched).map(({ name }) => `${name} of ${version} is not patched`),
  );
}
