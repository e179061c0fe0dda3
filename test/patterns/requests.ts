import type { RequestView } from '../../src/contract/request.js';

/** An OpenAI chat request as the instrumentation shows it. */
export function openaiRequest(params: Readonly<Record<string, unknown>>, provider = 'openai'): RequestView {
  return { provider, operation: 'chat', api: 'openai.chat.completions', model: modelOf(params), params };
}

/** An Anthropic messages request as the instrumentation shows it. */
export function anthropicRequest(
  params: Readonly<Record<string, unknown>>,
  provider = 'anthropic',
): RequestView {
  return { provider, operation: 'chat', api: 'anthropic.messages', model: modelOf(params), params };
}

function modelOf({ model }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof model === 'string' ? model : undefined;
}
