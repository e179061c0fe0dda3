import { typeOf } from '../../patterns/conversation.js';
import { dataUrlOf, imageTypeOf } from '../../patterns/media-types.js';
import { isRecord, own } from '../../patterns/own.js';
import type { Fields } from '../copy.js';

const TEXTS: readonly string[] = ['input_text', 'output_text'];

/** A part of a message of OpenAI's APIs as a block of Anthropic; any other comes back as it is. */
export function anthropicPart(part: unknown): unknown {
  if (typeof part === 'string') return { type: 'text', text: part };
  if (!isRecord(part)) return part;
  const type = typeOf(part);
  if (TEXTS.includes(type)) return marked(part, { type: 'text', text: own(part, 'text') });
  if (type === 'image_url' || type === 'input_image') {
    const image = own(part, 'image_url');
    const url = own(image, 'url') ?? image;
    return typeof url === 'string' ? marked(part, { type: 'image', source: sourceOf(url) }) : part;
  }
  return type === 'file' ? fileOf(part) : part;
}

/** The source of an image or document behind a URL, which may hold the bytes itself. */
export function sourceOf(url: string): Fields {
  const inline = dataUrlOf(url);
  if (inline === undefined) return { type: 'url', url };
  const { data, type } = inline;
  return { type: 'base64', media_type: imageTypeOf(data) ?? type, data };
}

function fileOf(part: Fields): Fields {
  const data = own(own(part, 'file'), 'file_data');
  const inline = typeof data === 'string' ? dataUrlOf(data) : undefined;
  if (inline === undefined || inline.type !== 'application/pdf') return part;
  return marked(part, {
    type: 'document',
    source: { type: 'base64', media_type: inline.type, data: inline.data },
  });
}

function marked(part: Fields, block: Fields): Fields {
  const mark = own(part, 'cache_control');
  return mark === undefined ? block : { ...block, cache_control: mark };
}
