// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import { blocksOf, roleOf, typeOf } from '../conversation.js';
import { isRecord, own } from '../own.js';
import { isToolResult } from '../tool-pairing.js';

/**
 * Whether the thinking of the last turn is lost. With a budget for thinking, the assistant's part of that turn must start
 * with it: all messages since the user last said something else than results. Where the last of them does, it will do.
 */
export function lacksThinking(messages: readonly unknown[]): boolean {
  let first: unknown;
  let latest: unknown;
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index];
    if (roleOf(message) === 'assistant') {
      latest ??= message;
      first = message;
    } else if (!blocksOf(message).some(isToolResult)) break;
  }
  return first !== undefined && !startsWithThinking(first) && !startsWithThinking(latest);
}

function startsWithThinking(message: unknown): boolean {
  return isThinkingBlock(blocksOf(message)[0]);
}

/** True for a block of thinking, in Anthropic's form or in that of Converse. */
export function isThinkingBlock(block: unknown): boolean {
  const type = typeOf(block);
  return type === 'thinking' || type === 'redacted_thinking' || isRecord(own(block, 'reasoningContent'));
}
