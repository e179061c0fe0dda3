import { messagesOf, roleOf, toolCallIdOf } from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { joined } from './join-contents.js';
import { replaceMessages } from './replace-messages.js';

/** Makes one message of several that answer the same tool call in one turn: their texts one after another, equal ones once. */
export function mergeToolResults(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const next: unknown[] = [];
  let places = new Map<string, number>();
  for (const message of messages) {
    if (roleOf(message) !== 'tool') places = new Map();
    const id = toolCallIdOf(message);
    const place = roleOf(message) === 'tool' && typeof id === 'string' ? places.get(id) : undefined;
    if (place !== undefined) next[place] = merge(next[place], message);
    else {
      if (roleOf(message) === 'tool' && typeof id === 'string') places.set(id, next.length);
      next.push(message);
    }
  }
  return next.length === messages.length ? params : replaceMessages(params, next);
}

function merge(first: unknown, second: unknown): unknown {
  const [before, after] = [own(first, 'content'), own(second, 'content')];
  if (!isRecord(first) || JSON.stringify(before) === JSON.stringify(after)) return first;
  if (typeof before !== 'string' || typeof after !== 'string')
    return copyWith(first, 'content', joined(partsOf(before), partsOf(after)));
  return copyWith(first, 'content', [before, after].filter(Boolean).join('\n'));
}

function partsOf(content: unknown): readonly unknown[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (isRecord(content)) return [content];
  return Array.isArray(content) ? content : [];
}
