import { blocksOf, roleOf, typeOf } from '../../patterns/conversation.js';
import { FOREIGN_MESSAGE_FIELDS, TOOL_FIELDS, fieldsOfBlock } from '../../patterns/findings/block-fields.js';
import { isForeignTool, isCustom } from '../../patterns/findings/anthropic-tools.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout, listWith, rewrite } from '../copy.js';
import { mapContent, mapMessages } from './map-blocks.js';

/** Kept for the repair that turns them into blocks. */
const CALLS: readonly string[] = ['tool_calls', 'function_call'];

/**
 * Removes fields of messages and content blocks that Anthropic does not know. A mark for the cache on a message moves to
 * its last block.
 */
export function dropUnknownBlockFields(_api: string, params: Fields): Fields {
  return mapMessages(params, (message) => {
    const marked = moveMark(message);
    const bare = without(marked, (key) => FOREIGN_MESSAGE_FIELDS.has(key) && !holdsCalls(marked, key));
    return roleOf(bare) === 'tool' ? message : mapContent(bare, 'content', bareBlock);
  });
}

/** Removes fields of the caller's tools that Anthropic does not know. */
export function dropUnknownToolFields(_api: string, params: Fields): Fields {
  const tools = listOf(params['tools']);
  const next = rewrite(tools, (tool) => {
    if (!isRecord(tool) || !isCustom(tool) || isForeignTool(tool)) return [tool];
    const described = own(tool, 'description') === null ? copyWithout(tool, 'description') : tool;
    return [without(described, (key) => !TOOL_FIELDS.has(key))];
  });
  return next === tools ? params : copyWith(params, 'tools', next);
}

function holdsCalls(message: Fields, key: string): boolean {
  const value = own(message, key);
  return CALLS.includes(key) && (Array.isArray(value) ? value.length > 0 : isRecord(value));
}

function bareBlock(block: unknown): unknown {
  const fields = fieldsOfBlock(typeOf(block));
  return isRecord(block) && fields !== undefined ? without(block, (key) => !fields.has(key)) : block;
}

function without(object: Fields, isForeign: (key: string) => boolean): Fields {
  return Object.keys(object).reduce(
    (current, key) => (isForeign(key) && object[key] !== undefined ? copyWithout(current, key) : current),
    object,
  );
}

function moveMark(message: Fields): Fields {
  const mark = own(message, 'cache_control');
  if (!isRecord(mark)) return message;
  const content = own(message, 'content');
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : blocksOf(message);
  const last = blocks.at(-1);
  const fields = fieldsOfBlock(typeOf(last));
  const canHold = isRecord(last) && fields?.has('cache_control') === true && typeOf(last) !== '';
  if (!canHold || own(last, 'cache_control') !== undefined || own(last, 'text') === '') return message;
  return copyWith(
    message,
    'content',
    listWith(blocks, blocks.length - 1, copyWith(last, 'cache_control', mark)),
  );
}
