import { isRecord } from '../adapters/shape.js';

/**
 * Texts under these names are no content: they name things, pair calls with results, or steer the request. What patterns
 * look at stays as it is.
 */
const KEPT: ReadonlySet<string> = new Set([
  ...[
    'model',
    'modelId',
    'role',
    'type',
    'format',
    'name',
    'effort',
    'reasoning_effort',
    'verbosity',
    'mode',
  ],
  ...['id', 'call_id', 'tool_call_id', 'toolCallId', 'tool_use_id', 'toolUseId', 'item_reference', 'status'],
  ...[
    'tool_choice',
    'toolChoice',
    'function_call',
    'service_tier',
    'truncation',
    'encoding_format',
    'detail',
  ],
  ...[
    'media_type',
    'mime_type',
    'mimeType',
    'responseMimeType',
    'ttl',
    'required',
    'enum',
    'keep_alive',
    'include',
  ],
  ...[
    '$ref',
    '$schema',
    'category',
    'threshold',
    'anthropic_version',
    'thinkingLevel',
    'allowedFunctionNames',
  ],
]);
/** Beginning of binary data that tells its kind. */
const MAGIC = 32;
const DATA = /^(?:data:[\w/+.-]+;base64,)?[A-Za-z0-9+/=_-]{256,}$/;
/** Words with a meaning of their own: in JSON, and for JSON mode. */
const WORDS = /\b(?:json|true|false|null)\b/giu;
const MAX_DEPTH = 64;

/**
 * A request without what people wrote: letters become x, digits 0. Lengths, whitespace, punctuation, broken characters and
 * everything that names or steers stay, so that patterns decide as they would on the original.
 * @example maskRequest({ model: 'o3', messages: [{ role: 'user', content: 'Call me on 555-1234' }] })
 * // { model: 'o3', messages: [{ role: 'user', content: 'Xxxx xx xx 000-0000' }] }
 */
export function maskRequest(value: unknown): unknown {
  return mask(value, '', 0);
}

function mask(value: unknown, key: string, depth: number): unknown {
  if (typeof value === 'string') return KEPT.has(key) ? value : maskText(value);
  if (depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => mask(item, key, depth + 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mask(item, name, depth + 1)]));
}

function maskText(text: string): string {
  if (DATA.test(text)) return text.slice(0, MAGIC + text.indexOf(',') + 1);
  let masked = '';
  let end = 0;
  for (const word of text.matchAll(WORDS)) {
    masked += maskLetters(text.slice(end, word.index)) + word[0];
    end = word.index + word[0].length;
  }
  return masked + maskLetters(text.slice(end));
}

function maskLetters(text: string): string {
  return text
    .replace(/\p{Lu}/gu, 'X')
    .replace(/[\p{L}\p{M}]/gu, (letter) => (letter === 'X' ? letter : 'x'))
    .replace(/\p{Nd}/gu, '0');
}
