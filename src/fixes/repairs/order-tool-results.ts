import { BEDROCK_CONVERSE, blocksOf, messagesOf, roleOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { answeredId, isToolResult } from '../../patterns/tool-pairing.js';
import { type Fields, copyWith } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/**
 * Puts tool results in front of everything else in the user's turn, one for each call: further results of one call are
 * added to the first. Neighbouring user messages are one turn; a message that is left without a block goes.
 */
export function orderToolResults(api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const next: unknown[] = [];
  for (let index = 0; index < messages.length;) {
    let end = index + 1;
    if (roleOf(messages[index]) === 'user') while (roleOf(messages[end]) === 'user') end += 1;
    next.push(...orderTurn(api, messages.slice(index, end)));
    index = end;
  }
  return replaceMessages(params, next);
}

function orderTurn(api: string, turn: readonly unknown[]): readonly unknown[] {
  const blocks = turn.flatMap((message) => contentOf(api, message));
  const results = blocks.filter(isToolResult);
  if (results.length === 0) return turn;
  const merged = mergeResults(results);
  const isOrdered = blocks.findLastIndex(isToolResult) === results.length - 1;
  if (isOrdered && merged.length === results.length) return turn;
  const [first, ...rest] = turn.map((message) => withoutResults(api, message));
  if (!isRecord(first)) return turn;
  const others = contentOf(api, first);
  return [
    copyWith(first, 'content', [...merged, ...others]),
    ...rest.filter((message) => contentOf(api, message).length > 0),
  ];
}

function contentOf(api: string, message: unknown): readonly unknown[] {
  const content = own(message, 'content');
  if (typeof content !== 'string') return blocksOf(message);
  return [api === BEDROCK_CONVERSE ? { text: content } : { type: 'text', text: content }];
}

function withoutResults(api: string, message: unknown): unknown {
  const blocks = contentOf(api, message);
  if (!isRecord(message) || !blocks.some(isToolResult)) return message;
  return copyWith(
    message,
    'content',
    blocks.filter((block) => !isToolResult(block)),
  );
}

function mergeResults(results: readonly unknown[]): readonly unknown[] {
  const merged = new Map<unknown, unknown>();
  for (const result of results) {
    const id = answeredId(result) ?? result;
    const first = merged.get(id);
    merged.set(id, first === undefined ? result : joined(first, result));
  }
  return [...merged.values()];
}

/** The first result with what the second one says beside it; as it is where both say the same. */
function joined(first: unknown, second: unknown): unknown {
  if (!isRecord(first)) return first;
  const inner = own(first, 'toolResult');
  if (isRecord(inner))
    return copyWith(first, 'toolResult', withContents(inner, own(second, 'toolResult'), {}));
  return withContents(first, second, { type: 'text' });
}

function withContents(first: Fields, second: unknown, kind: object): Fields {
  const [one, other] = [own(first, 'content'), own(second, 'content')];
  if (JSON.stringify(one) === JSON.stringify(other)) return first;
  return copyWith(first, 'content', [...toBlocks(one, kind), ...toBlocks(other, kind)]);
}

function toBlocks(content: unknown, kind: object): readonly unknown[] {
  if (typeof content !== 'string') return listOf(content);
  return content === '' ? [] : [{ ...kind, text: content }];
}
