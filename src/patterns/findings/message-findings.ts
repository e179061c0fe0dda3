// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import { roleOf, toolCallsOf, typeOf } from '../conversation.js';
import { MAX_TOOL_CALL_ID, isFunctionName } from '../function-name.js';
import {
  CALL_BLOCKS,
  MESSAGE_FIELDS,
  OTHER_PART_TYPES,
  PART_TYPES,
  ROLES,
  isRefusedName,
  standardRole,
} from '../message-fields.js';
import { isRecord, listOf, own } from '../own.js';
import type { FindingName } from './finding-names.js';

/** Adds what stands out in messages of OpenAI's form, each by itself. */
export function messageFindings(messages: readonly unknown[], found: FindingName[]): void {
  for (const message of messages) {
    if (!isRecord(message)) continue;
    const role = roleOf(message);
    if (!ROLES.has(role) && standardRole(role) !== undefined) found.push('other_role');
    for (const key of Object.keys(message)) {
      if (!MESSAGE_FIELDS.has(key)) {
        found.push('unknown_message_field');
        break;
      }
    }
    if (role !== 'function' && isRefusedName(message['name'])) found.push('message_name');
    contentFindings(message, role, found);
    callFindings(message, role, found);
  }
}

function contentFindings(
  message: Readonly<Record<string, unknown>>,
  role: string,
  found: FindingName[],
): void {
  const content = own(message, 'content');
  if (typeof content === 'string') {
    if (!content.isWellFormed()) found.push('lone_surrogate');
    return;
  }
  if (content === undefined || content === null) {
    if (!mayLackContent(message, role)) found.push('null_content');
    else if (content === undefined && speaksByCalls(message)) found.push('missing_content');
    return;
  }
  if (!Array.isArray(content)) found.push('content_not_text');
  else if (content.length === 0) found.push('empty_content_list');
  else for (const part of listOf(content)) partFindings(part, role, found);
}

function partFindings(part: unknown, role: string, found: FindingName[]): void {
  const type = typeOf(part);
  if (type === 'image_url' || type === 'image' || type === 'input_image') {
    if (role !== 'user') found.push('image_in_other_role');
    if (type === 'image_url' && typeof own(part, 'image_url') === 'string') found.push('other_part');
  }
  const text = own(part, 'text');
  if (typeof text === 'string' && !text.isWellFormed()) found.push('lone_surrogate');
  if (PART_TYPES.has(type)) return;
  if (CALL_BLOCKS.has(type)) found.push('call_block');
  if (OTHER_PART_TYPES.has(type) || (type === '' && own(part, 'type') === undefined))
    found.push('other_part');
}

/** Calls, audio and a refusal speak for a message without content. */
function mayLackContent(message: Readonly<Record<string, unknown>>, role: string): boolean {
  if (role !== 'assistant') return role === '' || !ROLES.has(role);
  return (
    speaksByCalls(message) || isRecord(own(message, 'audio')) || typeof own(message, 'refusal') === 'string'
  );
}

function speaksByCalls(message: Readonly<Record<string, unknown>>): boolean {
  return toolCallsOf(message).length > 0 || isRecord(own(message, 'function_call'));
}

function callFindings(message: Readonly<Record<string, unknown>>, role: string, found: FindingName[]): void {
  const calls = own(message, 'tool_calls');
  if (Array.isArray(calls)) {
    if (calls.length === 0) found.push('empty_tool_calls');
    for (const call of listOf(calls)) callFinding(call, found);
  }
  const legacy = own(message, 'function_call');
  if (isRecord(legacy) && !isFunctionName(own(legacy, 'name'))) found.push('called_name');
  if (role === 'function' && !isFunctionName(own(message, 'name'))) found.push('called_name');
  const id = own(message, 'tool_call_id');
  if (isLongId(id)) found.push('long_tool_call_id');
  if ((role === 'tool' && (id ?? '') === '') || (role === 'function' && (message['name'] ?? '') === ''))
    found.push('unnamed_tool_result');
}

function callFinding(call: unknown, found: FindingName[]): void {
  if (isLongId(own(call, 'id'))) found.push('long_tool_call_id');
  const type = typeOf(call);
  const details = own(call, type === 'custom' ? 'custom' : 'function');
  if (!isRecord(details)) return;
  if (!isFunctionName(own(details, 'name'))) found.push('called_name');
  const written = own(details, 'arguments');
  if (type === '' || (type === 'function' && typeof written !== 'string')) found.push('incomplete_tool_call');
  if (typeof written === 'string' && !written.isWellFormed()) found.push('lone_surrogate');
}

function isLongId(id: unknown): boolean {
  return typeof id === 'string' && id.length > MAX_TOOL_CALL_ID;
}
