import {
  ANTHROPIC_MESSAGES,
  isEmptyText,
  isInstruction,
  messagesOf,
  roleOf,
  textOf,
} from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/**
 * Takes instructions out of the conversation. Anthropic: into the top-level `system`, after what is there. OpenAI: to the
 * front of the messages, in their order.
 */
export function hoistSystem(api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const instructions = messages.filter((message) => isInstruction(roleOf(message)));
  if (instructions.length === 0) return params;
  const rest = messages.filter((message) => !isInstruction(roleOf(message)));
  if (api !== ANTHROPIC_MESSAGES) {
    const ordered = [...instructions, ...rest];
    return ordered.every((message, index) => message === messages[index])
      ? params
      : replaceMessages(params, ordered);
  }
  if (rest.length === 0) return params;
  const contents = [params['system'], ...instructions.map((message) => own(message, 'content'))];
  const system = joinContents(contents);
  const moved = replaceMessages(params, rest);
  return system === undefined ? moved : copyWith(moved, 'system', system);
}

/** Blank instructions are left behind. One text where all are texts, else one list of blocks, so that cache marks on blocks survive. */
function joinContents(contents: readonly unknown[]): unknown {
  const present = contents.filter((content) =>
    Array.isArray(content) ? blocks(content).length > 0 : textOf(content).trim() !== '',
  );
  if (present.length === 0) return undefined;
  if (present.every((content) => typeof content === 'string')) return present.join('\n\n');
  return present.flatMap((content) =>
    typeof content === 'string' ? [{ type: 'text', text: content }] : blocks(content),
  );
}

function blocks(content: unknown): readonly unknown[] {
  return listOf(content).filter((block) => isRecord(block) && !isEmptyText(block));
}
