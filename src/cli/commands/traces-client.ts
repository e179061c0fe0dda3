import type { CallDetail } from '../../../collector/api/call-view.js';
import type { ApiProblem } from '../../../collector/api/problem.js';
import type { CallRow } from '../../../collector/store/store.js';
import { ArcError, show } from '../../contract/errors.js';
import { callCore, coreError, isRecord } from './packs-client.js';

/** A page of calls as the API answers it. */
export interface CallList {
  readonly calls: readonly CallRow[];
  readonly next_cursor: string | null;
}

/** Reads the list of calls. @throws {ArcError} `ARC_CORE_UNREACHABLE`, `ARC_USAGE` or `ARC_NOT_FOUND` */
export function fetchCalls(core: string, query: URLSearchParams): Promise<CallList> {
  return get<CallList>(core, `/calls?${query.toString()}`);
}

/** Reads one call. @throws {ArcError} `ARC_CORE_UNREACHABLE`, `ARC_USAGE` or `ARC_NOT_FOUND` */
export function fetchCall(core: string, traceId: string, spanId: string): Promise<CallDetail> {
  return get<CallDetail>(core, `/calls/${encodeURIComponent(traceId)}/${encodeURIComponent(spanId)}`);
}

async function get<T>(core: string, path: string): Promise<T> {
  const { status, body } = await callCore(core, { path });
  if (status === 200) return body as T; // the API of the same package, whose types these are
  if (!isProblem(body)) throw coreError({ status, body });
  const { field, rule, received } = body.error;
  throw new ArcError(
    status === 404 ? 'ARC_NOT_FOUND' : 'ARC_USAGE',
    `${field}: must be ${rule}, received ${show(received)}`,
  );
}

function isProblem(body: unknown): body is ApiProblem {
  return isRecord(body) && isRecord(body['error']) && 'rule' in body['error'];
}
