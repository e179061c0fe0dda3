import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** Longest message of an agent, in bytes, after decompression: a status with a few hundred packs is far below. */
export const MAX_MESSAGE_BYTES = 1_048_576;

/** What came of reading a body: the bytes, or the HTTP status and sentence to refuse it with. */
export type Body =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly status: number; readonly problem: string };

/** The path alone, without the query. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

/**
 * Under which the sender reached this server, e.g. `http://localhost:4320`: what it calls us is what works for it, in a
 * container or behind a proxy too.
 */
export function requestOrigin(request: IncomingMessage): string {
  const forwarded = request.headers['x-forwarded-proto'];
  const scheme = forwarded === 'https' || forwarded === 'wss' ? 'https' : 'http';
  const host =
    request.headers.host ?? `${request.socket.localAddress ?? 'localhost'}:${request.socket.localPort ?? 0}`;
  return `${scheme}://${host}`;
}

/** Reads and decompresses a body, refusing one that is too long as soon as that shows. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    return {
      ok: false,
      status: 415,
      problem: `content-encoding: must be gzip or identity, received ${encoding}`,
    };
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_MESSAGE_BYTES) return tooLong();
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  return encoding === 'gzip' ? gunzip(bytes) : { ok: true, bytes };
}

function gunzip(bytes: Uint8Array): Body {
  try {
    return { ok: true, bytes: gunzipSync(bytes, { maxOutputLength: MAX_MESSAGE_BYTES }) };
  } catch (error) {
    const isTooLong = error instanceof RangeError;
    return isTooLong ? tooLong() : { ok: false, status: 400, problem: `body: not gzip: ${String(error)}` };
  }
}

function tooLong(): Body {
  return { ok: false, status: 413, problem: `body: must be at most ${MAX_MESSAGE_BYTES} bytes` };
}
