import { typeOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { mapBlocks, replaced } from './map-blocks.js';

/** What stands in the result of a tool that failed without a word. */
const FAILED = 'The tool failed and gave no reason.';

/**
 * Brings tool results into the shape the API takes: a value that is neither text nor blocks becomes text, the result of a
 * failure says something, and one with more than text is none of a failure.
 */
export function shapeToolResults(_api: string, params: Fields): Fields {
  return mapBlocks(params, (block) => {
    if (!isRecord(block)) return block;
    const result = own(block, 'toolResult');
    if (isRecord(result)) return replaced(block, 'toolResult', shapeConverse(result));
    return typeOf(block) === 'tool_result' ? shape(block) : block;
  });
}

function shape(block: Fields): Fields {
  const content = own(block, 'content') ?? undefined;
  const isShaped = content === undefined || typeof content === 'string' || Array.isArray(content);
  const shaped = isShaped ? block : copyWith(block, 'content', toText(content));
  if (own(shaped, 'is_error') !== true) return shaped;
  const blocks = listOf(own(shaped, 'content'));
  const isEmpty =
    isShaped && (content === undefined || content === '' || (Array.isArray(content) && blocks.length === 0));
  if (isEmpty) return copyWith(shaped, 'content', FAILED);
  return blocks.some((inner) => typeOf(inner) !== 'text') ? copyWithout(shaped, 'is_error') : shaped;
}

function shapeConverse(result: Fields): Fields {
  const content = own(result, 'content') ?? undefined;
  const blocks = Array.isArray(content) ? listOf(content) : content === undefined ? [] : [toBlock(content)];
  const objects = rewrite(blocks, (block) => [
    isRecord(block) && 'json' in block ? toJsonObject(block) : block,
  ]);
  const isSilent = own(result, 'status') === 'error' && objects.length === 0;
  if (isSilent) return copyWith(result, 'content', [{ text: FAILED }]);
  const isSame = objects === content || (content === undefined && objects.length === 0);
  return isSame ? result : copyWith(result, 'content', objects);
}

function toJsonObject(block: Fields): Fields {
  const json = own(block, 'json');
  if (isRecord(json)) return block;
  return typeof json === 'string' ? { text: json } : { json: { value: json } };
}

function toBlock(content: unknown): Fields {
  return isRecord(content) ? { json: content } : { text: toText(content) };
}

function toText(content: unknown): string {
  return typeof content === 'string' ? content : (JSON.stringify(content) ?? String(content));
}
