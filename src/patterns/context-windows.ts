// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { RequestView } from '../contract/request.js';
import { own } from './own.js';
import { glancedCharacters, promptCharacters, promptTokens } from './prompt-size.js';

/** How many tokens a model takes. */
export interface ContextWindow {
  /** The most a prompt may have, as the provider documents it. */
  readonly tokens: number;
  /** Whether the limit of the answer is counted against it before anything is answered. */
  readonly isShared?: true;
}

/** Region and vendor in front of a model's name at Bedrock; nothing elsewhere. */
const BEDROCK = String.raw`(?:(?:us|us-gov|eu|apac|jp|au|ca|global)\.)?`;
/** Dates and revisions behind a name: `-20250219`, `@20250219`, `-v2:0`, `-latest`. */
const REVISION = String.raw`(?:[-@](?:20\d{6}|20\d{2}-\d{2}-\d{2}|v\d+(?::\d+)?|latest|preview))*$`;

/** Windows by model. Where a header or a contract makes one longer, the longer one; names that are not here have none. */
const WINDOWS: readonly (readonly [model: RegExp, window: ContextWindow])[] = [
  [/^gpt-4(?:-0314|-0613)?$/, { tokens: 8_192, isShared: true }],
  [/^gpt-4-32k(?:-0314|-0613)?$/, { tokens: 32_768, isShared: true }],
  [/^gpt-3\.5-turbo-(?:0301|0613)$/, { tokens: 4_097, isShared: true }],
  [/^gpt-3\.5-turbo-instruct(?:-0914)?$/, { tokens: 4_097, isShared: true }],
  [/^gpt-3\.5-turbo(?:-0125|-1106|-16k(?:-0613)?)?$/, { tokens: 16_385, isShared: true }],
  [/^gpt-4-turbo(?:-2024-04-09|-preview)?$/, { tokens: 128_000, isShared: true }],
  [/^gpt-4o(?:-mini)?(?:-\d{4}-\d{2}-\d{2})?$/, { tokens: 128_000, isShared: true }],
  [/^(?:chatgpt-4o|gpt-5(?:\.\d)?-chat)-latest$/, { tokens: 128_000 }],
  [named('o1-(?:mini|preview)|gpt-4\\.5-preview'), { tokens: 128_000 }],
  [named('o1(?:-pro)?|o3(?:-mini|-pro)?|o4-mini'), { tokens: 200_000 }],
  [named('gpt-4\\.1(?:-mini|-nano)?'), { tokens: 1_047_576 }],
  [
    named('gpt-5(?:-mini|-nano|-codex|-pro)?|gpt-5\\.[12](?:-codex(?:-mini|-max)?|-pro)?'),
    { tokens: 272_000 },
  ],
  [named(`${BEDROCK}(?:anthropic\\.)?claude-3(?:-[57])?-(?:opus|sonnet|haiku)`), { tokens: 200_000 }],
  [named(`${BEDROCK}(?:anthropic\\.)?claude-(?:opus-4(?:-[015])?|haiku-4-5)`), { tokens: 200_000 }],
  [named(`${BEDROCK}(?:anthropic\\.)?claude-(?:sonnet-4(?:-[056])?|opus-4-[678])`), { tokens: 1_000_000 }],
  [named(`${BEDROCK}amazon\\.nova-micro`), { tokens: 128_000 }],
  [named(`${BEDROCK}amazon\\.nova-(?:lite|pro)`), { tokens: 300_000 }],
  [named(`${BEDROCK}amazon\\.nova-(?:premier|2-lite|2-pro)`), { tokens: 1_000_000 }],
  [named('amazon\\.titan-text-lite'), { tokens: 4_096 }],
  [named('amazon\\.titan-text-express'), { tokens: 8_192 }],
  [named(`${BEDROCK}meta\\.llama3-(?:8|70)b-instruct`), { tokens: 8_192 }],
  [named(`${BEDROCK}meta\\.llama3-[123]-\\d+b-instruct`), { tokens: 131_072 }],
  [named('mistral\\.mi[sx]tral-(?:7b|8x7b|large|small)(?:-instruct|-2402)?'), { tokens: 32_768 }],
  [named(`${BEDROCK}cohere\\.command-r(?:-plus)?`), { tokens: 128_000 }],
  [named('ai21\\.jamba-1-5-(?:large|mini)'), { tokens: 256_000 }],
  [/^(?:models\/)?gemini-1\.5-pro(?:-\d{3}|-latest)?$/, { tokens: 2_097_152 }],
  [
    /^(?:models\/)?gemini-(?:1\.5-flash(?:-8b)?|2\.0-flash(?:-lite)?|2\.5-(?:pro|flash|flash-lite)|3(?:\.\d)?-(?:pro|flash)-preview)(?:-\d{3}|-latest)?$/,
    { tokens: 1_048_576 },
  ],
  [/^(?:models\/)?gemma-3-1b-it$/, { tokens: 32_768 }],
  [/^(?:models\/)?gemma-3-(?:4|12|27)b-it$/, { tokens: 131_072 }],
  [/^(?:open-mistral-7b|open-mixtral-8x7b|mistral-small-24(?:02|09))$/, { tokens: 32_768 }],
  [/^open-mixtral-8x22b(?:-2404)?$/, { tokens: 65_536 }],
  [/^mistral-large-24(?:07|11)$/, { tokens: 131_072 }],
  [/^(?:llama3-(?:8|70)b-8192|gemma2-9b-it)$/, { tokens: 8_192 }],
  [
    /^(?:llama-3\.1-8b-instant|llama-3\.3-70b-versatile|openai\/gpt-oss-(?:20|120)b|qwen\/qwen3-32b)$/,
    { tokens: 131_072 },
  ],
  [/^grok-3(?:-mini)?(?:-fast)?(?:-latest)?$/, { tokens: 131_072 }],
  [/^grok-4(?:-0709|-latest)?$|^grok-code-fast-1$/, { tokens: 256_000 }],
  [/^sonar(?:-reasoning(?:-pro)?)?$/, { tokens: 128_000 }],
  [/^sonar-pro$/, { tokens: 200_000 }],
  [/^command-r(?:-plus)?(?:-08-2024)?$/, { tokens: 128_000 }],
  [/^command-a-03-2025$/, { tokens: 256_000 }],
];

