import { randomBytes } from 'node:crypto';
import { lastUserText, type Directives } from './directives.js';
import { openaiModel } from './openai-models.js';
import { estimateTokens, isObject, objectOr, objects, textOr, type Body } from './rule.js';
import { sampleFromSchema } from './sample.js';

/** A tool the model decided to call. */
export interface ToolCall {
  readonly name: string;
  readonly input: unknown;
}

/** What the stand-in model says, before a provider's format is put around it. */
export interface Reply {
  /** null: no text at all, as with a tool call. */
  readonly text: string | null;
  readonly toolCall?: ToolCall;
  /** The answer was cut at the token limit. */
  readonly cut: boolean;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

/** A reasoning model spends this many tokens before it writes, so a smaller limit leaves no text. */
const REASONING_TOKENS = 64;
const UNRELATED = 'wharf seventeen copper nonetheless ]{ lantern, purple of of quarterly ~ tidal }} umbra';

/** Decides the answer. The same request always gets the same one. */
export function reply(body: Body, directives: Directives): Reply {
  const toolCall = chooseTool(body);
  const reasoningTokens = openaiModel(body['model']).reasons ? REASONING_TOKENS : 0;
  const full =
    directives.content === 'empty' ? '' : toolCall || directives.content === 'null' ? null : answer(body);
  const limit = Math.max(0, tokenLimit(body) - reasoningTokens) * 4;
  const text = full === null ? null : full.slice(0, limit);
  return {
    text,
    cut: text !== full,
    inputTokens: estimateTokens([body['system'], body['messages'], body['tools']]),
    outputTokens: reasoningTokens + estimateTokens(toolCall?.input ?? text),
    reasoningTokens,
    ...(toolCall ? { toolCall } : {}),
  };
}

/** A made-up identifier of a provider's shape. @example newId('chatcmpl-', 29).length // 38 */
export function newId(prefix: string, length: number): string {
  const letters = randomBytes(length * 2)
    .toString('base64url')
    .replace(/[-_]/g, '');
  return `${prefix}${letters.slice(0, length)}`;
}

/** Cuts a text into pieces of a few characters, as tokens arrive. */
export function pieces(text: string, size = 12): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

function answer(body: Body): string {
  const format = objectOr(body['response_format']);
  const subject = lastUserText(body).replace(/\s+/g, ' ').trim().slice(0, 60);
  const text = `A stand-in answer to "${subject}".`;
  if (tooHot(body)) return `${text.slice(0, 16)} ${UNRELATED}`;
  if (format['type'] === 'json_object') return JSON.stringify({ answer: text });
  if (format['type'] !== 'json_schema') return text;
  return JSON.stringify(sampleFromSchema(objectOr(objectOr(format['json_schema'])['schema'])));
}

/**
 * At high temperature the text of older models decays into unrelated tokens.
 * @see https://github.com/Significant-Gravitas/AutoGPT/issues/1298
 */
function tooHot({ model, temperature }: Body): boolean {
  if (typeof temperature !== 'number') return false;
  return temperature > (/^gpt-4(-turbo|-\d|$)/.test(textOr(model)) ? 0.9 : 1.5);
}

function tokenLimit({ max_tokens, max_completion_tokens }: Body): number {
  const limit = max_completion_tokens ?? max_tokens;
  return typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY;
}

/** Calls the first tool once: when tools are offered and the last word was the user's. */
function chooseTool(body: Body): ToolCall | undefined {
  const tool = objects(body['tools'])[0];
  const choice = body['tool_choice'];
  if (!tool || choice === 'none' || objectOr(choice)['type'] === 'none' || answersTool(body))
    return undefined;
  const definition = isObject(tool['function']) ? tool['function'] : tool; // the responses API has it in the tool
  const schema = objectOr(definition['parameters'] ?? definition['input_schema']);
  return { name: textOr(definition['name']), input: sampleFromSchema({ type: 'object', ...schema }) };
}

function answersTool({ messages }: Body): boolean {
  const last = objects(messages).at(-1);
  return last?.['role'] !== 'user' || objects(last['content']).some(({ type }) => type === 'tool_result');
}
