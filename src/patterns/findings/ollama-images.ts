// HOT: runs on every call of Ollama that a pack has findings for. Benchmark: npm run bench -- match
import type { RequestView } from '../../contract/request.js';
import { messagesOf } from '../conversation.js';
import { listOf, own } from '../own.js';
import type { FindingName } from './finding-names.js';

/** Notes an image that is a data URL, in a message or beside a prompt. */
export function dataUrlFindings({ params }: RequestView, found: FindingName[]): void {
  if (hasDataUrl(params) || messagesOf(params).some(hasDataUrl)) found.push('data_url_image');
}

/** True for a text that holds the data of an image behind a header. */
export function isDataUrl(image: unknown): image is string {
  return typeof image === 'string' && image.startsWith('data:') && image.slice(0, 100).includes(';base64,');
}

function hasDataUrl(holder: unknown): boolean {
  return listOf(own(holder, 'images')).some(isDataUrl);
}
