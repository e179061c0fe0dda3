import { isObject, objects, textOr, type Body } from './rule.js';

/** The request header that asks the server to misbehave. */
export const DIRECTIVE_HEADER = 'x-model-server';

/**
 * How one request asks to be treated. Written as `key=value` words in the header {@link DIRECTIVE_HEADER}, or in
 * square brackets in the last user message: `[model-server status=429 times=2]`.
 */
export interface Directives {
  /** The words as written; requests with the same words share the count of `times`. */
  readonly text: string;
  /** Answer this HTTP status instead, to the first `times` requests. */
  readonly status?: number;
  /** How many requests get `status`; 1 when left out. */
  readonly times: number;
  /** Wait before the first byte, in milliseconds. */
  readonly delayMs: number;
  /** Wait between two stream events, in milliseconds. */
  readonly pauseMs: number;
  /** Cut the connection after this many stream events; a plain answer is cut after its headers. */
  readonly cutAfter?: number;
  /** Send the provider's error event after this many stream events. */
  readonly failAfter?: number;
  /** `stream=endless`: repeat the text until the client goes away. */
  readonly endless: boolean;
  /** `content=null` or `content=empty`: an answer without text. */
  readonly content?: 'null' | 'empty';
}

/**
 * Reads what a request asks for.
 * @example readDirectives('status=429 times=2', {}).times // 2
 */
export function readDirectives(header: string | undefined, body: Body): Directives {
  const text = header ?? /\[model-server ([^\]]*)\]/.exec(lastUserText(body))?.[1] ?? '';
  const words = new Map(text.split(/\s+/).map((word) => splitOnce(word)));
  const content = words.get('content');
  return {
    text,
    times: count(words.get('times')) ?? 1,
    delayMs: count(words.get('delay')) ?? 0,
    pauseMs: count(words.get('pause')) ?? 0,
    endless: words.get('stream') === 'endless',
    ...optional('status', count(words.get('status'))),
    ...optional('cutAfter', count(words.get('cut'))),
    ...optional('failAfter', count(words.get('fail'))),
    ...(content === 'null' || content === 'empty' ? { content } : {}),
  };
}

/** Text of the last message whose role is `user`; blocks are joined by line breaks. */
export function lastUserText({ messages }: Body): string {
  const content = objects(messages).findLast(({ role }) => role === 'user')?.['content'];
  if (typeof content === 'string') return content;
  return objects(content)
    .filter(isObject)
    .map(({ text }) => textOr(text))
    .join('\n');
}

function splitOnce(word: string): readonly [string, string] {
  const at = word.indexOf('=');
  return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function optional<K extends string>(key: K, value: number | undefined): { [P in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: number }); // a computed key widens to string
}
