// HOT: runs on every message of every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import { isRecord, own } from '../own.js';
import { FLAG } from './message-flags.js';

/** What stands out in the names of a message's fields. Fields that are undefined are never sent. */
export function fieldFlags(message: unknown, role: string): number {
  if (!isRecord(message)) return 0;
  let flags = 0;
  for (const key in message) {
    if (key === 'role' || key === 'content') continue;
    if (own(message, key) !== undefined) flags |= flagsOf(key, role);
  }
  return flags;
}

/** True for a field no chat API but its inventor's has in a message of this role. */
export function isStrayField(key: string, role: string): boolean {
  return (flagsOf(key, role) & FLAG.stray) !== 0;
}

function flagsOf(key: string, role: string): number {
  switch (key) {
    case 'role':
    case 'content':
      return 0;
    case 'name':
      return role === 'tool' || role === 'function' ? 0 : FLAG.named;
    case 'tool_call_id':
    case 'toolCallId':
      return role === 'tool' ? 0 : FLAG.stray;
    case 'tool_calls':
    case 'toolCalls':
    case 'function_call':
    case 'prefix':
      return role === 'assistant' ? 0 : FLAG.stray;
    case 'reasoning':
      return role === 'assistant' ? FLAG.reasoning : FLAG.stray;
    case 'reasoning_content':
    case 'reasoning_details':
      return role === 'assistant' ? FLAG.reasoning | FLAG.reasoningContent : FLAG.stray;
    default:
      return FLAG.stray;
  }
}
