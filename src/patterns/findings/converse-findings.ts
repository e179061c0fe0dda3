// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { RequestView } from '../../contract/request.js';
import { blocksOf, messagesOf, roleOf } from '../conversation.js';
import { isRecord, listOf, own } from '../own.js';
import { type FactCache, pairingOf } from '../request-pairing.js';
import { isWellFormed } from '../well-formed.js';
import { MAX_CACHE_MARKS } from './cache-marks.js';
import { type ConverseWalk, findInConverseBlock } from './converse-blocks.js';
import { findInToolConfig, isForcedAgain } from './converse-tools.js';
import type { FindingName } from './finding-names.js';
import { lacksThinking } from './thinking-turns.js';

/** What stands out in a request to Bedrock's Converse, whichever model answers it. */
export function converseFindings(view: RequestView, cache: FactCache, found: FindingName[]): void {
  const { params } = view;
  const { orphans, open } = pairingOf(view, cache);
  if (orphans.length > 0) found.push('orphan_tool_result');
  if (open.length > 0) found.push('open_tool_call');
  const walk: ConverseWalk = {
    found,
    marks: 0,
    hasToolTraffic: false,
    calls: new Set(),
    results: new Set(),
    documents: new Set(),
    hasOther: false,
  };
  findInSystem(params['system'], walk);
  findInMessages(messagesOf(params), walk);
  findInToolConfig(params['toolConfig'], walk);
  if (isForcedAgain(params['toolConfig'], messagesOf(params))) found.push('forced_tool_answered');
  if (lacksThinking(messagesOf(params))) found.push('thinking_missing');
  if (walk.marks > MAX_CACHE_MARKS) found.push('too_many_cache_marks');
}

function findInSystem(system: unknown, walk: ConverseWalk): void {
  if (system === undefined || system === null) return;
  if (!isWellFormed(system)) walk.found.push('lone_surrogate');
  if (typeof system === 'string' || isRecord(system)) walk.found.push('foreign_shape');
  for (const block of listOf(system)) {
    if (isRecord(own(block, 'cachePoint'))) walk.marks += 1;
    if (isBlankText(block)) walk.found.push('blank_text');
    if (own(block, 'type') !== undefined || typeof block === 'string') walk.found.push('foreign_shape');
  }
}

function findInMessages(messages: readonly unknown[], walk: ConverseWalk): void {
  const { found } = walk;
  let last = '';
  for (const message of messages) {
    const role = roleOf(message);
    if (role !== 'user' && role !== 'assistant') {
      found.push(role === 'system' || role === 'developer' ? 'system_message' : 'foreign_shape');
      continue;
    }
    if (last === '' && role === 'assistant') found.push('starts_with_assistant');
    if (last === role) found.push('consecutive_roles');
    else startTurn(walk);
    last = role;
    findInContent(message, walk);
  }
  const final = messages.at(-1);
  if (roleOf(final) === 'assistant' && isAnswerBegun(final)) found.push('prefill');
}

function startTurn(walk: ConverseWalk): void {
  walk.results.clear();
  walk.hasOther = false;
}

function findInContent(message: unknown, walk: ConverseWalk): void {
  const { found } = walk;
  const content = own(message, 'content');
  if (typeof content === 'string' || isRecord(content)) found.push('foreign_shape');
  if (content === undefined || content === null || content === '') found.push('blank_text');
  const blocks = listOf(content);
  if (Array.isArray(content) && blocks.length === 0) found.push('blank_text');
  let hasText = false;
  let hasDocument = false;
  for (const block of blocks) {
    findInConverseBlock(block, walk);
    if (isBlankText(block)) found.push('blank_text');
    if (typeof own(block, 'text') === 'string') hasText = true;
    if (isRecord(own(block, 'document'))) hasDocument = true;
    if (!isRecord(own(block, 'toolResult'))) walk.hasOther = true;
    else if (walk.hasOther) found.push('late_tool_result');
  }
  if (hasDocument && !hasText) found.push('document_without_text');
}

/** True for a text block of Converse without a visible character. */
export function isBlankText(block: unknown): boolean {
  const text = own(block, 'text');
  return typeof text === 'string' && text.trim() === '';
}

function isAnswerBegun(message: unknown): boolean {
  const blocks = blocksOf(message);
  return (
    blocks.some((block) => typeof own(block, 'text') === 'string') &&
    blocks.every(
      (block) => typeof own(block, 'text') === 'string' || isRecord(own(block, 'reasoningContent')),
    )
  );
}
