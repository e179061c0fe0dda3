import { createHash } from 'node:crypto';
import { exchange } from './http-exchange.js';
import type { OfferedPack } from './pack-offer.js';

/** A downloaded pack's text, or why there is none. */
export type Download =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string };

/** Fetches a pack on offer; aborted when a newer offer arrives. Never rejects. */
export type Fetcher = (pack: OfferedPack, signal: AbortSignal) => Promise<Download>;

/** Longest pack, in bytes: a million patterns of 64 bytes. */
const MAX_PACK_BYTES = 67_108_864;
/** For one download, in milliseconds. */
const DOWNLOAD_TIMEOUT_MS = 30_000;

/**
 * Creates the fetcher of a process.
 * @param controlUrl - where the control channel goes; a download from the same host takes the same scheme, so that a
 * proxy that ends TLS in front of Core is not bypassed.
 */
export function createFetcher(controlUrl: URL): Fetcher {
  return async (pack, signal) => {
    const url = downloadUrl(pack.downloadUrl, controlUrl);
    if (!url)
      return {
        ok: false,
        problem: `download_url: must be an http or https URL, received ${pack.downloadUrl}`,
      };
    const answer = await exchange({ url, maxBytes: MAX_PACK_BYTES, timeoutMs: DOWNLOAD_TIMEOUT_MS, signal });
    if (answer.kind === 'failed') return { ok: false, problem: `download failed: ${answer.problem}` };
    if (answer.status !== 200) return { ok: false, problem: `download failed: HTTP status ${answer.status}` };
    return verify(answer.body, pack.contentHash);
  };
}

function downloadUrl(offered: string, controlUrl: URL): URL | undefined {
  if (!URL.canParse(offered, httpUrl(controlUrl).href)) return undefined;
  const url = new URL(offered, httpUrl(controlUrl));
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  if (url.host === controlUrl.host) url.protocol = httpUrl(controlUrl).protocol;
  return url;
}

/** The same endpoint over HTTP: `ws` becomes `http`, `wss` becomes `https`. */
export function httpUrl(url: URL): URL {
  const plain = new URL(url);
  if (plain.protocol === 'ws:') plain.protocol = 'http:';
  if (plain.protocol === 'wss:') plain.protocol = 'https:';
  return plain;
}

function verify(body: Buffer, expected: string): Download {
  const received = createHash('sha256').update(body).digest('hex');
  if (received === expected) return { ok: true, text: body.toString('utf8') };
  return { ok: false, problem: `the download is damaged: SHA-256 must be ${expected}, received ${received}` };
}
