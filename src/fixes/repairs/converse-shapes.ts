import { blocksOf, typeOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { asObject } from './json-value.js';
import { mapMessages } from './map-blocks.js';

/** Turns texts and Anthropic's blocks of text and tools into those of Converse. What has no counterpart stays as it is. */
export function converseShapes(_api: string, params: Fields): Fields {
  const withSystem = convertSystem(params);
  return mapMessages(withSystem, (message) => {
    const content = own(message, 'content');
    if (typeof content === 'string')
      return copyWith(message, 'content', content === '' ? [] : [{ text: content }]);
    if (isRecord(content)) return copyWith(message, 'content', [toConverse(content)]);
    const blocks = blocksOf(message);
    const next = rewrite(blocks, (block) => [toConverse(block)]);
    return next === blocks ? message : copyWith(message, 'content', next);
  });
}

function convertSystem(params: Fields): Fields {
  const system = params['system'];
  if (typeof system === 'string') {
    return system.trim() === ''
      ? copyWithout(params, 'system')
      : copyWith(params, 'system', [{ text: system }]);
  }
  if (isRecord(system)) return copyWith(params, 'system', [toConverse(system)]);
  const blocks = listOf(system);
  const next = rewrite(blocks, (block) => [toConverse(block)]);
  return next === blocks ? params : copyWith(params, 'system', next);
}

function toConverse(block: unknown): unknown {
  if (typeof block === 'string') return { text: block };
  if (!isRecord(block)) return block;
  const type = typeOf(block);
  if (typeof own(block, 'text') === 'string' && type !== '') return { text: own(block, 'text') };
  if (type === 'tool_use') {
    const { id, name, input } = block;
    return { toolUse: { toolUseId: id, name, input: asObject(input) } };
  }
  return type === 'tool_result' ? toResult(block) : block;
}

function toResult(block: Fields): Fields {
  const content = own(block, 'content') ?? [];
  const blocks = typeof content === 'string' ? [content] : listOf(content);
  const status = own(block, 'is_error') === true ? { status: 'error' } : {};
  return {
    toolResult: {
      toolUseId: own(block, 'tool_use_id'),
      content: blocks.filter((inner) => inner !== '').map(toConverse),
      ...status,
    },
  };
}
