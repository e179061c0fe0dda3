import { isInstruction, messagesOf, roleOf } from '../../patterns/conversation.js';
import { isMisplaced } from '../../patterns/findings/anthropic-findings.js';
import type { Fields } from '../copy.js';
import { hoistMessages } from './hoist-system.js';

/** Takes those instructions out of the conversation that stand where no model takes them. */
export function hoistMisplaced(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const misplaced = new Set(
    messages.filter((_, index) => isInstructionAt(messages, index) && isMisplaced(messages, index)),
  );
  return misplaced.size === 0 ? params : hoistMessages(params, (message) => misplaced.has(message));
}

function isInstructionAt(messages: readonly unknown[], index: number): boolean {
  return isInstruction(roleOf(messages[index]));
}
