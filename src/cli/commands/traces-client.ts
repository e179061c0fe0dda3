import type { CallDetail } from '../../../collector/api/call-view.js';
import type { ApiProblem } from '../../../collector/api/problem.js';
import type { CallRow } from '../../../collector/store/store.js';
import { ArcError } from '../../contract/errors.js';

/** A page of calls as the API answers it. */
export interface CallList {
  readonly calls: readonly CallRow[];
  readonly next_cursor: string | null;
}

/** Longest wait for an answer, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** Reads the list of calls. @throws {ArcError} `ARC_CORE_UNREACHABLE`, `ARC_USAGE` or `ARC_NOT_FOUND` */
export function fetchCalls(core: string, query: URLSearchParams): Promise<CallList> {
  return get<CallList>(core, `/api/calls?${query.toString()}`);
}

/** Reads one call. @throws {ArcError} `ARC_CORE_UNREACHABLE`, `ARC_USAGE` or `ARC_NOT_FOUND` */
export function fetchCall(core: string, traceId: string, spanId: string): Promise<CallDetail> {
  return get<CallDetail>(core, `/api/calls/${encodeURIComponent(traceId)}/${encodeURIComponent(spanId)}`);
}

async function get<T>(core: string, path: string): Promise<T> {
  if (!URL.canParse(core)) throw new ArcError('ARC_USAGE', `--core: must be a URL, received "${core}"`);
  const response = await fetch(new URL(path, core), { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    (error: unknown) => {
      throw unreachable(core, error);
    },
  );
  const body: unknown = await response.json().catch((error: unknown) => {
    throw unreachable(core, error);
  });
  if (response.ok) return body as T; // the API of the same package, whose types these are
  if (!isProblem(body)) throw unreachable(core, new Error(`HTTP status ${response.status}`));
  const { field, rule, received } = body.error;
  const code = response.status === 404 ? 'ARC_NOT_FOUND' : 'ARC_USAGE';
  throw new ArcError(code, `${field}: must be ${rule}, received "${received ?? ''}"`);
}

function isProblem(body: unknown): body is ApiProblem {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object';
}

function unreachable(core: string, error: unknown): ArcError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ArcError(
    'ARC_CORE_UNREACHABLE',
    `no Arc Core answers at ${core} (${reason}). Start one with \`arc core\`, or say where it is with --core or ARC_CORE_URL.`,
    { cause: error },
  );
}
