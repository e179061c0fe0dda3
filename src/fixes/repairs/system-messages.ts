import { isInstruction, messagesOf, roleOf } from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { joinContents } from './join-contents.js';
import { replaceMessages } from './replace-messages.js';

/** Joins all instructions into one system message in front. */
export function mergeSystem(_api: string, params: Fields): Fields {
  const { instructions, rest } = split(params);
  const [first] = instructions;
  if (!isRecord(first) || (instructions.length === 1 && first === messagesOf(params)[0])) return params;
  const content = joined(instructions);
  const next = instructions.find((message) => own(message, 'content') === content);
  return replaceMessages(params, [next ?? copyWith(first, 'content', content), ...rest]);
}

/** Puts all instructions in front of the first user message, for models that know no system role. */
export function foldSystem(_api: string, params: Fields): Fields {
  const { instructions, rest } = split(params);
  const [first, ...others] = rest;
  if (instructions.length === 0) return params;
  const content = joined(instructions);
  if (roleOf(first) !== 'user' || !isRecord(first)) {
    return replaceMessages(params, [{ role: 'user', content }, ...rest]);
  }
  const user = copyWith(first, 'content', joinContents(content, own(first, 'content')));
  return replaceMessages(params, [user, ...others]);
}

function split(params: Fields): {
  readonly instructions: readonly unknown[];
  readonly rest: readonly unknown[];
} {
  const messages = messagesOf(params);
  return {
    instructions: messages.filter((message) => isInstruction(roleOf(message))),
    rest: messages.filter((message) => !isInstruction(roleOf(message))),
  };
}

function joined(messages: readonly unknown[]): unknown {
  return messages.map((message) => own(message, 'content')).reduce(joinContents);
}
