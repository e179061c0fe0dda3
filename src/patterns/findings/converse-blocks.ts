// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import { imageTypeOf } from '../media-types.js';
import { isRecord, listOf, own } from '../own.js';
import { TOOL_NAME_LENGTH, isToolName } from '../tool-names.js';
import { isWellFormed } from '../well-formed.js';
import type { FindingName } from './finding-names.js';

/** What one walk over a conversation of Converse remembers. */
export interface ConverseWalk {
  readonly found: FindingName[];
  /** Cache points so far. */
  marks: number;
  hasToolTraffic: boolean;
  readonly calls: Set<string>;
  readonly results: Set<string>;
  readonly documents: Set<string>;
  /** Whether this turn has something else than results. */
  hasOther: boolean;
}

/** Names of documents: letters, digits, single blanks, hyphens, parentheses and brackets. */
const DOCUMENT_NAME = /^(?:[a-zA-Z0-9\-()[\]]| (?! )){1,200}$/;

/** What stands out in one content block, and in those inside a tool result. */
export function findInConverseBlock(block: unknown, walk: ConverseWalk): void {
  const { found } = walk;
  if (!isRecord(block) || own(block, 'type') !== undefined) return void found.push('foreign_shape');
  const text = own(block, 'text');
  if (typeof text === 'string') {
    if (!text.isWellFormed()) found.push('lone_surrogate');
    return;
  }
  if (isRecord(own(block, 'cachePoint'))) walk.marks += 1;
  findInCall(own(block, 'toolUse'), walk);
  findInResult(own(block, 'toolResult'), walk);
  findInImage(own(block, 'image'), found);
  findInDocument(own(block, 'document'), walk);
}

function findInCall(call: unknown, walk: ConverseWalk): void {
  if (!isRecord(call)) return;
  const { found, calls } = walk;
  walk.hasToolTraffic = true;
  const input = own(call, 'input');
  if (!isRecord(input)) found.push('tool_input_not_object');
  else if (!isWellFormed(input)) found.push('lone_surrogate');
  if (!isToolName(own(call, 'name'), TOOL_NAME_LENGTH)) found.push('invalid_tool_name');
  const id = own(call, 'toolUseId');
  if (!isToolName(id, TOOL_NAME_LENGTH)) found.push('invalid_tool_id');
  if (typeof id !== 'string') return;
  if (calls.has(id)) found.push('repeated_tool_id');
  calls.add(id);
}

function findInResult(result: unknown, walk: ConverseWalk): void {
  if (!isRecord(result)) return;
  const { found, results } = walk;
  walk.hasToolTraffic = true;
  const id = own(result, 'toolUseId');
  if (typeof id === 'string') {
    if (results.has(id)) found.push('twice_answered_call');
    results.add(id);
  }
  const content = own(result, 'content') ?? undefined;
  if (content !== undefined && !Array.isArray(content)) found.push('tool_result_shape');
  const blocks = listOf(content);
  for (const inner of blocks) {
    const json = own(inner, 'json');
    if (json !== undefined && !isRecord(json)) found.push('tool_result_shape');
    if (json !== undefined && !isWellFormed(json)) found.push('lone_surrogate');
    findInConverseBlock(inner, walk);
  }
  if (own(result, 'status') === 'error' && blocks.length === 0) found.push('empty_error_result');
}

function findInImage(image: unknown, found: FindingName[]): void {
  if (!isRecord(image)) return;
  const format = own(image, 'format');
  const type = formatOf(own(own(image, 'source'), 'bytes'));
  if (format === 'jpg' || (type !== undefined && type !== format)) found.push('image_media_type');
}

/** The format the first bytes of an image speak of, bytes or base64, or undefined. */
export function formatOf(bytes: unknown): string | undefined {
  const head =
    typeof bytes === 'string'
      ? bytes
      : bytes instanceof Uint8Array
        ? Buffer.from(bytes.subarray(0, 18)).toString('base64')
        : '';
  return imageTypeOf(head)?.slice('image/'.length);
}

function findInDocument(document: unknown, { found, documents }: ConverseWalk): void {
  if (!isRecord(document)) return;
  const name = own(document, 'name');
  if (typeof name !== 'string') return;
  if (!isDocumentName(name) || documents.has(name)) found.push('document_name');
  documents.add(name);
}

/** True for a name Bedrock takes for a document. */
export function isDocumentName(name: string): boolean {
  return DOCUMENT_NAME.test(name);
}
