import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { openRecord, type RecordedRequest } from '../../../src/cli/demo/model-server/record.js';
import { createFaults } from './faults.js';

/** One request as the server saw it. */
export interface OllamaRequest extends RecordedRequest {
  readonly body: Readonly<Record<string, unknown>>;
}

/** A running stand-in for an Ollama server. */
export interface OllamaServer {
  readonly url: string;
  readonly requests: readonly OllamaRequest[];
  close(): Promise<void>;
}

/**
 * Starts a stand-in for `ollama serve`: `/api/chat`, `/api/generate` and `/api/embed`, newline-delimited JSON when
 * streaming. The model `missing` is not found, `broken` fails in mid-stream, `cut` is cut there, `endless` never ends.
 * @see https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export async function startOllama(): Promise<OllamaServer> {
  const requests: OllamaRequest[] = [];
  const faultOf = createFaults();
  const server = createServer((request, response) => {
    const record = openRecord(request, response);
    requests.push(record as OllamaRequest); // its body is filled in before anybody looks
    void text(request).then(async (rawBody) => {
      Object.assign(record, {
        rawBody,
        body: rawBody === '' ? {} : (JSON.parse(rawBody) as OllamaRequest['body']),
      });
      const { status, delayMs } = faultOf(String((record as OllamaRequest).body['model']));
      if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
      if (record.aborted) return;
      record.status = status ?? 200;
      if (status !== undefined) return json(response, status, { error: 'refused on demand' });
      await answer(record as OllamaRequest, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server has an AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const COUNTS = { total_duration: 5_000_000, load_duration: 1_000, prompt_eval_count: 26, eval_count: 3 };
const WORDS = ['The', ' Rhine', '.'];

async function answer({ path, body }: OllamaRequest, response: ServerResponse): Promise<void> {
  const { model } = body;
  if (model === 'missing') return json(response, 404, { error: `model "missing" not found` });
  if (path === '/api/tags') return json(response, 200, { models: [{ name: 'llama3.2', size: 9 }] });
  if (path === '/api/embed') {
    return json(response, 200, { model, embeddings: [[0.1, 0.2]], total_duration: 9, prompt_eval_count: 4 });
  }
  const piece = path === '/api/chat' ? chatPiece : generatePiece;
  const end = { ...piece(body, ''), done: true, done_reason: 'stop', ...COUNTS };
  if (body['stream'] !== true)
    return json(response, 200, { ...end, ...piece(body, WORDS.join('')), done: true });
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  for (const word of WORDS) response.write(line({ ...piece(body, word), done: false }));
  if (model === 'broken')
    return void response.end(line({ error: 'an error was encountered while running the model' }));
  if (model === 'endless') return;
  if (model === 'cut') return void response.socket?.write('', () => response.destroy());
  response.end(line(end));
}

const CREATED = '2026-11-20T10:00:00.000000Z';

function chatPiece({ model }: OllamaRequest['body'], content: string): object {
  return { model, created_at: CREATED, message: { role: 'assistant', content } };
}

function generatePiece({ model }: OllamaRequest['body'], response: string): object {
  return { model, created_at: CREATED, response };
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
