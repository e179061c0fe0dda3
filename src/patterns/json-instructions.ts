// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { Params } from '../contract/request.js';
import { isInstruction, messagesOf, roleOf, textOf } from './conversation.js';
import { own } from './own.js';

/** Characters before and after the word that are read: expressions see short texts only, so that none takes long. */
const BEFORE = 70;
const AFTER = 60;
/** Mentions of the word that are looked at. */
const MAX_MENTIONS = 20;
/** Characters of the instructions that are read for exceptions. */
const MAX_INSTRUCTIONS = 20_000;

const SAY = String.raw`(?:return|respond|repl(?:y|ies)|answer|output|produce|emit|generate|give|provide|print|write)s?`;
const ONLY = String.raw`(?:only|nothing but|solely|exclusively|just|strictly)`;
const ELSE = String.raw`(?:\bonly\b|\bnothing else\b|\bno (?:other|additional|extra|surrounding)\b|\bwithout (?:any )?(?:other|additional|extra|markdown|prose|explanation))`;

/** "Return only JSON", "only return JSON", "return JSON and nothing else". */
const ASKS_FOR_IT = new RegExp(
  String.raw`\b${SAY}\b[^.\n]{0,40}\b${ONLY}\b[^.\n]{0,30}\bJSON\b` +
    String.raw`|\b${ONLY}\b[^.\n]{0,15}\b${SAY}\b[^.\n]{0,30}\bJSON\b` +
    String.raw`|\b${SAY}\b[^.\n]{0,40}\bJSON(?: object)?\b[^.\n]{0,25}${ELSE}`,
  'i',
);

/** A list, which JSON mode has none of; a choice; a prohibition; JSON as the matter. */
const ASKS_FOR_OTHER = new RegExp(
  String.raw`\bJSON[- ]?(?:arrays?|lists?|lines|l\b)|\b(?:array|list)s? of\b[^.\n]{0,40}\bJSON` +
    String.raw`|\bJSON[^.\n{]{0,25}\b(?:array|list)s?\b|\bJSON[^{\n[]{0,20}\[|\bNDJSON` +
    String.raw`|\bJSON\b[^.\n]{0,40}\bor\b|\bor\b[^.\n]{0,20}\bJSON\b` +
    String.raw`|(?:\b(?:not|never|avoid)\b|n't\b)[^.\n]{0,40}\bJSON` +
    String.raw`|\bJSON[- ](?:configs?|files?|documents?|schemas?|paths?|lint|formatters?|editors?)`,
  'i',
);

/** Words of instructions that say what to do in other cases, where the answer may be no JSON. */
const MAKES_EXCEPTIONS =
  /^\s*\[|\b(?:ask|asked|asks|otherwise|unless|plain text|tables?|tools?|functions?)\b|\bif (?:you|the|there|no|it|a)\b/i;

/**
 * Whether the instructions, or the last user message, ask for an answer that is a JSON object and nothing else, while
 * nothing but the words makes it one.
 */
export function asksForJson(params: Params): boolean {
  if (own(params, 'response_format') !== undefined || own(params, 'tools') !== undefined) return false;
  if (own(params, 'functions') !== undefined) return false;
  const messages = messagesOf(params);
  if (!messages.some(mentionsJson)) return false; // most requests: no text is joined or read twice
  const instructions = messages
    .filter((message) => isInstruction(roleOf(message)))
    .map(contentOf)
    .join('\n');
  const request = contentOf(messages.findLast((message) => roleOf(message) === 'user'));
  const asked = [instructions, request].map(asksIn);
  if (!asked.includes('object') || asked.includes('other')) return false;
  return !MAKES_EXCEPTIONS.test(instructions.slice(0, MAX_INSTRUCTIONS));
}

function mentionsJson(message: unknown): boolean {
  const content = own(message, 'content');
  const text = typeof content === 'string' ? content : contentOf(message);
  return text.includes('JSON') || text.includes('json') || text.includes('Json');
}

function contentOf(message: unknown): string {
  return textOf(own(message, 'content'));
}

/** What a text asks for, by the words around each mention of JSON. */
function asksIn(text: string): 'object' | 'other' | undefined {
  const mention = /json/gi;
  let asks: 'object' | undefined;
  for (let count = 0; count < MAX_MENTIONS; count += 1) {
    const found = mention.exec(text);
    if (found === null) break;
    const around = text.slice(Math.max(0, found.index - BEFORE), found.index + AFTER);
    if (ASKS_FOR_OTHER.test(around)) return 'other';
    if (ASKS_FOR_IT.test(around)) asks = 'object';
  }
  return asks;
}
