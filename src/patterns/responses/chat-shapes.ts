import { roleOf, typeOf } from '../conversation.js';
import { isRecord, listOf, own } from '../own.js';
import { itemType } from './items.js';

/** What a part of the name is called in messages to the model, and in those of the model. */
interface PartNames {
  readonly prompt: string;
  readonly answer?: string;
}

/** Parts by the names other APIs give them. */
const PARTS: { readonly [type: string]: PartNames } = {
  text: { prompt: 'input_text', answer: 'output_text' },
  image_url: { prompt: 'input_image' },
  image: { prompt: 'input_image' },
  file: { prompt: 'input_file' },
};

/** Roles by the names other APIs give them. */
export const ROLES: { readonly [role: string]: string } = {
  human: 'user',
  ai: 'assistant',
  model: 'assistant',
};

/** What the API calls a part of this type in a message of this role; undefined where the name is right, or nobody can tell. */
export function partTypeIn(role: string, type: string): string | undefined {
  const isAnswer = role === 'assistant';
  if (Object.hasOwn(PARTS, type)) return isAnswer ? PARTS[type]?.answer : PARTS[type]?.prompt;
  if (type === 'input_text') return isAnswer ? 'output_text' : undefined;
  if (type === 'output_text') return isAnswer ? undefined : 'input_text';
  return undefined;
}

/** True for an item of `input` that is a message of the chat completions API, or has parts or a content of another API. */
export function isChatItem(item: unknown): boolean {
  if (typeof item === 'string') return true;
  if (itemType(item) !== 'message') return hasChatOutput(item);
  const role = roleOf(item);
  if (role === 'tool' || role === 'function' || Object.hasOwn(ROLES, role)) return true;
  if ((own(item, 'tool_calls') ?? own(item, 'function_call') ?? null) !== null) return true;
  const content = own(item, 'content');
  if (typeof content === 'string') return false;
  if (!Array.isArray(content)) return true;
  for (const part of listOf(content)) if (isChatPart(part, role)) return true;
  return false;
}

/** True for a part under the name or in the shape of another API. */
export function isChatPart(part: unknown, role: string): boolean {
  if (typeof part === 'string') return true;
  const type = typeOf(part);
  if (type === 'input_image' && isRecord(own(part, 'image_url'))) return true;
  return partTypeIn(role, type) !== undefined;
}

/** The answer of a tool in parts under the names of chat completions. */
function hasChatOutput(item: unknown): boolean {
  const type = typeOf(item);
  if (type !== 'function_call_output' && type !== 'custom_tool_call_output') return false;
  const output = own(item, 'output');
  if (!Array.isArray(output)) return false;
  const parts = listOf(output);
  return (
    parts.length > 0 &&
    parts.every((part) => isContentPart(part)) &&
    parts.some((part) => isChatPart(part, 'user'))
  );
}

/** True for an object that says to be a content part, of this API or of another. */
export function isContentPart(part: unknown): boolean {
  const type = typeOf(part);
  return type.startsWith('input_') || type === 'output_text' || Object.hasOwn(PARTS, type);
}
