// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { RequestView } from '../../contract/request.js';
import { blocksOf, isInstruction, messagesOf, roleOf, typeOf } from '../conversation.js';
import { isRecord, listOf, own } from '../own.js';
import { type FactCache, pairingOf } from '../request-pairing.js';
import { isWellFormed } from '../well-formed.js';
import { type BlockWalk, findInBlock } from './anthropic-blocks.js';
import { metadataProblem } from './anthropic-metadata.js';
import { findInTools } from './anthropic-tools.js';
import { FOREIGN_MESSAGE_FIELDS } from './block-fields.js';
import { type CacheMarks, MAX_CACHE_MARKS, countMark } from './cache-marks.js';
import type { FindingName } from './finding-names.js';
import { hasLooseSchema } from './strict-schema.js';
import { isThinkingBlock, lacksThinking } from './thinking-turns.js';
import { hasForeignParameter } from './anthropic-parameters.js';

/** What stands out in a request to Anthropic's messages, whoever answers it. */
export function anthropicFindings(view: RequestView, cache: FactCache, found: FindingName[]): void {
  const { params } = view;
  const { orphans, open } = pairingOf(view, cache);
  if (orphans.length > 0) found.push('orphan_tool_result');
  if (open.length > 0) found.push('open_tool_call');
  const marks: CacheMarks = { count: 0, short: false };
  findInTools(params, marks, found);
  const system = params['system'];
  if (isRecord(system) || listOf(system).some((block) => typeof block === 'string'))
    found.push('foreign_shape');
  for (const block of listOf(system)) countMark(block, marks, found);
  if (system !== undefined && !isWellFormed(system)) found.push('lone_surrogate');
  findInMessages(messagesOf(params), marks, found);
  // A mark on the request itself takes one of the places.
  if (isRecord(params['cache_control'])) marks.count += 1;
  if (marks.count > MAX_CACHE_MARKS) found.push('too_many_cache_marks');
  if (hasLooseSchema(params)) found.push('loose_strict_schema');
  if (hasForeignParameter(params)) found.push('unknown_to_anthropic');
  if (metadataProblem(params['metadata'])) found.push('metadata_fields');
}

function findInMessages(messages: readonly unknown[], marks: CacheMarks, found: FindingName[]): void {
  const walk: BlockWalk = { found, marks, calls: new Set(), results: new Set(), hasOther: false };
  let last = '';
  for (const [index, message] of messages.entries()) {
    const role = roleOf(message);
    if (last === '' && role === 'assistant') found.push('starts_with_assistant');
    if (isInstruction(role)) findInInstruction(messages, index, found);
    else if (role !== 'user' && role !== 'assistant') found.push('foreign_shape');
    else {
      // Results count by turn, and neighbours of one role are one turn.
      if (role !== last) startTurn(walk);
      last = role;
    }
    findInFields(message, found);
    findInContent(message, walk);
  }
  const final = messages.at(-1);
  if (roleOf(final) === 'assistant' && isAnswerBegun(final)) found.push('prefill');
  if (last !== '' && lacksThinking(messages)) found.push('thinking_missing');
}

function startTurn(walk: BlockWalk): void {
  walk.results.clear();
  walk.hasOther = false;
}

function findInFields(message: unknown, found: FindingName[]): void {
  if (!isRecord(message)) return;
  for (const key of Object.keys(message)) {
    if (key === 'role' || key === 'content' || message[key] === undefined) continue;
    if (key === 'tool_calls' || key === 'function_call') found.push('foreign_shape');
    if (FOREIGN_MESSAGE_FIELDS.has(key)) found.push('foreign_message_field');
  }
}

function findInContent(message: unknown, walk: BlockWalk): void {
  const content = own(message, 'content');
  if (typeof content === 'string') {
    if (!content.isWellFormed()) walk.found.push('lone_surrogate');
    walk.hasOther = true;
    return;
  }
  if (isRecord(content)) walk.found.push('foreign_shape');
  const blocks = listOf(content);
  let hasThinking = false;
  for (const [position, block] of blocks.entries()) {
    findInBlock(block, walk);
    const type = typeOf(block);
    if (type !== 'tool_result') walk.hasOther = true;
    else if (walk.hasOther) walk.found.push('late_tool_result');
    if (isThinkingBlock(block)) {
      if (!hasThinking && position > 0) walk.found.push('thinking_not_first');
      hasThinking = true;
    }
  }
  if (isThinkingBlock(blocks.at(-1))) walk.found.push('thinking_last');
}

/** New models take an instruction after a user turn, where the assistant goes on; the others take none among messages. */
function findInInstruction(messages: readonly unknown[], index: number, found: FindingName[]): void {
  found.push('system_message');
  if (isMisplaced(messages, index)) found.push('misplaced_system');
}

/** Whether an instruction stands where no model takes it. */
export function isMisplaced(messages: readonly unknown[], index: number): boolean {
  if (roleOf(messages[index]) === 'developer') return true;
  let before = index - 1;
  while (before >= 0 && isInstruction(roleOf(messages[before]))) before -= 1;
  let after = index + 1;
  while (after < messages.length && isInstruction(roleOf(messages[after]))) after += 1;
  if (before < 0) return true;
  return roleOf(messages[before]) === 'user' && roleOf(messages[after]) === 'user';
}

/** Text, and nothing that the provider or the caller has still to answer. */
function isAnswerBegun(message: unknown): boolean {
  const content = own(message, 'content');
  if (typeof content === 'string') return true;
  const blocks = blocksOf(message);
  return (
    Array.isArray(content) && blocks.every((block) => typeOf(block) === 'text' || isThinkingBlock(block))
  );
}
