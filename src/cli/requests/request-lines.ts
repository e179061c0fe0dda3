import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { ArcError, show } from '../../contract/errors.js';
import type { Params } from '../../contract/request.js';
import type { LoggedRequest } from '../../patterns/request-names.js';

/** A request of a log, one line of JSON: `{id?, provider, api, body, error?}`. */
export interface RequestLine extends LoggedRequest {
  /** What the log calls it, or `line N`. */
  readonly id: string;
  /** How the provider refused it; absent where it answered. */
  readonly error?: { readonly status: number; readonly message: string };
}

/** A line of a log: a request, or what is wrong with it. */
export type LogLine =
  | { readonly line: number; readonly request: RequestLine }
  | { readonly line: number; readonly problem: string };

/**
 * Reads requests one by one, however many there are. Empty lines are skipped; a line that is no request is told of and the
 * next one read.
 * @param file - a path, or `-` for standard input.
 * @throws {ArcError} `ARC_USAGE` when the file cannot be read.
 */
export async function* readRequestLines(file: string): AsyncGenerator<LogLine> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  const lines = createInterface({ input, crlfDelay: Infinity });
  let line = 0;
  try {
    // `readline` does not hand on an error of its input.
    const failed = new Promise<never>((_resolve, reject) => input.once('error', reject));
    failed.catch(() => undefined);
    const iterator = lines[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await Promise.race([iterator.next(), failed]);
      if (done === true) return;
      line += 1;
      if (value.trim() !== '') yield readLine(value, line);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ArcError('ARC_USAGE', `cannot read ${file}: ${code}`, { cause: error });
  } finally {
    lines.close();
  }
}

function readLine(text: string, line: number): LogLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { line, problem: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (!isObject(value)) return { line, problem: `must be an object, received ${show(value)}` };
  const { id = `line ${line}`, provider, api, body, error } = value;
  if (typeof id !== 'string' && typeof id !== 'number') return bad(line, 'id', 'a text or number', id);
  if (provider !== undefined && typeof provider !== 'string')
    return bad(line, 'provider', 'a text', provider);
  if (typeof api !== 'string') return bad(line, 'api', 'a text, such as openai.chat.completions', api);
  if (!isObject(body)) return bad(line, 'body', 'the parameters of the request', body);
  const refusal = readError(error);
  if (typeof refusal === 'string') return { line, problem: refusal };
  return {
    line,
    request: {
      id: String(id),
      api,
      body,
      ...(provider !== undefined && { provider }),
      ...(refusal && { error: refusal }),
    },
  };
}

function readError(error: unknown): RequestLine['error'] | string {
  if (error === undefined || error === null) return undefined;
  if (!isObject(error)) return `error: must be an object of status and message, received ${show(error)}`;
  const { status, message } = error;
  if (typeof status !== 'number') return `error.status: must be a number, received ${show(status)}`;
  return typeof message === 'string'
    ? { status, message }
    : `error.message: must be a text, received ${show(message)}`;
}

function bad(line: number, field: string, rule: string, received: unknown): LogLine {
  return { line, problem: `${field}: must be ${rule}; received ${show(received)}` };
}

function isObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
