import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropicProvider } from './model-server/anthropic.js';
import { createAnswerer } from './model-server/answer.js';
import { completionsProvider } from './model-server/openai-completions.js';
import { embeddingsProvider } from './model-server/openai-embeddings.js';
import { responsesProvider } from './model-server/openai-responses.js';
import { openaiProvider } from './model-server/openai.js';
import type { ModelProvider } from './model-server/provider.js';
import { openRecord, type OpenRequest, type RecordedRequest } from './model-server/record.js';

/** Where the server listens. */
export interface ModelServerOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Address to bind to; 127.0.0.1 when left out. */
  readonly host?: string;
}

/** A running model server. */
export interface ModelServer {
  /** Base URL without a path, e.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  /** What `OPENAI_BASE_URL` wants. */
  readonly openaiBaseUrl: string;
  /** What `ANTHROPIC_BASE_URL` wants. */
  readonly anthropicBaseUrl: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Ends every connection and frees the port. */
  readonly close: () => Promise<void>;
}

/** How long a connection may be idle, in milliseconds. */
const KEEP_ALIVE_MS = 60_000;

const PROVIDERS: readonly ModelProvider[] = [
  openaiProvider,
  responsesProvider,
  embeddingsProvider,
  completionsProvider,
  anthropicProvider,
];

/**
 * Starts a loopback stand-in for OpenAI's chat completions, responses, embeddings and completions, and Anthropic's messages. It validates as the providers
 * do and answers their error bodies; how to ask for faults, see `Directives`.
 * @throws the listening error of Node, e.g. `EADDRINUSE`.
 * @example
 * const server = await startModelServer();
 * const client = new OpenAI({ baseURL: server.openaiBaseUrl, apiKey: 'any' });
 */
export async function startModelServer({
  port = 0,
  host = '127.0.0.1',
}: ModelServerOptions = {}): Promise<ModelServer> {
  const requests: OpenRequest[] = [];
  const answer = createAnswerer();
  const server = createServer((request, response) => {
    const record = openRecord(request, response);
    requests.push(record);
    const provider = PROVIDERS.find(({ path }) => path === record.path);
    // A client that goes away mid-answer is normal here, and recorded.
    void answer(provider, record, request, response).catch(() => response.destroy());
  });
  // A busy client may come back to an idle connection late.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(server, port, host);
  const url = `http://${host}:${(server.address() as AddressInfo).port}`; // a TCP server has an AddressInfo
  return {
    url,
    openaiBaseUrl: `${url}/v1`,
    anthropicBaseUrl: url,
    requests,
    close: () => close(server),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
