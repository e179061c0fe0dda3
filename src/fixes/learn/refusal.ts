import { isRecord, listOf, own } from '../../patterns/own.js';

/** What a provider answered to a request it refused, as SDKs and logs have it. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** The provider's words; JSON, and what SDKs put before it, may be left as it is. */
  readonly message: string;
  /** The provider's code of the error, where it has one. */
  readonly code?: string | null | undefined;
  /** The parameter the provider names, where it does. */
  readonly param?: string | null | undefined;
}

/** One thing a provider objects to. */
export interface Complaint {
  readonly text: string;
  /** Where in the request, as the provider says beside the text. */
  readonly path?: string | undefined;
}

/** Statuses of a request that was looked at and refused for what it is; nothing was done then. */
const REFUSED: readonly number[] = [400, 404, 413, 422];

/** Whether a status says that the request was looked at, refused for what it is, and had no effect. */
export function isRefused(status: number): boolean {
  return REFUSED.includes(status);
}

/** Longer messages are read no further; the remedy stands in the first lines. */
const MAX_LENGTH = 4_000;
/** Complaints of one refusal that are looked at. */
const MAX_COMPLAINTS = 8;
/** Levels of JSON inside JSON: gateways quote what the provider behind them said. */
const MAX_DEPTH = 6;

/** Refusals that say nothing of the request's form: who asks, who pays, how much, and what it is about. */
const NOT_OF_FORM = new RegExp(
  [
    'content[_ ](?:filter|management|policy)|ResponsibleAI|safety system|moderation|flagged',
    'credit balance|billing|quota|rate.?limit|too many requests|overloaded|timed? ?out',
    'api[_ -]?key|authenticat|unauthori[sz]ed|must be verified|permission denied|subscription',
  ].join('|'),
  'i',
);

/** Members of JSON answers that hold what is wrong, in the order they are believed. */
const HOLDERS = [
  'error',
  'errors',
  'detail',
  'details',
  'metadata',
  'raw',
  'message',
  'msg',
  'fieldViolations',
];

/**
 * What a provider objects to, read from its answer: plain text, JSON in any of the usual shapes, or JSON behind the words
 * of an SDK. Empty for what is no refusal of the request's form.
 */
export function complaintsOf({ status, message, param }: Refusal): readonly Complaint[] {
  if (!isRefused(status) || typeof message !== 'string') return [];
  const text = message.slice(0, MAX_LENGTH);
  if (NOT_OF_FORM.test(text)) return [];
  const found: Complaint[] = [];
  readText(text, 0, found);
  const path = typeof param === 'string' && param !== '' ? param : undefined;
  return found
    .slice(0, MAX_COMPLAINTS)
    .map((complaint) =>
      complaint.path === undefined && path !== undefined ? { ...complaint, path } : complaint,
    );
}

function readText(text: string, depth: number, found: Complaint[]): void {
  const before = found.length;
  const start = text.search(/[{[]\s*["{]/);
  if (start >= 0 && depth < MAX_DEPTH) readValue(parsed(text.slice(start)), depth + 1, found);
  if (found.length > before) return;
  if (readPython(text, found)) return;
  for (const line of text.split(/(?:^|\s)\*\s+(?=[A-Za-z_]+[.:[])/)) {
    const trimmed = line
      .replace(/^\s*(?:\d{3}\s+)?(?:[A-Z][A-Za-z]*Exception:|[A-Z]+_[A-Z_]+\b:?)?\s*/, '')
      .trim();
    if (trimmed !== '') found.push({ text: trimmed });
  }
}

/** Lists of pydantic's errors as Python prints them: `[{'type': 'extra_forbidden', 'loc': ('body', 'x'), 'msg': '…'}]`. */
function readPython(text: string, found: Complaint[]): boolean {
  let any = false;
  for (const [, loc = '', msg = ''] of text.matchAll(
    /'loc': [([]([^)\]]{0,200})[)\]], 'msg': ['"]([^'"]{1,300})/g,
  )) {
    any = true;
    found.push({ text: msg, path: loc.replaceAll(/['"\s]/g, '').replaceAll(',', '.') });
  }
  return any;
}

function readValue(value: unknown, depth: number, found: Complaint[]): void {
  if (depth > MAX_DEPTH || found.length >= MAX_COMPLAINTS) return;
  if (typeof value === 'string') return readText(value, depth, found);
  if (Array.isArray(value)) {
    for (const item of listOf(value)) readValue(item, depth + 1, found);
    return;
  }
  if (!isRecord(value)) return;
  const loc = own(value, 'loc');
  const text = own(value, 'msg') ?? own(value, 'description') ?? own(value, 'message');
  const path = Array.isArray(loc) ? listOf(loc).join('.') : (own(value, 'param') ?? own(value, 'field'));
  if (typeof text === 'string' && typeof path === 'string' && path !== '' && !/^\s*[{[]/.test(text)) {
    found.push({ text, path });
    return;
  }
  for (const key of HOLDERS) {
    const before = found.length;
    readValue(own(value, key), depth + 1, found);
    if (found.length > before) return;
  }
}

function parsed(text: string): unknown {
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  try {
    return JSON.parse(text.slice(0, end + 1)) as unknown;
  } catch {
    return undefined;
  }
}
