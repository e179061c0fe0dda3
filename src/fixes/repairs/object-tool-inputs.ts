import { typeOf } from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import type { Fields } from '../copy.js';
import { asObject } from './json-value.js';
import { mapBlocks, replaced } from './map-blocks.js';

/** Makes the input of every tool call an object: a JSON text is read, an empty list or text becomes an empty object. */
export function objectToolInputs(_api: string, params: Fields): Fields {
  return mapBlocks(params, (block) => {
    if (!isRecord(block)) return block;
    if (typeOf(block) === 'tool_use') return replaced(block, 'input', asObject(own(block, 'input')));
    const call = own(block, 'toolUse');
    return isRecord(call)
      ? replaced(block, 'toolUse', replaced(call, 'input', asObject(own(call, 'input'))))
      : block;
  });
}
