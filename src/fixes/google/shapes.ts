import { isSdkForm, keyIn } from '../../patterns/google-request.js';
import { mediaFault } from '../../patterns/google-media.js';
import { foreignParts, isRestBody } from '../../patterns/google-shapes.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';
import { instructionParts, rewriteContents, withInstructions, withParts } from './contents.js';

/** Rewrites messages of other APIs as contents: texts and their parts, images as data, and the text that stands for all. */
export function googleContents(params: Fields): Fields {
  const text = own(params, 'contents');
  if (typeof text === 'string' && isRestBody(params))
    return googleContents(copyWith(params, 'contents', [{ role: 'user', parts: [{ text }] }]));
  const shaped = rewriteContents(params, (content) => [googleContent(content)]);
  return isSdkForm(params)
    ? shaped
    : withInstructions(shaped, (instructions) =>
        typeof instructions === 'string' || Array.isArray(instructions)
          ? { parts: instructionParts(instructions) }
          : instructions,
      );
}

function googleContent(content: Fields): Fields {
  const source = foreignParts(content);
  if (source === undefined) return content;
  const said = own(content, source);
  const parts = Array.isArray(said) ? said.map(googlePart) : [googlePart(said)];
  return copyWith(source === 'parts' ? content : copyWithout(content, source), 'parts', parts);
}

function googlePart(part: unknown): unknown {
  if (typeof part === 'string') return { text: part };
  if (!isRecord(part) || typeof own(part, 'type') !== 'string') return part;
  const url = own(own(part, 'image_url'), 'url') ?? own(part, 'image_url');
  if (typeof url !== 'string') return copyWithout(part, 'type');
  return url.startsWith('data:') ? { inlineData: cleanData({ data: url }) } : { fileData: { fileUri: url } };
}

/** Names media by their registered type, and takes the head of a data URL from their bytes. */
export function cleanMedia(params: Fields): Fields {
  return rewriteContents(params, (content) => [
    withParts(content, (part) => {
      const key = keyIn(part, 'inlineData');
      const media = own(part, key);
      if (!isRecord(media)) return [part];
      const clean = cleanData(media);
      return [clean === media ? part : copyWith(part, key, clean)];
    }),
  ]);
}

function cleanData(media: Fields): Fields {
  const fault = mediaFault(media);
  if (fault === undefined) return media;
  const data = String(own(media, 'data'));
  const bare = fault.head === 0 ? media : copyWith(media, 'data', data.slice(fault.head));
  const key = keyIn(bare, 'mimeType');
  return fault.type === undefined || fault.type === own(bare, key) ? bare : copyWith(bare, key, fault.type);
}