/** Characters of the Latin alphabet a token has, as providers count on; texts in English have rather more. */
const COUNTED_ON = 4.2;
/** Characters of the Latin alphabet a token has in plain English: a prompt with more tokens than this makes is too long. */
export const PLAIN_ENGLISH = 4.7;

/** Where a glance sees no more characters than this share of a window's tokens, nothing else is read. */
const FAR_BELOW = 1 / 8;

function named(name: string): RegExp {
  return new RegExp(`^(?:${name})${REVISION}`);
}

/** Parameters by which the provider edits the conversation, or adds what it has of it. */
const HELD_BY_PROVIDER: readonly string[] = ['context_management', 'previous_response_id', 'conversation'];

/** What {@link windowOverrun} reads of a chat. */
export const WINDOW_PARAMETERS: readonly string[] = [
  'messages',
  'prompt',
  'system',
  'max_tokens',
  'max_completion_tokens',
  'truncation',
  ...HELD_BY_PROVIDER,
];

/** Names are few, but tests and gateways make some up. */
const MAX_NAMES = 512;
const windows = new Map<string, ContextWindow | null>();

/** How many tokens a model takes; undefined where that is not known. */
export function contextWindow(model: string | undefined): ContextWindow | undefined {
  if (model === undefined) return undefined;
  const known = windows.get(model);
  if (known !== undefined) return known ?? undefined;
  const window = WINDOWS.find(([models]) => models.test(model))?.[1];
  if (windows.size < MAX_NAMES) windows.set(model, window ?? null);
  return window;
}

/**
 * Whether the prompt overruns the model's window, alone or together with the answer limit, by an estimate of the prompt.
 * Texts are read only where their length comes near the window.
 */
export function windowOverrun(
  view: Pick<RequestView, 'api' | 'model' | 'params'>,
): 'prompt_over_window' | 'window_overrun' | undefined {
  const window = contextWindow(view.model);
  if (window === undefined || isCutByProvider(view.params)) return undefined;
  const { tokens, isShared } = window;
  const answer = isShared === true ? answerLimit(view.params) : 0;
  if (glancedCharacters(view) < tokens * FAR_BELOW && answer < tokens / 2) return undefined;
  // No text has more tokens than characters, but for rare scripts.
  if (promptCharacters(view) + answer <= tokens && answer < tokens) return undefined;
  const prompt = promptTokens(view, PLAIN_ENGLISH);
  if (prompt > tokens) return 'prompt_over_window';
  if (prompt * (PLAIN_ENGLISH / COUNTED_ON) + answer <= tokens) return undefined; // nor by the other count
  return answer > 0 && promptTokens(view, COUNTED_ON) + answer > tokens ? 'window_overrun' : undefined;
}

function answerLimit(params: RequestView['params']): number {
  const limit = own(params, 'max_completion_tokens') ?? own(params, 'max_tokens');
  return typeof limit === 'number' && limit > 0 ? limit : 0;
}

/** Whether the provider itself makes room, or holds a part of the conversation. */
function isCutByProvider(params: RequestView['params']): boolean {
  if (own(params, 'truncation') === 'auto') return true;
  return HELD_BY_PROVIDER.some((name) => (own(params, name) ?? null) !== null);
}
