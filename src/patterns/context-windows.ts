import type { Params } from '../contract/request.js';
import { messagesOf, textOf } from './conversation.js';
import { own } from './own.js';

/** Tokens of prompt and answer together, by model: those whose window an answer limit can overrun. */
const WINDOWS: readonly (readonly [model: RegExp, tokens: number])[] = [
  [/^gpt-4(?:-0314|-0613)?$/, 8_192],
  [/^gpt-4-32k(?:-0314|-0613)?$/, 32_768],
  [/^gpt-3\.5-turbo-(?:0301|0613)$/, 4_097],
  [/^gpt-3\.5-turbo-instruct(?:-0914)?$/, 4_097],
  [/^gpt-3\.5-turbo(?:-0125|-1106|-16k(?:-0613)?)?$/, 16_385],
  [/^gpt-4-turbo(?:-2024-04-09|-preview)?$/, 128_000],
  [/^gpt-4o(?:-mini)?(?:-\d{4}-\d{2}-\d{2})?$/, 128_000],
];

/** Tokens a word of the Latin alphabet has at least, on average over a text. */
const TOKENS_PER_WORD = 1.1;
/** Tokens a character beyond Latin has at least, on average over a text. */
const TOKENS_PER_CHARACTER = 0.5;
/** Tokens around each message. */
const TOKENS_PER_MESSAGE = 3;

/**
 * Whether the answer limit leaves too little of the model's window for the prompt, by an estimate of the prompt that is
 * rather too low. Texts are read only where the limit is near the window.
 */
export function overrunsWindow(model: string | undefined, params: Params): boolean {
  const limit = own(params, 'max_completion_tokens') ?? own(params, 'max_tokens');
  if (model === undefined || typeof limit !== 'number') return false;
  const window = WINDOWS.find(([models]) => models.test(model))?.[1];
  if (window === undefined || limit <= 0) return false;
  if (limit >= window) return true;
  const texts = textsOf(params);
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  if (characters + limit <= window) return false; // No text has more tokens than characters, but for rare scripts.
  const prompt = texts.reduce((sum, text) => sum + leastTokens(text) + TOKENS_PER_MESSAGE, 0);
  return prompt + limit > window;
}

function textsOf(params: Params): readonly string[] {
  const prompt = own(params, 'prompt');
  if (typeof prompt === 'string') return [prompt];
  return messagesOf(params).map((message) => textOf(own(message, 'content')));
}

function leastTokens(text: string): number {
  let words = 0;
  let others = 0;
  let isInWord = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0x24f) others += 1;
    const isWord = unit > 0x20 && unit <= 0x24f;
    if (isWord && !isInWord) words += 1;
    isInWord = isWord;
  }
  return words * TOKENS_PER_WORD + others * TOKENS_PER_CHARACTER;
}
