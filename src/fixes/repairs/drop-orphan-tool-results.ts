import {
  ANTHROPIC_MESSAGES,
  BEDROCK_CONVERSE,
  blocksOf,
  messagesOf,
  textOf,
} from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import { OPENAI_RESPONSES, itemsOfInput } from '../../patterns/responses/items.js';
import { pairItems } from '../../patterns/responses/pairing.js';
import { pairTools } from '../../patterns/tool-pairing.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { replaceInput } from '../responses/replace-input.js';
import { replaceMessages } from './replace-messages.js';

/**
 * Removes tool results that answer no call of the turn before. OpenAI: the whole `tool` message. APIs of blocks: the block; a
 * user message that held nothing else keeps the result as text, so that the order of roles stays as it was. Responses: the whole item,
 * wherever its call would be.
 */
export function dropOrphanToolResults(api: string, params: Fields): Fields {
  if (api === OPENAI_RESPONSES) return dropOrphanItems(params);
  const messages = messagesOf(params);
  const { orphans } = pairTools(api, messages);
  if (orphans.length === 0) return params;
  const blocks = Map.groupBy(orphans, ({ message }) => message);
  const next = rewrite(messages, (message, index) => {
    const found = blocks.get(index);
    if (found === undefined) return [message];
    const hasBlocks = api === ANTHROPIC_MESSAGES || api === BEDROCK_CONVERSE;
    if (!hasBlocks || !isRecord(message)) return [];
    return [withoutBlocks(message, new Set(found.map(({ block }) => block)))];
  });
  return replaceMessages(params, next);
}

function withoutBlocks(message: Fields, orphans: ReadonlySet<number>): Fields {
  const blocks = blocksOf(message);
  const kept = blocks.filter((_, index) => !orphans.has(index));
  if (kept.length > 0) return copyWith(message, 'content', kept);
  const results = blocks.map(resultText).filter(Boolean);
  const text = results.length > 0 ? `Tool result: ${results.join('\n')}` : 'Tool result: (empty)';
  const isConverse = isRecord(own(blocks[0], 'toolResult'));
  return copyWith(message, 'content', [isConverse ? { text } : { type: 'text', text }]);
}

function resultText(block: unknown): string {
  const inner = own(block, 'toolResult');
  return textOf(own(isRecord(inner) ? inner : block, 'content')).trim();
}

function dropOrphanItems(params: Fields): Fields {
  const orphans = new Set(pairItems(params).orphans);
  return replaceInput(
    params,
    rewrite(itemsOfInput(params), (item, index) => (orphans.has(index) ? [] : [item])),
  );
}
