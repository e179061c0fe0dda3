import type { IncomingMessage, ServerResponse } from 'node:http';

const CREDENTIALS = new Set(['authorization', 'x-api-key', 'api-key', 'cookie', 'proxy-authorization']);

/** One request as the server saw it. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** What follows the path: the query with its question mark, or nothing. */
  readonly search: string;
  /** Header names in lower case. Credentials are left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body byte for byte, as text. */
  readonly rawBody: string;
  /** The body as JSON, or undefined when it is not JSON. */
  readonly body: unknown;
  /** HTTP status answered, or undefined while the answer is pending. */
  readonly status: number | undefined;
  /** Whether the client went away before the answer was complete. */
  readonly aborted: boolean;
  /** Whether the answer went out completely. */
  readonly finished: boolean;
}

/** A request while it is being served. */
export type OpenRequest = { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] };

/** Starts the record of a request; it notes by itself how the answer ended. */
export function openRecord(request: IncomingMessage, response: ServerResponse): OpenRequest {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const record: OpenRequest = {
    method: request.method ?? '',
    path: pathname,
    search,
    headers: safeHeaders(request),
    rawBody: '',
    body: undefined,
    status: undefined,
    aborted: false,
    finished: false,
  };
  response.once('finish', () => (record.finished = true));
  response.once('close', () => (record.aborted = !response.writableFinished));
  return record;
}

function safeHeaders({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !CREDENTIALS.has(name))
      .map(([name, value]) => [name, String(value)]),
  );
}
