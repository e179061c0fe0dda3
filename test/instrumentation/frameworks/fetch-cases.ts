/** Ways to call a provider with `fetch` alone. Each returns what the caller sees. */
export interface FetchCase {
  readonly name: string;
  readonly run: (post: Post) => Promise<unknown>;
  /** Model requests the way makes; each must have one span. */
  readonly spans: number;
  readonly tokens: boolean;
}

export type Post = (body: unknown, init?: RequestInit) => Promise<Response>;

export const chat = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello there' }] };
export const streamed = { ...chat, stream: true, stream_options: { include_usage: true } };

export const FETCH_CASES: readonly FetchCase[] = [
  { name: 'json()', spans: 1, tokens: true, run: async (post) => (await post(chat)).json() },
  { name: 'text()', spans: 1, tokens: true, run: async (post) => (await post(chat)).text() },
  {
    name: 'arrayBuffer()',
    spans: 1,
    tokens: true,
    run: async (post) => new TextDecoder().decode(await (await post(chat)).arrayBuffer()),
  },
  {
    name: 'bytes()',
    spans: 1,
    tokens: true,
    run: async (post) => new TextDecoder().decode(await (await post(chat)).bytes()),
  },
  { name: 'blob()', spans: 1, tokens: false, run: async (post) => (await (await post(chat)).blob()).text() },
  {
    name: 'clone(), both read',
    spans: 1,
    tokens: true,
    run: async (post) => {
      const response = await post(chat);
      const copy = response.clone();
      return [await copy.json(), await response.json()];
    },
  },
  {
    name: 'body looked at, then cloned, then read',
    spans: 1,
    tokens: true,
    run: async (post) => {
      const response = await post(chat);
      const before = response.body !== null;
      const copy = response.clone();
      return [before, await copy.text(), await readAll(response)];
    },
  },
  {
    name: 'body looked at, then json()',
    spans: 1,
    tokens: true,
    run: async (post) => {
      const response = await post(chat);
      return [response.body === response.body, response.bodyUsed, await response.json(), response.bodyUsed];
    },
  },
  {
    name: 'what a response is',
    spans: 1,
    tokens: true,
    run: async (post) => {
      const response = await post(chat);
      const { status, ok, type, redirected } = response;
      const url = new URL(response.url).pathname;
      await response.text();
      return [response instanceof Response, response.constructor.name, status, ok, type, redirected, url];
    },
  },
  {
    name: 'read twice',
    spans: 1,
    tokens: true,
    run: async (post) => {
      const response = await post(chat);
      await response.text();
      return outcome(response.text());
    },
  },
  { name: 'stream by reader', spans: 1, tokens: true, run: async (post) => readAll(await post(streamed)) },
  { name: 'stream by text()', spans: 1, tokens: true, run: async (post) => (await post(streamed)).text() },
  {
    name: 'stream by a reader with a buffer of its own',
    spans: 1,
    tokens: true,
    run: async (post) => {
      const reader = (await post(streamed)).body?.getReader({ mode: 'byob' });
      const decoder = new TextDecoder();
      let seen = '';
      for (;;) {
        const step = await reader?.read(new Uint8Array(64));
        if (!step || step.done) return seen;
        seen += decoder.decode(step.value, { stream: true });
      }
    },
  },
  {
    name: 'stream by tee()',
    spans: 1,
    tokens: true,
    run: async (post) => {
      const [left, right] = (await post(streamed)).body?.tee() ?? [];
      return Promise.all([new Response(left).text(), new Response(right).text()]);
    },
  },
  {
    name: 'stream by pipeThrough()',
    spans: 1,
    tokens: true,
    run: async (post) => {
      const texts = (await post(streamed)).body?.pipeThrough(new TextDecoderStream());
      let seen = '';
      for await (const piece of texts ?? []) seen += piece;
      return seen;
    },
  },
  {
    name: 'stream left early',
    spans: 1,
    tokens: false,
    run: async (post) => {
      const response = await post({
        ...streamed,
        messages: [{ role: 'user', content: 'Hi [model-server stream=endless]' }],
      });
      for await (const _ of response.body ?? []) break;
      return response.bodyUsed;
    },
  },
  {
    name: 'stream cut by the server',
    spans: 1,
    tokens: false,
    run: async (post) => {
      const response = await post({
        ...streamed,
        messages: [{ role: 'user', content: 'Hi [model-server cut=2]' }],
      });
      return outcome(readAll(response));
    },
  },
  {
    name: 'stream that ends in an error event',
    spans: 1,
    tokens: false,
    run: async (post) =>
      readAll(await post({ ...streamed, messages: [{ role: 'user', content: 'Hi [model-server fail=2]' }] })),
  },
  {
    name: 'refused request',
    spans: 1,
    tokens: false,
    run: async (post) => (await post({ ...chat, n: -1 })).json(),
  },
  {
    name: 'refused request whose body is cancelled',
    spans: 1,
    tokens: false,
    run: async (post) => {
      const response = await post({ ...chat, n: -1 });
      return [response.status, await response.body?.cancel()];
    },
  },
  {
    name: 'aborted before',
    spans: 1,
    tokens: false,
    run: (post) => outcome(post(chat, { signal: AbortSignal.abort(new RangeError('enough')) })),
  },
  {
    name: 'aborted while streaming',
    spans: 1,
    tokens: false,
    run: async (post) => {
      const control = new AbortController();
      const response = await post(
        { ...streamed, messages: [{ role: 'user', content: 'Hi [model-server stream=endless]' }] },
        { signal: control.signal },
      );
      const reader = response.body?.getReader();
      await reader?.read();
      control.abort();
      const rest = async (): Promise<void> => {
        while ((await reader?.read())?.done === false);
      };
      return outcome(rest());
    },
  },
  {
    name: 'headers as pairs, with a length',
    spans: 1,
    tokens: true,
    run: async (post) => {
      const length = String(Buffer.byteLength(JSON.stringify(chat)));
      const response = await post(chat, {
        headers: [...Object.entries(HEADERS), ['content-length', length]],
      });
      return response.json();
    },
  },
];

export const HEADERS = { 'content-type': 'application/json', authorization: 'Bearer none' };

export async function readAll(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let seen = '';
  for await (const bytes of response.body ?? [])
    seen += decoder.decode(bytes as Uint8Array, { stream: true });
  return seen;
}

async function outcome(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    const { constructor, name, message, cause } = error as Error;
    return [constructor.name, name, message, cause instanceof Error ? cause.constructor.name : typeof cause];
  }
}
