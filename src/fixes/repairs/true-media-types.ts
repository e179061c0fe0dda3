import { typeOf } from '../../patterns/conversation.js';
import { formatOf } from '../../patterns/findings/converse-blocks.js';
import { dataUrlOf, imageTypeOf } from '../../patterns/media-types.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { sourceOf } from './anthropic-part.js';
import { mapBlocks, replaced } from './map-blocks.js';

/** Declares images and documents as what their first bytes say they are, and takes the bytes out of data URLs. */
export function trueMediaTypes(_api: string, params: Fields): Fields {
  return mapBlocks(params, (block) => {
    if (!isRecord(block)) return block;
    const image = own(block, 'image');
    if (isRecord(image)) return replaced(block, 'image', withFormat(image));
    const source = own(block, 'source');
    if (!isRecord(source)) return block;
    if (typeOf(block) === 'image') return replaced(block, 'source', imageSource(source));
    return typeOf(block) === 'document' ? replaced(block, 'source', documentSource(source)) : block;
  });
}

function imageSource(source: Fields): Fields {
  const url = own(source, 'url');
  if (typeOf(source) === 'url' && typeof url === 'string' && dataUrlOf(url) !== undefined)
    return sourceOf(url);
  if (typeOf(source) !== 'base64') return source;
  const bare = withoutHead(source);
  const data = own(bare, 'data');
  const type = typeof data === 'string' ? imageTypeOf(data) : undefined;
  return type === undefined ? bare : replaced(bare, 'media_type', type);
}

function documentSource(source: Fields): Fields {
  if (typeOf(source) === 'text') return replaced(source, 'media_type', 'text/plain');
  if (typeOf(source) !== 'base64') return source;
  const bare = withoutHead(source);
  const data = own(bare, 'data');
  return typeof data === 'string' && data.startsWith('JVBERi')
    ? replaced(bare, 'media_type', 'application/pdf')
    : bare;
}

/** A source without the head of a data URL in its data. */
function withoutHead(source: Fields): Fields {
  const data = own(source, 'data');
  const inline = typeof data === 'string' ? dataUrlOf(data) : undefined;
  return inline === undefined
    ? source
    : copyWith(replaced(source, 'media_type', inline.type), 'data', inline.data);
}

function withFormat(image: Fields): Fields {
  const type = formatOf(own(own(image, 'source'), 'bytes'));
  const format = own(image, 'format');
  return replaced(image, 'format', type ?? (format === 'jpg' ? 'jpeg' : format));
}
