import { isRecord } from '../own.js';

/**
 * Fields of Anthropic's content blocks and custom tools by type; any other is refused ("Extra inputs are not permitted").
 * @see the `…BlockParam` types and `Tool` of `@anthropic-ai/sdk` 1.11
 */
const FIELDS: { readonly [type: string]: ReadonlySet<string> } = {
  text: new Set(['type', 'text', 'cache_control', 'citations']),
  image: new Set(['type', 'source', 'cache_control', 'transformations']),
  tool_use: new Set(['type', 'id', 'name', 'input', 'cache_control', 'caller', 'toolset_name']),
  tool_result: new Set(['type', 'tool_use_id', 'content', 'is_error', 'cache_control', 'toolset_name']),
  thinking: new Set(['type', 'thinking', 'signature']),
  redacted_thinking: new Set(['type', 'data']),
};

/** Fields of a tool that the caller runs. */
export const TOOL_FIELDS: ReadonlySet<string> = new Set([
  'type',
  'name',
  'description',
  'input_schema',
  'cache_control',
  'allowed_callers',
  'defer_loading',
  'eager_input_streaming',
  'input_examples',
  'strict',
]);

/** Fields SDKs and other APIs leave in messages. One that Anthropic may come to know stays. */
export const FOREIGN_MESSAGE_FIELDS: ReadonlySet<string> = new Set([
  'annotations',
  'audio',
  'cache_control',
  'container',
  'createdAt',
  'created_at',
  'experimental_attachments',
  'function_call',
  'id',
  'metadata',
  'model',
  'name',
  'parts',
  'provider_options',
  'providerOptions',
  'reasoning',
  'reasoning_content',
  'reasoning_details',
  'refusal',
  'stop_reason',
  'stop_sequence',
  'stop_details',
  'timestamp',
  'tool_call_id',
  'tool_calls',
  'toolInvocations',
  'type',
  'usage',
  'uuid',
]);

/** What a block of this type may have; undefined for types Arc does not know in full. */
export function fieldsOfBlock(type: string): ReadonlySet<string> | undefined {
  return Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined;
}

/** Whether an object has a field, absent ones aside, outside of what is allowed. */
export function hasForeignField(object: unknown, allowed: ReadonlySet<string>): boolean {
  if (!isRecord(object)) return false;
  for (const key of Object.keys(object)) {
    if (!allowed.has(key) && object[key] !== undefined) return true;
  }
  return false;
}
