import { ArcError, show } from '../../contract/errors.js';

/** What Core answers: the JSON body and the HTTP status. */
export interface CoreAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One call of Core's JSON API. */
export interface CoreCall {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Below `/api`, with the query. */
  readonly path: string;
  /** A pack's text. */
  readonly body?: string;
  /** Milliseconds. */
  readonly timeoutMs?: number;
}

/** Default of `--core` and `ARC_CORE_URL`. */
export const DEFAULT_CORE_URL = 'http://localhost:8080';
const TIMEOUT_MS = 10_000;

/**
 * Calls Core.
 * @throws {ArcError} `ARC_CORE_UNREACHABLE` when nothing that speaks Core's API answers, with what to do.
 */
export async function callCore(core: string, call: CoreCall): Promise<CoreAnswer> {
  const url = coreUrl(core, call.path);
  try {
    const response = await fetch(url, {
      method: call.method ?? 'GET',
      signal: AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS),
      ...(call.body === undefined
        ? {}
        : { body: call.body, headers: { 'content-type': 'application/yaml; charset=utf-8' } }),
    });
    return { status: response.status, body: await response.json() };
  } catch (error) {
    const message = `Arc Core does not answer at ${core} (${reason(error)}); start it with \`arc core\`, or name it with --core URL or ARC_CORE_URL`;
    throw new ArcError('ARC_CORE_UNREACHABLE', message, { cause: error });
  }
}

function coreUrl(core: string, path: string): URL {
  const url = URL.canParse(core) ? new URL(core) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') {
    return new URL(`${url.pathname.replace(/\/$/, '')}/api${path}`, url);
  }
  throw new ArcError('ARC_USAGE', `--core: must be an http or https URL, received ${show(core)}`);
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause ? String(cause.code) : cause.message;
}

/** The error Core sent, as one for people. */
export function coreError({ status, body }: CoreAnswer): ArcError {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
  const code =
    error['code'] === 'ARC_NOT_FOUND' || error['code'] === 'ARC_PACK_INVALID' ? error['code'] : 'ARC_USAGE';
  const message = error['message'];
  if (typeof message === 'string') return new ArcError(code, message);
  return new ArcError(code, `Arc Core answers with HTTP status ${status}: ${show(body)}`);
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items of a list in the answer, e.g. `packs`; none when the answer has no such list. */
export function listOf(body: unknown, key: string): readonly Readonly<Record<string, unknown>>[] {
  const list = isRecord(body) ? body[key] : undefined;
  return Array.isArray(list) ? list.filter(isRecord) : [];
}
