import { messagesOf, toolCallIdOf } from '../../patterns/conversation.js';
import { pairTools } from '../../patterns/tool-pairing.js';
import type { Fields } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/** Moves tool messages that stand apart from the turn they answer to right after it. Nothing else changes its order. */
export function gatherToolResults(api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const { orphans, open } = pairTools(api, messages);
  const apart = new Map<string, number>();
  for (const { message, block } of orphans) {
    const id = toolCallIdOf(messages[message]);
    if (block < 0 && typeof id === 'string' && !apart.has(id)) apart.set(id, message);
  }
  const moved = new Set<number>();
  const inserted = new Map<number, unknown[]>();
  for (const { at, ids } of open) {
    for (const id of ids) {
      const index = apart.get(id);
      if (index === undefined || moved.has(index)) continue;
      moved.add(index);
      inserted.set(at, [...(inserted.get(at) ?? []), messages[index]]);
    }
  }
  if (moved.size === 0) return params;
  const next = [...messages, undefined].flatMap((message, index) => [
    ...(inserted.get(index) ?? []),
    ...(moved.has(index) || index === messages.length ? [] : [message]),
  ]);
  return replaceMessages(params, next);
}
