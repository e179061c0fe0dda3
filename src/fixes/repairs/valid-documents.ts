import { blocksOf } from '../../patterns/conversation.js';
import { isDocumentName } from '../../patterns/findings/converse-blocks.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { mapContent, mapMessages } from './map-blocks.js';

const MAX_NAME = 200;

/** What stands beside a document that came without a word. */
const HERE_IS_ONE = 'See the attached document.';

/** Gives the documents of a request to Converse names it takes, each its own, and a text beside them. */
export function validDocuments(_api: string, params: Fields): Fields {
  const used = new Set<string>();
  return mapMessages(params, (message) => {
    const named = mapContent(message, 'content', (block) => {
      const document = own(block, 'document');
      const name = own(document, 'name');
      if (!isRecord(block) || !isRecord(document) || typeof name !== 'string') return block;
      const valid = uniqueName(name, used);
      return valid === name ? block : copyWith(block, 'document', copyWith(document, 'name', valid));
    });
    const blocks = blocksOf(named);
    const hasDocument = blocks.some((block) => isRecord(own(block, 'document')));
    const hasText = blocks.some((block) => typeof own(block, 'text') === 'string');
    return hasDocument && !hasText ? copyWith(named, 'content', [...blocks, { text: HERE_IS_ONE }]) : named;
  });
}

function uniqueName(name: string, used: Set<string>): string {
  const valid = isDocumentName(name) ? name : cleaned(name);
  let unique = valid;
  for (let count = 2; used.has(unique); count += 1) unique = `${valid.slice(0, MAX_NAME - 6)} ${count}`;
  used.add(unique);
  return unique;
}

function cleaned(name: string): string {
  return (
    name
      .replaceAll(/[^a-zA-Z0-9\s\-()[\]]/g, '-')
      .replaceAll(/\s+/g, ' ')
      .slice(0, MAX_NAME)
      .trim() || 'document'
  );
}
