import { listOf } from './own.js';

/** The API in which a text may stand for the whole input, and whose parts have names of their own. */
const OPENAI_RESPONSES = 'openai.responses';

/**
 * The items of a value for `any`, `every` and `none`; undefined when it is neither a list nor a text that the provider
 * takes for a list: a message's text is one text part, OpenAI's `input` one user message, Google's `contents` one content.
 * @param field - the last name on the value's path.
 * @throws {RangeError} when a list claims more than a million items.
 * @example itemsOf('hello', 'content', 'openai.chat.completions') // [{ type: 'text', text: 'hello' }]
 */
export function itemsOf(value: unknown, field: string, api: string): readonly unknown[] | undefined {
  if (Array.isArray(value)) return listOf(value);
  return typeof value === 'string' ? itemOf(value, field, api) : undefined;
}

function itemOf(text: string, field: string, api: string): readonly unknown[] | undefined {
  if (field === 'content' || field === 'system') {
    return [{ type: api === OPENAI_RESPONSES ? 'input_text' : 'text', text }];
  }
  if (field === 'input' && api === OPENAI_RESPONSES) return [{ role: 'user', content: text }];
  if (field === 'contents') return [{ role: 'user', parts: [{ text }] }];
  return undefined;
}
