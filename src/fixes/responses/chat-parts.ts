import { roleOf, typeOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { isChatPart, isContentPart, partTypeIn } from '../../patterns/responses/chat-shapes.js';
import { type Fields, copyWith, rewrite } from '../copy.js';

/** The content of a message of this role as the Responses API writes it: a text, or parts under its own names. */
export function responseContent(content: unknown, role: string): unknown {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return responseParts(listOf(content), role);
  if (isRecord(content)) return responseParts([content], role);
  return content === undefined || content === null ? '' : (JSON.stringify(content) ?? '');
}

function responseParts(parts: readonly unknown[], role: string): readonly unknown[] {
  return rewrite(parts, (part) => [isChatPart(part, role) ? responsePart(part, role) : part]);
}

/** What a tool answered: a text, content parts, or any other value as JSON. */
export function responseOutput(output: unknown): unknown {
  if (typeof output === 'string') return output;
  if (output === undefined || output === null) return '';
  const parts = listOf(output);
  if (parts.length > 0 && parts.every((part) => isContentPart(part))) return responseParts(parts, 'user');
  return JSON.stringify(output) ?? '';
}

function responsePart(part: unknown, role: string): unknown {
  const textType = role === 'assistant' ? 'output_text' : 'input_text';
  if (typeof part === 'string') return { type: textType, text: part };
  if (!isRecord(part)) return part;
  const type = typeOf(part);
  const name = partTypeIn(role, type) ?? type;
  if (name === 'input_image') return imagePart(part, type);
  if (name === 'input_file') return filePart(part);
  const { type: _, ...rest } = part;
  return { type: name, ...rest };
}

/** Chat completions keep an image's address and detail in an object, Anthropic the address or the bytes in its source. */
function imagePart(part: Fields, type: string): unknown {
  const image = own(part, 'image_url');
  const source = own(part, 'source');
  const url = isRecord(image) ? own(image, 'url') : (image ?? urlOf(source) ?? own(part, 'image'));
  if (typeof url !== 'string') return part;
  const detail = own(image, 'detail') ?? own(part, 'detail');
  if (type === 'input_image') {
    const flat = copyWith(part, 'image_url', url);
    return detail === undefined ? flat : copyWith(flat, 'detail', detail);
  }
  return { type: 'input_image', image_url: url, ...(detail !== undefined && { detail }) };
}

function urlOf(source: unknown): string | undefined {
  const [url, data, media] = [own(source, 'url'), own(source, 'data'), own(source, 'media_type')];
  if (typeof url === 'string') return url;
  return typeof data === 'string' && typeof media === 'string' ? `data:${media};base64,${data}` : undefined;
}

function filePart(part: Fields): unknown {
  const file = own(part, 'file');
  return isRecord(file) ? { type: 'input_file', ...file } : part;
}

/** True when a message says nothing in the form the Responses API takes. */
export function isBlankContent(content: unknown): boolean {
  return content === '' || (Array.isArray(content) && content.length === 0);
}

/** A message's role, where other APIs have other names. */
export function roleIn(item: unknown, names: { readonly [role: string]: string }): string {
  const role = roleOf(item);
  return Object.hasOwn(names, role) ? (names[role] ?? role) : role;
}
