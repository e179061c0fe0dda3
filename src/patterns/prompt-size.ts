// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { Params, RequestView } from '../contract/request.js';
import { GOOGLE_GENERATE, googleField, requestOf } from './google-request.js';
import { listOf, own } from './own.js';
import { OPENAI_RESPONSES } from './responses/items.js';

/** Text in UTF-16 units, and how many of them are beyond the Latin alphabet. */
export interface TextSize {
  readonly characters: number;
  readonly others: number;
}

/** Members that are no text of the prompt: media, names of things, and thinking, which providers leave out of old turns. */
const NO_TEXT: ReadonlySet<string> = new Set(
  (
    'role type id call_id tool_call_id tool_use_id toolCallId toolUseId status cache_control media_type mimeType mime_type ' +
    'data bytes url file_data file_id fileUri file_uri signature thoughtSignature thought_signature encrypted_content ' +
    'thinking reasoning reasoning_content reasoningContent summary'
  ).split(' '),
);

/** Deepest member that is read, and how many are: what contains itself has no end. */
const MAX_DEPTH = 12;
const MAX_MEMBERS = 200_000;
/** Deepest member a glance sees: a text of a block of a tool's result in a message. */
const MAX_GLANCED = 6;

/** Last code unit of the Latin alphabet with its extensions. */
const LAST_LATIN = 0x24f;
/** Of a longer text some characters tell what it is written in: every thirty-second. */
const WHOLE_CHARACTERS = 512;
const STRIDE = 32;
/** Tokens a character beyond Latin has at least, on average over a text. */
const TOKENS_PER_CHARACTER = 0.6;
/** Tokens around each message. */
const TOKENS_PER_MESSAGE = 3;

/** Where an API keeps the conversation. */
export function conversationKey(api: string): 'messages' | 'input' | 'contents' | 'prompt' {
  if (api === OPENAI_RESPONSES) return 'input';
  if (api === GOOGLE_GENERATE) return 'contents';
  return api === 'openai.completions' ? 'prompt' : 'messages';
}

/** The instructions beside the conversation. */
export function instructionsOf(api: string, params: Params): unknown {
  if (api === GOOGLE_GENERATE) return googleField(requestOf(params), 'systemInstruction');
  return own(params, api === OPENAI_RESPONSES ? 'instructions' : 'system');
}

/** Length of all instructions and messages, calls and results included. */
export function promptCharacters({ api, params }: Pick<RequestView, 'api' | 'params'>): number {
  return charactersIn(instructionsOf(api, params)) + charactersIn(own(params, conversationKey(api)));
}

/** Members of an item of a conversation in which most of its text stands. */
const TEXTS: readonly string[] = ['content', 'parts', 'text', 'output'];

/**
 * Length of what a glance at a conversation sees: texts of messages, of blocks and of results. Calls are not read, so it is
 * rarely less than an eighth of {@link promptCharacters}, and far cheaper.
 */
export function glancedCharacters({ api, params }: Pick<RequestView, 'api' | 'params'>): number {
  return glance(own(params, conversationKey(api)), 0) + glance(instructionsOf(api, params), 0);
}

function glance(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || depth > MAX_GLANCED) return 0;
  let total = 0;
  if (Array.isArray(value)) for (const item of listOf(value)) total += glance(item, depth + 1);
  else for (const name of TEXTS) total += glance(own(value, name), depth + 1);
  return total;
}

/** Tokens of all instructions and messages, by an estimate; the sum of those of each, see {@link tokensIn}. */
export function promptTokens(
  { api, params }: Pick<RequestView, 'api' | 'params'>,
  charactersPerToken: number,
): number {
  const conversation = own(params, conversationKey(api));
  const items = Array.isArray(conversation) ? listOf(conversation) : [conversation];
  return items.reduce<number>(
    (sum, item) => sum + tokensIn(item, charactersPerToken),
    tokensIn(instructionsOf(api, params), charactersPerToken),
  );
}

/** Tokens of a message or of instructions, by an estimate; a whole number. */
export function tokensIn(value: unknown, charactersPerToken: number): number {
  if (value === undefined) return 0;
  const { characters, others } = sizeOf(value);
  return Math.ceil(
    (characters - others) / charactersPerToken + others * TOKENS_PER_CHARACTER + TOKENS_PER_MESSAGE,
  );
}

/** Length of every text in a value. */
export function charactersIn(value: unknown): number {
  return sum(value, lengthOf, { left: MAX_MEMBERS }, 0);
}

function sizeOf(value: unknown): TextSize {
  return {
    characters: charactersIn(value),
    others: sum(value, othersOf, { left: MAX_MEMBERS }, 0),
  };
}

interface Members {
  left: number;
}

function sum(value: unknown, measure: (text: string) => number, members: Members, depth: number): number {
  if (typeof value === 'string') return isData(value) ? 0 : measure(value);
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH || ArrayBuffer.isView(value)) return 0;
  let total = 0;
  if (Array.isArray(value)) {
    const { length } = listOf(value);
    for (let index = 0; index < length && members.left > 0; index += 1) {
      members.left -= 1;
      total += sum(value[index], measure, members, depth + 1);
    }
    return total;
  }
  for (const key in value) {
    if (NO_TEXT.has(key) || !Object.hasOwn(value, key)) continue;
    members.left -= 1;
    if (members.left <= 0) break;
    total += sum(Reflect.get(value, key), measure, members, depth + 1);
  }
  return total;
}

/** A file in place of its address. */
function isData(text: string): boolean {
  return text.startsWith('data:') && text.length > WHOLE_CHARACTERS;
}

function lengthOf(text: string): number {
  return text.length;
}

function othersOf(text: string): number {
  const stride = text.length > WHOLE_CHARACTERS ? STRIDE : 1;
  let found = 0;
  for (let index = 0; index < text.length; index += stride)
    if (text.charCodeAt(index) > LAST_LATIN) found += 1;
  return Math.min(found * stride, text.length);
}
