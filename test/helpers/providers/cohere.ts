import { startProvider, type Provider, type ProviderServer } from './loopback.js';

const USAGE = {
  billed_units: { input_tokens: 8, output_tokens: 5 },
  tokens: { input_tokens: 12, output_tokens: 5 },
  cached_tokens: 4,
};

const TEXTS = ['Hello', ' from', ' Cohere'];

/** Starts a stand-in for version 2 of Cohere's API: chat and embed. It calls the first tool offered. */
export function startCohere(): Promise<ProviderServer> {
  return startProvider(cohere);
}

const cohere: Provider = {
  error: (_status, message) => ({ id: 'error-1', message }),
  answer({ path, body }) {
    if (path === '/v1/models') return { models: [{ name: 'command-a-03-2025' }] };
    if (path === '/v2/embed') {
      return {
        response_type: 'embeddings_by_type',
        id: 'embed-1',
        embeddings: { float: [[0.25, 0.5]] },
        texts: body['texts'],
        meta: { api_version: { version: '2' }, billed_units: { input_tokens: 3 } },
      };
    }
    if (path === '/v1/chat') return v1Answer(body['tools'] !== undefined);
    if (path !== '/v2/chat') return undefined;
    const message = body['tools']
      ? { role: 'assistant', tool_plan: 'I will look.', tool_calls: [toolCall('{"city":"Bern"}')] }
      : { role: 'assistant', content: [{ type: 'text', text: TEXTS.join('') }] };
    return { id: 'chat-1', message, finish_reason: body['tools'] ? 'TOOL_CALL' : 'COMPLETE', usage: USAGE };
  },
  events({ path, body }) {
    if (path === '/v1/chat' && body['stream'] === true) return v1Events();
    if (path !== '/v2/chat' || body['stream'] !== true) return undefined;
    const middle = body['tools'] ? toolEvents() : textEvents();
    const finish_reason = body['tools'] ? 'TOOL_CALL' : 'COMPLETE';
    return [
      event('message-start', { id: 'chat-1', delta: { message: { role: 'assistant' } } }),
      ...middle,
      event('message-end', { id: 'chat-1', delta: { finish_reason, usage: USAGE } }),
      'data: [DONE]\n\n',
    ];
  },
};

/** Version 1 counts under `meta`, and streams lines of JSON. */
function v1Answer(withTools: boolean): object {
  return {
    text: withTools ? 'I will look.' : TEXTS.join(''),
    generation_id: 'generation-1',
    response_id: 'response-1',
    finish_reason: 'COMPLETE',
    ...(withTools && { tool_calls: [{ name: 'weather', parameters: { city: 'Bern' } }] }),
    meta: { api_version: { version: '1' }, ...USAGE },
  };
}

function v1Events(): readonly string[] {
  const line = (event_type: string, fields: object): string =>
    `${JSON.stringify({ event_type, is_finished: event_type === 'stream-end', ...fields })}\n`;
  return [
    line('stream-start', { generation_id: 'generation-1' }),
    ...TEXTS.map((text) => line('text-generation', { text })),
    line('stream-end', { finish_reason: 'COMPLETE', response: v1Answer(false) }),
  ];
}

function textEvents(): readonly string[] {
  return TEXTS.map((text) => event('content-delta', { index: 0, delta: { message: { content: { text } } } }));
}

function toolEvents(): readonly string[] {
  const delta = (args: string) => ({ message: { tool_calls: { function: { arguments: args } } } });
  return [
    event('tool-call-start', { index: 0, delta: { message: { tool_calls: toolCall('') } } }),
    event('tool-call-delta', { index: 0, delta: delta('{"city":') }),
    event('tool-call-delta', { index: 0, delta: delta('"Bern"}') }),
    event('tool-call-end', { index: 0 }),
  ];
}

function toolCall(args: string): unknown {
  return { id: 'call_1', type: 'function', function: { name: 'weather', arguments: args } };
}

function event(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
