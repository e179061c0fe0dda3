import type { Params } from '../../contract/request.js';
import { exactJson } from './exact-json.js';
import { isRecord, type UnknownRecord } from './shape.js';

/** A JSON request as it is handed to `fetch`. */
export interface JsonRequest {
  readonly url: string;
  readonly init: UnknownRecord;
  readonly body: string;
}

/** Paths of the APIs Arc knows, whatever the host and the prefix: gateways and servers of one's own have others. */
const MODEL_PATH = /\/(chat\/completions|responses|messages|embeddings)\/?(?:$|\?)/;
/** Headers that vouch for the exact bytes of the body; a repaired one would be refused. */
const DIGESTS = ['content-digest', 'digest', 'x-amz-content-sha256'];

/**
 * The cheap check every `fetch` of the process pays: a POST of a text that looks like an object, to a known path.
 * @returns the request and the known part of its path, or undefined for every other call.
 */
export function readJsonRequest(
  args: readonly unknown[],
): (JsonRequest & { readonly path: string }) | undefined {
  const [input, init] = args;
  if (!isRecord(init) || typeof init['body'] !== 'string' || !isPost(init['method'])) return undefined;
  const url = typeof input === 'string' ? input : input instanceof URL ? input.href : undefined;
  const path = url === undefined ? undefined : MODEL_PATH.exec(url)?.[1];
  const { body } = init;
  if (url === undefined || path === undefined || !body.startsWith('{') || isDigested(init['headers'])) {
    return undefined;
  }
  return { url, init, body, path };
}

/**
 * The same request with a repaired body; everything else of it is the caller's own.
 * @param original - what the body held.
 * @throws {RangeError} when the body cannot be written again without harm.
 */
export function withBody({ init, body }: JsonRequest, original: Params, params: Params): UnknownRecord {
  const changed = { ...init, body: exactJson(body, original, params) };
  const names = headerNames(init['headers']);
  // `fetch` counts for itself, and refuses a count that is wrong.
  return names.includes('content-length') ? { ...changed, headers: withoutLength(init['headers']) } : changed;
}

function isPost(method: unknown): boolean {
  return typeof method === 'string' && method.toUpperCase() === 'POST';
}

function isDigested(headers: unknown): boolean {
  const names = headerNames(headers);
  return DIGESTS.some((digest) => names.includes(digest));
}

/** Names only: Arc reads no header's value. */
function headerNames(headers: unknown): readonly string[] {
  if (headers instanceof Headers) return [...headers.keys()];
  if (Array.isArray(headers)) return headers.map((pair: unknown) => nameOf(pair));
  return isRecord(headers) ? Object.keys(headers).map((name) => name.toLowerCase()) : [];
}

function nameOf(pair: unknown): string {
  const name: unknown = Array.isArray(pair) ? pair[0] : undefined;
  return typeof name === 'string' ? name.toLowerCase() : '';
}

function withoutLength(headers: unknown): unknown {
  if (headers instanceof Headers) {
    const copy = new Headers(headers);
    copy.delete('content-length');
    return copy;
  }
  if (Array.isArray(headers)) return headers.filter((pair) => nameOf(pair) !== 'content-length');
  const pairs = isRecord(headers) ? Object.entries(headers) : [];
  return Object.fromEntries(pairs.filter(([name]) => name.toLowerCase() !== 'content-length'));
}
