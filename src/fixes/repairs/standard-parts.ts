import { typeOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { eachMessage } from './each-message.js';

/**
 * Gives content parts the form of chat completions: texts and images of OpenAI's responses and of Anthropic, texts that are
 * no parts yet, links that are texts, and values without a type, which become JSON.
 */
export function standardParts(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => {
    const parts = listOf(own(message, 'content'));
    const next = rewrite(parts, (part) => [standardPart(part)]);
    return next === parts ? message : copyWith(message, 'content', next);
  });
}

function standardPart(part: unknown): unknown {
  if (typeof part === 'string') return { type: 'text', text: part };
  if (!isRecord(part)) return part === null ? part : { type: 'text', text: JSON.stringify(part) };
  const text = own(part, 'text');
  switch (typeOf(part)) {
    case 'input_text':
    case 'output_text':
      return typeof text === 'string' ? { type: 'text', text } : part;
    case 'input_image':
    case 'image_url':
      return imageOf(own(part, 'image_url'), part);
    case 'image':
      return imageOf(own(part, 'image_url') ?? own(part, 'image') ?? sourceOf(own(part, 'source')), part);
    case '':
      return own(part, 'type') === undefined ? untyped(part, text) : part;
    default:
      return part;
  }
}

function untyped(part: Fields, text: unknown): unknown {
  if (typeof text === 'string' && Object.keys(part).length === 1) return { type: 'text', text };
  const link = own(part, 'image_url');
  if (link !== undefined && Object.keys(part).length === 1) return imageOf(link, part);
  return { type: 'text', text: JSON.stringify(part) };
}

/** An image part around a link; the part itself where there is none, or where it is one already. */
function imageOf(link: unknown, part: Fields): unknown {
  if (typeof link === 'string') {
    const detail = own(part, 'detail');
    return { type: 'image_url', image_url: { url: link, ...(typeof detail === 'string' && { detail }) } };
  }
  return isRecord(link) && typeOf(part) !== 'image_url' ? { type: 'image_url', image_url: link } : part;
}

/** The link of an image in Anthropic's form. */
function sourceOf(source: unknown): unknown {
  const data = own(source, 'data');
  const mediaType = own(source, 'media_type');
  if (typeof data === 'string' && typeof mediaType === 'string') return `data:${mediaType};base64,${data}`;
  return own(source, 'url');
}
