import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import test from 'ava';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { default as OpenAI } from 'openai';
import { createRig, type Rig } from '../../helpers/rig.js';

/** A body, or the attributes of an event. */
export type Body = Readonly<Record<string, unknown>>;

/** Why a body is not taken; a status of 200 is an answer that breaks off, 0 is none at all. */
export type Refusal = { readonly status: number; readonly message: string } | undefined;

/** A provider that takes what `refuse` lets through, and says why it does not take the rest. */
export interface StrictProvider {
  readonly url: string;
  readonly bodies: Body[];
  refuse: (body: Body) => Refusal;
  /** What is answered to a chat completion, in place of the usual message. */
  said: Body;
}

const answer = {
  id: 'a',
  object: 'chat.completion',
  created: 1,
  model: 'house-1',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Rhine' } }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
};
const chunk = {
  ...answer,
  object: 'chat.completion.chunk',
  choices: [{ index: 0, finish_reason: 'stop', delta: { content: 'Rhine' } }],
};

/** What Anthropic's SDK is answered. */
export const message = {
  id: 'm',
  type: 'message',
  role: 'assistant',
  model: 'house-1',
  content: [{ type: 'text', text: 'Rhine' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 1, output_tokens: 1 },
};

const UNSUPPORTED = "Unsupported parameter: 'top_p' is not supported with this model.";

/** Refuses `top_p`. */
export const noTopP = (body: Body): Refusal => (body['top_p'] === undefined ? undefined : always());
/** Says so of any request. */
export const always = (): Refusal => ({ status: 400, message: UNSUPPORTED });

const user = [{ role: 'user' as const, content: 'Name a river.' }];
/** A request that is refused for its `top_p`. */
export const chat = { model: 'house-1', messages: user, top_p: 0.5 };

/** What the tests of one file share. */
export interface HealBench {
  readonly rig: () => Rig;
  readonly strict: StrictProvider;
  readonly client: (options?: object) => OpenAI;
  /** Ids of what was learned. */
  readonly learnedIds: () => readonly string[];
  /** `top_p` of each request so far. */
  readonly topPs: () => readonly unknown[];
}

/** Declares the hooks that start and end a provider, and a rig that heals for each test. */
export function onStrict(): HealBench {
  const strict: StrictProvider = { url: '', bodies: [], refuse: noTopP, said: answer };
  let server: Server;
  let rig: Rig;
  test.before(async () => {
    server = createServer((request, response) => void serve(strict, request, response)).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    Object.assign(strict, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  });
  test.beforeEach(async () => {
    rig = await createRig({ builtinPack: false, heal: true });
    strict.bodies.length = 0;
    Object.assign(strict, { refuse: noTopP, said: answer });
  });
  test.afterEach.always(() => rig.close());
  test.after.always(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    rig: () => rig,
    strict,
    // Modules are patched as they load, which they do for the first rig of a process.
    client: (options = {}) => rig.arc.wrap(rig.openai({ baseURL: `${strict.url}/v1`, ...options })),
    learnedIds: () =>
      [...rig.arc.packs.definitions()].map(({ id }) => id).filter((id) => id.startsWith('learned.')),
    topPs: () => strict.bodies.map((body) => body['top_p']),
  };
}

async function serve(
  strict: StrictProvider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = JSON.parse(await text(request)) as Body;
  strict.bodies.push(body);
  const refusal = strict.refuse(body);
  if (refusal?.status === 0) return;
  const error = { type: 'error', error: { message: refusal?.message, type: 'invalid_request_error' } };
  response.statusCode = refusal?.status ?? 200;
  const isChat = request.url?.includes('completions') === true;
  if (response.statusCode === 200 && body['stream'] === true && isChat) {
    response.setHeader('content-type', 'text/event-stream');
    const last = refusal ? JSON.stringify(error) : '[DONE]';
    return void response.end(`data: ${JSON.stringify(chunk)}\n\ndata: ${last}\n\n`);
  }
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(refusal ? error : isChat ? strict.said : message));
}

/** The event of a second attempt, on a call's span. */
export function eventOf(span: ReadableSpan | undefined): Body | undefined {
  return span?.events.find(({ name }) => name === 'arc.heal')?.attributes;
}
