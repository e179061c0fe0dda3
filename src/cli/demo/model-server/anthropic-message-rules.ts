import { anthropicModel } from './anthropic-models.js';
import { anthropicRefusal } from './anthropic-refusal.js';
import { given, objectOr, objects, textOr, type Body, type Refusal, type Rule } from './rule.js';

const CACHE_BLOCKS = 4;

/** What Anthropic insists on in `system` and `messages`, block by block. */
export const ANTHROPIC_MESSAGE_RULES: readonly Rule[] = [
  { id: 'messages-empty', check: messagesEmpty },
  { id: 'roles', check: roles },
  { id: 'first-message', check: firstMessage },
  { id: 'empty-system', check: emptySystem },
  { id: 'empty-content', check: emptyContent },
  { id: 'image-urls', check: imageUrls },
  { id: 'cache-control', check: cacheControl },
  { id: 'cache-lifetimes', check: cacheLifetimes },
  { id: 'trailing-whitespace', check: trailingWhitespace },
];

function messagesEmpty({ messages }: Body): Refusal | undefined {
  const isEmpty = objects(messages).length === 0;
  return isEmpty ? anthropicRefusal('messages: at least one message is required') : undefined;
}

function roles({ messages, model }: Body): Refusal | undefined {
  for (const [index, { role }] of objects(messages).entries()) {
    if (role === 'user' || role === 'assistant') continue;
    if (role === 'system' && index > 0 && anthropicModel(model).systemTurns) continue;
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

/** What is said of a text with nothing in it. */
function blankWords({ text }: Body): string {
  return textOr(text) === ''
    ? 'text content blocks must be non-empty'
    : 'text content blocks must contain non-whitespace text';
}

function emptySystem({ system }: Body): Refusal | undefined {
  const index = objects(system).findIndex(isBlankText);
  const block = objects(system)[index];
  if (!block) return undefined;
  return anthropicRefusal(
    given(block['cache_control'])
      ? `system.${index}.cache_control: cache_control cannot be set for empty text blocks`
      : `system: ${blankWords(block)}`,
  );
}

function emptyContent({ messages }: Body): Refusal | undefined {
  const list = objects(messages);
  for (const [index, { role, content }] of list.entries()) {
    const blank = objects(content).findIndex(isBlankText);
    if (blank >= 0) return emptyBlock(index, blank, objects(content)[blank]);
    if (typeof content === 'string' && content !== '' && content.trim() === '')
      return anthropicRefusal(`messages: ${blankWords({ text: content })}`);
    const optional = role === 'assistant' && index === list.length - 1;
    const isEmpty = content === '' || !given(content) || (Array.isArray(content) && content.length === 0);
    if (isEmpty && !optional) {
      return anthropicRefusal(
        `messages.${index}: all messages must have non-empty content except for the optional final assistant message`,
      );
    }
  }
  return undefined;
}

function emptyBlock(message: number, index: number, block: Body = {}): Refusal {
  return anthropicRefusal(
    given(block['cache_control'])
      ? `messages.${message}.content.${index}.text: cache_control cannot be set for empty text blocks`
      : `messages: ${blankWords(block)}`,
  );
}

function imageUrls({ messages }: Body): Refusal | undefined {
  for (const [message, { content }] of objects(messages).entries()) {
    const index = objects(content).findIndex(({ source }) => {
      const { type, url } = objectOr(source);
      return type === 'url' && !/^https:\/\//i.test(textOr(url));
    });
    const block = objects(content)[index];
    if (!block) continue;
    const place = `messages.${message}.content.${index}.${textOr(block['type'])}.source.url.url`;
    return anthropicRefusal(`${place}: Only HTTPS URLs are supported.`);
  }
  return undefined;
}

/** The markers in the order in which Anthropic reads them: tools, system, messages. */
function markers({ system, tools, messages }: Body): readonly Body[] {
  const contents = objects(messages)
    .flatMap(({ content }) => objects(content))
    .flatMap((block) => [...(block['type'] === 'tool_result' ? objects(block['content']) : []), block]);
  return [...objects(tools), ...objects(system), ...contents]
    .filter((block) => given(block['cache_control']))
    .map((block) => objectOr(block['cache_control']));
}

function cacheControl(body: Body): Refusal | undefined {
  const found = markers(body).length;
  if (found <= CACHE_BLOCKS) return undefined;
  return anthropicRefusal(
    `A maximum of ${CACHE_BLOCKS} blocks with cache_control may be provided. Found ${found}.`,
  );
}

function cacheLifetimes(body: Body): Refusal | undefined {
  const lives = markers(body).map(({ ttl }) => ttl ?? '5m');
  const short = lives.indexOf('5m');
  if (short < 0 || !lives.slice(short).includes('1h')) return undefined;
  return anthropicRefusal(
    "messages.0.content.0.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control " +
      'block. Note that blocks are processed in the following order: `tools`, `system`, `messages`.',
  );
}

function trailingWhitespace({ messages }: Body): Refusal | undefined {
  const last = objects(messages).at(-1);
  if (last?.['role'] !== 'assistant') return undefined;
  const { content } = last;
  const text = typeof content === 'string' ? content : objects(content).at(-1)?.['text'];
  if (!/\s$/.test(textOr(text))) return undefined;
  return anthropicRefusal('messages: final assistant content cannot end with trailing whitespace');
}
