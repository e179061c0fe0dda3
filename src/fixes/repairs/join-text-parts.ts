import { isTextParts } from '../../patterns/findings/role-findings.js';
import { own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { GAP } from './join-contents.js';
import { eachMessage } from './each-message.js';

/** Writes a content of text parts as one text, with a blank line between them. A content with an image stays. */
export function joinTextParts(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => {
    const content = own(message, 'content');
    return isTextParts(content)
      ? copyWith(message, 'content', content.map(({ text }) => text).join(GAP))
      : message;
  });
}
