import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  decodeAgentToServer,
  encodeServerToAgent,
  OPAMP_CONTENT_TYPE,
  OPAMP_PATH,
} from '../../src/wire/opamp.js';
import type { Dialogue } from './dialogue.js';
import { pathOf, readBody, requestOrigin } from './http-request.js';
import { DOWNLOAD_PATH } from './offer.js';
import type { PackStore } from './pack-store.js';

/** What the endpoint works on. */
export interface HttpParts {
  readonly dialogue: Dialogue;
  readonly store: PackStore;
  readonly log: (message: string) => void;
}

/** A request must be complete after this long, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Serves OpAMP over plain HTTP (POST) and pack downloads (GET); not yet listening. */
export function createHttpEndpoint(parts: HttpParts): Server {
  const server = createServer((request, response) => {
    handle(request, response, parts).catch((error: unknown) => {
      parts.log(`control: ${String(error)}`);
      if (!response.headersSent) refuse(response, 500, 'internal error');
      else response.destroy();
    });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  return server;
}

async function handle(request: IncomingMessage, response: ServerResponse, parts: HttpParts): Promise<void> {
  const path = pathOf(request);
  if (path === OPAMP_PATH) return converse(request, response, parts.dialogue);
  if (path.startsWith(DOWNLOAD_PATH)) return download(request, response, parts.store);
  return refuse(response, 404, `no such path; OpAMP is served on ${OPAMP_PATH}`);
}

async function converse(
  request: IncomingMessage,
  response: ServerResponse,
  dialogue: Dialogue,
): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return refuse(response, 405, 'send OpAMP by POST, or upgrade to a WebSocket');
  }
  const type = request.headers['content-type'] ?? 'none';
  // A web page can post other types across origins without asking; this one it cannot.
  if (!type.startsWith(OPAMP_CONTENT_TYPE)) {
    return refuse(response, 415, `content-type: must be ${OPAMP_CONTENT_TYPE}, received ${type}`);
  }
  const body = await readBody(request);
  if (!body.ok) return refuse(response, body.status, body.problem);
  const decoded = decodeAgentToServer(body.bytes);
  if (!decoded.ok) return refuse(response, 400, decoded.problem);
  const answer = dialogue.answer(decoded.message, { carrier: undefined, origin: requestOrigin(request) });
  response.writeHead(200, { 'content-type': OPAMP_CONTENT_TYPE }).end(encodeServerToAgent(answer));
}

function download(request: IncomingMessage, response: ServerResponse, store: PackStore): void {
  if (request.method !== 'GET') {
    response.setHeader('allow', 'GET');
    return refuse(response, 405, 'packs are fetched by GET');
  }
  const [name = '', hash = ''] = pathOf(request).slice(DOWNLOAD_PATH.length).split('/');
  const text = store.content(decode(name), hash);
  if (text === undefined) return refuse(response, 404, 'no such pack and hash');
  // The address holds the hash of the content, so the content never changes.
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'public, max-age=31536000, immutable',
  };
  response.writeHead(200, headers).end(text);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function refuse(response: ServerResponse, status: number, problem: string): void {
  // The rest of a refused body is not worth reading.
  response.shouldKeepAlive = false;
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${problem}\n`);
}
