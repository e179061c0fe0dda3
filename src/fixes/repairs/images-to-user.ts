import { messagesOf, roleOf, typeOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/** What a message says whose image moved away, and nothing else was in it. */
const MOVED = 'The image is in the next user message.';

/**
 * Moves images out of messages that are not of the user, where OpenAI refuses them, into a user message after theirs; those
 * of tool results after the last result of the turn, which must not be torn apart.
 */
export function imagesToUser(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const next: unknown[] = [];
  let images: unknown[] = [];
  messages.forEach((message, index) => {
    const moved = isRecord(message) && roleOf(message) !== 'user' ? imagesOf(message) : [];
    images = [...images, ...moved];
    next.push(moved.length > 0 && isRecord(message) ? withoutImages(message) : message);
    if (images.length === 0 || roleOf(messages[index + 1]) === 'tool') return;
    next.push({ role: 'user', content: images });
    images = [];
  });
  return next.length === messages.length ? params : replaceMessages(params, next);
}

function isImage(part: unknown): boolean {
  return typeOf(part) === 'image_url';
}

function imagesOf(message: Fields): readonly unknown[] {
  return listOf(own(message, 'content')).filter(isImage);
}

function withoutImages(message: Fields): Fields {
  const rest = listOf(own(message, 'content')).filter((part) => !isImage(part));
  return copyWith(message, 'content', rest.length > 0 ? rest : MOVED);
}
