import { startProvider, type Body, type Provider, type ProviderServer } from './loopback.js';

const USAGE = {
  prompt_tokens: 12,
  completion_tokens: 5,
  total_tokens: 17,
  prompt_tokens_details: { cached_tokens: 4 },
};

const TEXTS = ['Hello', ' from', ' Mistral'];

/** Starts a stand-in for Mistral's chat, fill-in-the-middle and embeddings. It calls the first tool offered. */
export function startMistral(): Promise<ProviderServer> {
  return startProvider(mistral);
}

const mistral: Provider = {
  error: (status, message) =>
    status === 422
      ? { detail: [{ loc: ['body', 'temperature'], msg: message, type: 'value_error' }] }
      : { object: 'error', message, type: 'invalid_request_error', param: null, code: '1500' },
  answer({ path, body }) {
    if (path === '/v1/models') return { object: 'list', data: [] };
    if (path === '/v1/embeddings') {
      const usage = { prompt_tokens: 3, completion_tokens: 0, total_tokens: 3 };
      const data = [{ object: 'embedding', index: 0, embedding: [0.25, 0.5] }];
      return { id: 'embed-1', object: 'list', model: body['model'], data, usage };
    }
    if (!isCompletion(path)) return undefined;
    return {
      ...envelope(body, 'chat.completion'),
      choices: [{ index: 0, message: message(body), finish_reason: 'stop' }],
      usage: USAGE,
    };
  },
  events({ path, body }) {
    if (!isCompletion(path) || body['stream'] !== true) return undefined;
    const chunks = TEXTS.map((content, index) => {
      const isLast = index === TEXTS.length - 1;
      return {
        ...envelope(body, 'chat.completion.chunk'),
        choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: isLast ? 'stop' : null }],
        ...(isLast && { usage: USAGE }),
      };
    });
    return [...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`), 'data: [DONE]\n\n'];
  },
};

function isCompletion(path: string): boolean {
  return /^\/v1\/(chat|agents|fim)\/completions/.test(path);
}

function envelope({ model = 'mistral-medium-latest' }: Body, object: string): Body {
  return { id: 'cmpl-1', object, created: 1_700_000_000, model };
}

function message({ tools, response_format: format }: Body): unknown {
  const [tool] = (tools ?? []) as readonly { function?: { name?: string } }[];
  const content = format === undefined ? TEXTS.join('') : '{"city":"Bern"}';
  if (!tool) return { role: 'assistant', content, tool_calls: null };
  const call = { name: tool.function?.name, arguments: '{"city":"Bern"}' };
  return { role: 'assistant', content: '', tool_calls: [{ id: 'call_1', type: 'function', function: call }] };
}
