import {
  ANTHROPIC_MESSAGES,
  BEDROCK_CONVERSE,
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
 * Takes instructions out of the conversation. Anthropic and Converse: into the top-level `system`, after what is there.
 * OpenAI: to the front of the messages, in their order.
 */
export function hoistSystem(api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const instructions = messages.filter(isSystem);
  if (instructions.length === 0) return params;
  if (api === ANTHROPIC_MESSAGES) return hoistMessages(params, isSystem);
  if (api === BEDROCK_CONVERSE) return hoistToBlocks(params, instructions);
  const ordered = [...instructions, ...messages.filter((message) => !isSystem(message))];
  return ordered.every((message, index) => message === messages[index])
    ? params
    : replaceMessages(params, ordered);
}

/** Moves messages into Anthropic's top-level `system`; some other must be left. */
export function hoistMessages(params: Fields, isHoisted: (message: unknown) => boolean): Fields {
  const messages = messagesOf(params);
  const rest = messages.filter((message) => !isHoisted(message));
  if (rest.length === 0) return params;
  const contents = [
    params['system'],
    ...messages.filter(isHoisted).map((message) => own(message, 'content')),
  ];
  const system = joinContents(contents);
  const moved = replaceMessages(params, rest);
  return system === undefined ? moved : copyWith(moved, 'system', system);
}

function hoistToBlocks(params: Fields, instructions: readonly unknown[]): Fields {
  const rest = messagesOf(params).filter((message) => !isSystem(message));
  if (rest.length === 0) return params;
  const texts = instructions
    .map((message) => textOf(own(message, 'content')))
    .filter((text) => text.trim() !== '');
  const moved = replaceMessages(params, rest);
  if (texts.length === 0) return moved;
  return copyWith(moved, 'system', [...listOf(params['system']), ...texts.map((text) => ({ text }))]);
}

function isSystem(message: unknown): boolean {
  return isInstruction(roleOf(message));
}

/** Blank instructions are left behind. One text where all are texts, else one list of blocks, so that cache marks on blocks survive. */
function joinContents(contents: readonly unknown[]): unknown {
  const present = contents.filter((content) =>
    Array.isArray(content) ? blocks(content).length > 0 : textOf(content).trim() !== '',
  );
  if (present.length === 0) return undefined;
  if (present.length === 1 && present[0] === contents[0]) return present[0]; // nothing joins it
  if (present.every((content) => typeof content === 'string')) return present.join('\n\n');
  return present.flatMap((content) =>
    typeof content === 'string' ? [{ type: 'text', text: content }] : blocks(content),
  );
}

function blocks(content: unknown): readonly unknown[] {
  return listOf(content).filter((block) => isRecord(block) && !isEmptyText(block));
}
