import { gunzip } from 'node:zlib';
import { MAX_EXPORT_BYTES } from './limits.js';

/** The body of a request, or why it cannot be had. */
export type BodyResult =
  | { readonly kind: 'ok'; readonly body: Uint8Array }
  | { readonly kind: 'too_large'; readonly message: string }
  | { readonly kind: 'bad_encoding'; readonly message: string }
  | { readonly kind: 'malformed'; readonly message: string };

/**
 * Reads a body of at most {@link MAX_EXPORT_BYTES}, before and after decompression; reading stops at the limit, so
 * that a small body cannot become a large one in memory.
 */
export async function readBody(request: Request): Promise<BodyResult> {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') {
    return {
      kind: 'bad_encoding',
      message: `Content-Encoding must be gzip or identity, received "${encoding}"`,
    };
  }
  const bytes = await readBounded(request);
  if (bytes === undefined) return tooLarge('the body');
  return encoding === 'gzip' ? decompress(bytes) : { kind: 'ok', body: bytes };
}

async function readBounded(request: Request): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_EXPORT_BYTES) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: ReadableStream<Uint8Array> | null = request.body;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > MAX_EXPORT_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decompress(bytes: Uint8Array): Promise<BodyResult> {
  return new Promise((resolve) => {
    gunzip(bytes, { maxOutputLength: MAX_EXPORT_BYTES }, (error, body) => {
      if (!error) resolve({ kind: 'ok', body });
      else if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
        resolve(tooLarge('the decompressed body'));
      else resolve({ kind: 'malformed', message: `the body is not valid gzip: ${error.message}` });
    });
  });
}

function tooLarge(what: string): BodyResult {
  return {
    kind: 'too_large',
    message: `${what} is larger than ${MAX_EXPORT_BYTES} bytes; send smaller batches`,
  };
}
