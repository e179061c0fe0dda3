import { blocksOf, messagesOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { getAt } from '../at-path.js';
import { type Fields, copyWith } from '../copy.js';

/** Stands for the tools where results are left and the calls are not. */
const SOME_TOOL = 'tool';

/**
 * Declares the tools a conversation of Converse has called where none are offered: Bedrock wants them to be. They take
 * anything; that they are called again is for the caller to answer as before.
 */
export function toolsOfHistory(_api: string, params: Fields): Fields {
  if (listOf(getAt(params, ['toolConfig', 'tools'])).length > 0) return params;
  const blocks = messagesOf(params).flatMap(blocksOf);
  const names = blocks
    .map((block) => own(own(block, 'toolUse'), 'name'))
    .filter((name) => typeof name === 'string');
  if (names.length === 0 && !blocks.some((block) => isRecord(own(block, 'toolResult')))) return params;
  const known = names.length > 0 ? [...new Set(names)] : [SOME_TOOL];
  return copyWith(params, 'toolConfig', { tools: known.map(asTool) });
}

function asTool(name: string): Fields {
  const description = 'Was used earlier in this conversation.';
  return { toolSpec: { name, description, inputSchema: { json: { type: 'object', properties: {} } } } };
}
