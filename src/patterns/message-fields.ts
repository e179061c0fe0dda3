/** Fields of a message in OpenAI's API, those of its answers included, and Azure's `context` and `end_turn`. */
export const MESSAGE_FIELDS: ReadonlySet<string> = new Set([
  'role',
  'content',
  'name',
  'tool_calls',
  'tool_call_id',
  'function_call',
  'refusal',
  'audio',
  'annotations',
  'context',
  'end_turn',
  'weight',
]);

/** Roles of messages in OpenAI's API. */
export const ROLES: ReadonlySet<string> = new Set([
  'system',
  'developer',
  'user',
  'assistant',
  'tool',
  'function',
]);

/** Roles as other APIs and libraries call them. */
const OTHER_ROLES: { readonly [role: string]: string } = {
  human: 'user',
  customer: 'user',
  ai: 'assistant',
  bot: 'assistant',
  model: 'assistant',
  gpt: 'assistant',
  chatbot: 'assistant',
  tool_result: 'tool',
  system_prompt: 'system',
};

/**
 * The role OpenAI has for one it does not know, or undefined when it is not clear which.
 * @example standardRole('Human') // 'user'
 */
export function standardRole(role: string): string | undefined {
  if (ROLES.has(role)) return role;
  const name = role.trim().toLowerCase();
  if (ROLES.has(name)) return name;
  return Object.hasOwn(OTHER_ROLES, name) ? OTHER_ROLES[name] : undefined;
}

/** Characters OpenAI refuses in a message's `name`. */
const REFUSED_IN_NAME = /[\s<|\\/>]/;

/** Whether a message's `name` is one OpenAI refuses: empty, too long, or with a space, a bracket, a bar or a slash. */
export function isRefusedName(name: unknown): boolean {
  return typeof name === 'string' && (name === '' || name.length > 64 || REFUSED_IN_NAME.test(name));
}

/** Types of content parts OpenAI's chat completions take. */
export const PART_TYPES: ReadonlySet<string> = new Set([
  'text',
  'image_url',
  'input_audio',
  'file',
  'refusal',
]);

/** Types of other APIs that have a counterpart there. */
export const OTHER_PART_TYPES: ReadonlySet<string> = new Set([
  'input_text',
  'output_text',
  'input_image',
  'image',
]);

/** Types of content blocks that are calls, results or thinking, as Anthropic has them. */
export const CALL_BLOCKS: ReadonlySet<string> = new Set([
  'tool_use',
  'tool_result',
  'thinking',
  'redacted_thinking',
]);
