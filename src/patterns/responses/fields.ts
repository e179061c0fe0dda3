import { isRecord, listOf, own } from '../own.js';
import { itemType } from './items.js';

/** Fields as one text, separated by blanks. */
function fields(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter(Boolean));
}

/**
 * Fields of the items people keep and send again, by type. Types of which the rest of the fields changes from release to
 * release (hosted tools) are left out: nothing is foreign to them.
 * @see ResponseInputItem of openai 7.55, and that of its beta
 */
const ITEM_FIELDS: { readonly [type: string]: ReadonlySet<string> } = {
  message: fields('type agent role content id status phase'),
  function_call: fields('type agent id call_id name arguments status async caller namespace created_by'),
  function_call_output: fields('type agent id call_id output status caller name namespace created_by'),
  custom_tool_call: fields('type agent id call_id name input status async caller namespace created_by'),
  custom_tool_call_output: fields('type agent id call_id output status caller created_by'),
  // `status` is among the types, and refused.
  reasoning: fields('type agent id summary content encrypted_content'),
};

/** Fields of content parts, by type. */
const PART_FIELDS: { readonly [type: string]: ReadonlySet<string> } = {
  input_text: fields('type text prompt_cache_breakpoint'),
  output_text: fields('type text annotations logprobs'),
  refusal: fields('type refusal'),
  input_image: fields('type detail file_id image_url prompt_cache_breakpoint'),
};

/** True when an item or one of its parts has a field the API does not know. */
export function hasForeignField(item: unknown): boolean {
  if (isForeignTo(ITEM_FIELDS[itemType(item)], item) || hasReasoningText(item)) return true;
  const content = own(item, 'content');
  if (!Array.isArray(content)) return false;
  for (const part of listOf(content)) if (isForeignTo(partFields(part), part)) return true;
  return false;
}

/** Names of an item's fields the API does not know. */
export function foreignFieldsOf(item: Readonly<Record<string, unknown>>): readonly string[] {
  const known = ITEM_FIELDS[itemType(item)];
  const foreign = known === undefined ? [] : Object.keys(item).filter((key) => !known.has(key));
  return hasReasoningText(item) ? [...foreign, 'content'] : foreign;
}

/** Names of a part's fields the API does not know. */
export function foreignPartFieldsOf(part: Readonly<Record<string, unknown>>): readonly string[] {
  const known = partFields(part);
  return known === undefined ? [] : Object.keys(part).filter((key) => !known.has(key));
}

/** A reasoning item's text, which other servers hand out and OpenAI does not take back. */
function hasReasoningText(item: unknown): boolean {
  if (itemType(item) !== 'reasoning') return false;
  const content = own(item, 'content');
  return Array.isArray(content) && content.length > 0;
}

function partFields(part: unknown): ReadonlySet<string> | undefined {
  const type = own(part, 'type');
  return typeof type === 'string' && Object.hasOwn(PART_FIELDS, type) ? PART_FIELDS[type] : undefined;
}

/** A field that is undefined is not sent. */
function isForeignTo(known: ReadonlySet<string> | undefined, value: unknown): boolean {
  if (known === undefined || !isRecord(value)) return false;
  for (const key of Object.keys(value)) if (!known.has(key) && value[key] !== undefined) return true;
  return false;
}
