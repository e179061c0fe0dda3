import { blocksOf, messagesOf, roleOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout, listWith } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/** Moves the instructions of a request to Converse in front of the first user message, for models that take none. */
export function systemBlocksToUser(_api: string, params: Fields): Fields {
  const texts = listOf(params['system']).filter((block) => typeof own(block, 'text') === 'string');
  const messages = messagesOf(params);
  const index = messages.findIndex((message) => roleOf(message) === 'user');
  const message = messages[index];
  if (!isRecord(message) || !Array.isArray(own(message, 'content')) || !Array.isArray(params['system']))
    return params;
  const told = texts.length === 0 ? message : copyWith(message, 'content', [...texts, ...blocksOf(message)]);
  return copyWithout(replaceMessages(params, listWith(messages, index, told)), 'system');
}
