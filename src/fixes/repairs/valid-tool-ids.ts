import { BEDROCK_CONVERSE, blocksOf, messagesOf, roleOf, typeOf } from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import { TOOL_NAME_LENGTH, isToolName } from '../../patterns/tool-names.js';
import { answeredId, calledId, isToolResult } from '../../patterns/tool-pairing.js';
import { type Fields, copyWith } from '../copy.js';
import { mapContent, mapMessages, replaced } from './map-blocks.js';
import { unusedName } from './unused-name.js';

/** New ids by the old ones, in the order of the calls, for the turn at hand. */
type Renamed = Map<string, string[]>;

/**
 * Gives calls valid ids that no other call has, and their results the same. An id stays where it is both; the words around
 * a conversation never speak of them.
 */
export function validToolIds(api: string, params: Fields): Fields {
  const maxLength = api === BEDROCK_CONVERSE ? TOOL_NAME_LENGTH : Number.POSITIVE_INFINITY;
  const used = validIds(params, maxLength);
  const seen = new Set<string>();
  let renamed: Renamed = new Map();
  let last = '';
  return mapMessages(params, (message) => {
    const role = roleOf(message);
    if (role === 'assistant' && last !== role) renamed = new Map();
    last = role;
    return mapContent(message, 'content', (block) => {
      const id = role === 'assistant' ? calledId(block) : isToolResult(block) ? answeredId(block) : undefined;
      if (typeof id !== 'string' || !isRecord(block)) return block;
      if (role !== 'assistant') return withAnswered(block, next(renamed, id));
      const isFine = isToolName(id, maxLength) && !seen.has(id);
      const name = isFine ? id : unusedName(id, used);
      seen.add(name);
      renamed.set(id, [...(renamed.get(id) ?? []), name]);
      return withCalled(block, name);
    });
  });
}

/** Valid ids of the conversation, which new ones must not repeat. */
function validIds(params: Fields, maxLength: number): Set<string> {
  const ids = new Set<string>();
  for (const message of messagesOf(params)) {
    for (const block of blocksOf(message)) {
      const id = calledId(block);
      if (isToolName(id, maxLength)) ids.add(id);
    }
  }
  return ids;
}

/** The new id of the next call that had this one; the old id where none had. */
function next(renamed: Renamed, id: string): string {
  const names = renamed.get(id);
  return (names !== undefined && names.length > 1 ? names.shift() : names?.[0]) ?? id;
}

function withCalled(block: Fields, id: string): Fields {
  if (typeOf(block) === 'tool_use') return replaced(block, 'id', id);
  const call = own(block, 'toolUse');
  return isRecord(call) && own(call, 'toolUseId') !== id
    ? copyWith(block, 'toolUse', copyWith(call, 'toolUseId', id))
    : block;
}

function withAnswered(block: Fields, id: string): Fields {
  if (typeOf(block) === 'tool_result') return replaced(block, 'tool_use_id', id);
  const result = own(block, 'toolResult');
  return isRecord(result) && own(result, 'toolUseId') !== id
    ? copyWith(block, 'toolResult', copyWith(result, 'toolUseId', id))
    : block;
}
