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

/** Characters of the Latin alphabet a token has, as providers count on; texts in English have rather more. */
const LATIN_CHARACTERS_PER_TOKEN = 4.2;
/** Tokens a character beyond Latin has at least, on average over a text. */
const TOKENS_PER_CHARACTER = 0.6;
/** Last code unit of the Latin alphabet with its extensions. */
const LAST_LATIN = 0x24f;
/** Tokens around each message. */
const TOKENS_PER_MESSAGE = 3;

/**
 * Whether the prompt overruns the model's window, alone or together with the answer limit, by an estimate of the prompt.
 * Texts are read only where their length comes near the window.
 */
export function windowOverrun(
  model: string | undefined,
  params: Params,
): 'prompt_over_window' | 'window_overrun' | undefined {
  const window = model === undefined ? undefined : WINDOWS.find(([models]) => models.test(model))?.[1];
  if (window === undefined) return undefined;
  const limit = own(params, 'max_completion_tokens') ?? own(params, 'max_tokens');
  const answer = typeof limit === 'number' && limit > 0 ? limit : 0;
  const texts = textsOf(params);
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  // No text has more tokens than characters, but for rare scripts.
  if (characters + answer <= window && answer < window) return undefined;
  const prompt = texts.reduce((sum, text) => sum + tokensOf(text) + TOKENS_PER_MESSAGE, 0);
  if (prompt > window) return 'prompt_over_window';
  return prompt + answer > window ? 'window_overrun' : undefined;
}

function textsOf(params: Params): readonly string[] {
  const prompt = own(params, 'prompt');
  if (typeof prompt === 'string') return [prompt];
  return messagesOf(params).map((message) => textOf(own(message, 'content')));
}

function tokensOf(text: string): number {
  let others = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > LAST_LATIN) others += 1;
  return (text.length - others) / LATIN_CHARACTERS_PER_TOKEN + others * TOKENS_PER_CHARACTER;
}
