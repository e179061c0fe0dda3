// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import { typeOf } from '../conversation.js';
import { dataUrlOf, imageTypeOf } from '../media-types.js';
import { isRecord, listOf, own } from '../own.js';
import { isToolName } from '../tool-names.js';
import { isWellFormed } from '../well-formed.js';
import { fieldsOfBlock, hasForeignField } from './block-fields.js';
import { type CacheMarks, countMark } from './cache-marks.js';
import type { FindingName } from './finding-names.js';

/** What one walk over the blocks of a conversation remembers. */
export interface BlockWalk {
  readonly found: FindingName[];
  readonly marks: CacheMarks;
  /** Ids of all tool calls so far. */
  readonly calls: Set<string>;
  /** Which calls the results of this turn answer. */
  readonly results: Set<string>;
  /** Whether this turn has something else than results. */
  hasOther: boolean;
}

/** Types of parts OpenAI's APIs have in messages. */
const FOREIGN_PARTS: ReadonlySet<string> = new Set([
  'image_url',
  'input_image',
  'input_text',
  'output_text',
  'file',
]);

/** Longest name of a tool in the conversation. */
const MAX_CALLED_NAME = 200;

/** What stands out in one content block, and in those inside a tool result. */
export function findInBlock(block: unknown, walk: BlockWalk): void {
  const { found } = walk;
  if (typeof block === 'string') return void found.push('foreign_shape');
  const type = typeOf(block);
  countMark(block, walk.marks, found);
  const fields = fieldsOfBlock(type);
  if (fields !== undefined && hasForeignField(block, fields)) found.push('foreign_block_field');
  if (type === 'text') findInText(block, found);
  else if (type === 'tool_use') findInCall(block, walk);
  else if (type === 'tool_result') findInResult(block, walk);
  else if (type === 'image') findInImage(own(block, 'source'), found);
  else if (type === 'document') findInDocument(own(block, 'source'), found);
  else if (type === 'thinking') findInThinking(block, found);
  else if (FOREIGN_PARTS.has(type)) found.push('foreign_shape');
}

function findInText(block: unknown, found: FindingName[]): void {
  const text = own(block, 'text');
  if (typeof text === 'string' && !text.isWellFormed()) found.push('lone_surrogate');
}

function findInThinking(block: unknown, found: FindingName[]): void {
  const signature = own(block, 'signature');
  if (typeof signature !== 'string' || signature === '') found.push('unsigned_thinking');
}

function findInCall(block: unknown, { found, calls }: BlockWalk): void {
  const input = own(block, 'input');
  if (!isRecord(input)) found.push('tool_input_not_object');
  else if (!isWellFormed(input)) found.push('lone_surrogate');
  if (!isToolName(own(block, 'name'), MAX_CALLED_NAME)) found.push('invalid_tool_name');
  const id = own(block, 'id');
  if (!isToolName(id)) found.push('invalid_tool_id');
  if (typeof id !== 'string') return;
  if (calls.has(id)) found.push('repeated_tool_id');
  calls.add(id);
}

function findInResult(block: unknown, walk: BlockWalk): void {
  const { found, results } = walk;
  const id = own(block, 'tool_use_id');
  if (typeof id === 'string') {
    if (results.has(id)) found.push('twice_answered_call');
    results.add(id);
  }
  const content = own(block, 'content') ?? undefined;
  if (typeof content === 'string') {
    if (!content.isWellFormed()) found.push('lone_surrogate');
  } else if (content !== undefined && !Array.isArray(content)) found.push('tool_result_shape');
  const blocks = listOf(content);
  for (const inner of blocks) findInBlock(inner, walk);
  if (own(block, 'is_error') !== true) return;
  if (isNothing(content)) found.push('empty_error_result');
  else if (blocks.some((inner) => typeOf(inner) !== 'text')) found.push('error_result_not_text');
}

function isNothing(content: unknown): boolean {
  if (typeof content === 'string') return content === '';
  return content === undefined || (Array.isArray(content) && content.length === 0);
}

function findInImage(source: unknown, found: FindingName[]): void {
  const data = own(source, 'data');
  if (own(source, 'type') === 'url') {
    const url = own(source, 'url');
    if (typeof url === 'string' && url.startsWith('data:')) found.push('image_media_type');
  }
  if (own(source, 'type') !== 'base64' || typeof data !== 'string') return;
  const type = imageTypeOf(data);
  const isOther = type !== undefined && type !== own(source, 'media_type');
  if (isOther || dataUrlOf(data) !== undefined) found.push('image_media_type');
}

function findInDocument(source: unknown, found: FindingName[]): void {
  const type = own(source, 'type');
  const media = own(source, 'media_type');
  const data = own(source, 'data');
  if (typeof data !== 'string') return;
  if (type === 'text' && media !== 'text/plain') found.push('document_media_type');
  const isPdf = data.startsWith('JVBERi');
  if (type === 'base64' && ((isPdf && media !== 'application/pdf') || data.startsWith('data:')))
    found.push('document_media_type');
}
