import { anthropicRefusal } from './anthropic-refusal.js';
import { given, isObject, objectOr, objects, textOr, type Body, type Refusal, type Rule } from './rule.js';

const ID = /^[a-zA-Z0-9_-]+$/;
const CACHE_BLOCKS = 4;

/** What Anthropic insists on in `system` and `messages`. */
export const ANTHROPIC_MESSAGE_RULES: readonly Rule[] = [
  { id: 'messages-empty', check: messagesEmpty },
  { id: 'roles', check: roles },
  { id: 'first-message', check: firstMessage },
  { id: 'empty-system', check: emptySystem },
  { id: 'empty-content', check: emptyContent },
  { id: 'cache-control', check: cacheControl },
  { id: 'trailing-whitespace', check: trailingWhitespace },
  { id: 'tool-use-shape', check: toolUseShape },
  { id: 'orphan-tool-result', check: orphanToolResult },
  { id: 'tool-use-unanswered', check: toolUseUnanswered },
];

function messagesEmpty({ messages }: Body): Refusal | undefined {
  if (!Array.isArray(messages)) return anthropicRefusal('messages: Input should be a valid list');
  return messages.length > 0 ? undefined : anthropicRefusal('messages: at least one message is required');
}

function roles({ messages }: Body): Refusal | undefined {
  for (const [index, { role }] of objects(messages).entries()) {
    if (role === 'user' || role === 'assistant') continue;
    return anthropicRefusal(
      role === 'system'
        ? 'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.'
        : `messages.${index}.role: Input should be 'user' or 'assistant'`,
    );
  }
  return undefined;
}

function firstMessage({ messages }: Body): Refusal | undefined {
  if (objects(messages)[0]?.['role'] === 'user') return undefined;
  return anthropicRefusal('messages: first message must use the "user" role');
}

function isBlankText({ type, text }: Body): boolean {
  return type === 'text' && textOr(text).trim() === '';
}

function emptySystem({ system }: Body): Refusal | undefined {
  const index = objects(system).findIndex(isBlankText);
  if (index < 0) return undefined;
  return anthropicRefusal(
    given(objects(system)[index]?.['cache_control'])
      ? `system.${index}.cache_control: cache_control cannot be set for empty text blocks`
      : 'system: text content blocks must be non-empty',
  );
}

function emptyContent({ messages }: Body): Refusal | undefined {
  const list = objects(messages);
  for (const [index, { role, content }] of list.entries()) {
    const blank = objects(content).findIndex(isBlankText);
    if (blank >= 0) return emptyBlock(index, blank, objects(content)[blank]);
    const optional = role === 'assistant' && index === list.length - 1;
    const empty =
      typeof content === 'string' ? content.trim() === '' : !given(content) || isEmptyList(content);
    if (empty && !optional) {
      return anthropicRefusal(
        `messages.${index}: all messages must have non-empty content except for the optional final assistant message`,
      );
    }
  }
  return undefined;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function emptyBlock(message: number, block: number, { cache_control }: Body = {}): Refusal {
  return anthropicRefusal(
    given(cache_control)
      ? `messages.${message}.content.${block}.text: cache_control cannot be set for empty text blocks`
      : 'messages: text content blocks must be non-empty',
  );
}

function cacheControl({ system, tools, messages }: Body): Refusal | undefined {
  const blocks = [system, tools, ...objects(messages).map(({ content }) => content)].flatMap(objects);
  const found = blocks.filter((block) => given(block['cache_control'])).length;
  if (found <= CACHE_BLOCKS) return undefined;
  return anthropicRefusal(
    `A maximum of ${CACHE_BLOCKS} blocks with cache_control may be provided. Found ${found}.`,
  );
}

function trailingWhitespace({ messages }: Body): Refusal | undefined {
  const last = objects(messages).at(-1);
  if (last?.['role'] !== 'assistant') return undefined;
  const text =
    typeof last['content'] === 'string' ? last['content'] : objects(last['content']).at(-1)?.['text'];
  if (!/\s$/.test(textOr(text))) return undefined;
  return anthropicRefusal('messages: final assistant content cannot end with trailing whitespace');
}

/** Every block of a type in every message, with its place. */
function blocksOf(messages: unknown, wanted: string) {
  return objects(messages).flatMap(({ content }, message) =>
    objects(content).flatMap((block, index) => (block['type'] === wanted ? [{ message, index, block }] : [])),
  );
}

function toolUseShape({ messages }: Body): Refusal | undefined {
  for (const { message, index, block } of blocksOf(messages, 'tool_use')) {
    const place = `messages.${message}.content.${index}.tool_use`;
    if (!ID.test(textOr(block['id']))) {
      return anthropicRefusal(`${place}.id: String should match pattern '^[a-zA-Z0-9_-]+$'`);
    }
    if (!isObject(block['input']))
      return anthropicRefusal(`${place}.input: Input should be a valid dictionary`);
  }
  return undefined;
}

function orphanToolResult({ messages }: Body): Refusal | undefined {
  const list = objects(messages);
  for (const { message, index, block } of blocksOf(messages, 'tool_result')) {
    const id = textOr(block['tool_use_id']);
    const previous = objects(objectOr(list[message - 1])['content']);
    if (previous.some((candidate) => candidate['type'] === 'tool_use' && candidate['id'] === id)) continue;
    return anthropicRefusal(
      `messages.${message}.content.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. ` +
        'Each `tool_result` block must have a corresponding `tool_use` block in the previous message.',
    );
  }
  return undefined;
}

function toolUseUnanswered({ messages }: Body): Refusal | undefined {
  const list = objects(messages);
  for (const [index, { content }] of list.entries()) {
    const next = objects(objectOr(list[index + 1])['content']).map((block) => block['tool_use_id']);
    const missing = objects(content).filter(({ type, id }) => type === 'tool_use' && !next.includes(id));
    if (missing.length === 0) continue;
    return anthropicRefusal(
      `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ` +
        `${missing.map(({ id }) => textOr(id)).join(', ')}. Each \`tool_use\` block must have a corresponding ` +
        '`tool_result` block in the next message.',
    );
  }
  return undefined;
}
