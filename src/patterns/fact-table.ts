import type { RequestView } from '../contract/request.js';
import {
  ANTHROPIC_MESSAGES,
  blocksOf,
  callsTools,
  isEmptyMessage,
  isEmptyText,
  isInstruction,
  messagesOf,
  roleOf,
  textOf,
} from './conversation.js';
import { joinText } from './joined-texts.js';
import { listOf, own } from './own.js';
import { findingsOf } from './findings/findings.js';
import { pairingOf, type FactCache } from './request-pairing.js';

/** A derived fact: its JSON type, what it means, and how it is computed from a request. */
export interface FactSpec {
  readonly type: 'string' | 'integer' | 'boolean' | 'array';
  readonly doc: string;
  readonly compute: (view: RequestView, cache: FactCache) => unknown;
}

function spec(type: FactSpec['type'], doc: string, compute: FactSpec['compute']): FactSpec {
  return { type, doc, compute };
}

/** Every derived fact by name. Patterns name them as `facts.<name>`; validation and documentation read this table. */
export const FACTS = {
  roles: spec('array', 'Roles of the messages, in order.', (view) => messagesOf(view.params).map(roleOf)),
  last_role: spec('string', 'Role of the last message; absent without messages.', (view) => {
    const messages = messagesOf(view.params);
    return messages.length === 0 ? undefined : roleOf(messages.at(-1));
  }),
  last_user_text: spec('string', 'Text of the last user message that has text.', lastUserText),
  system_text: spec(
    'string',
    'Text of all instructions: `system`, and system or developer messages.',
    (view) => joinText('system_text', view),
  ),
  prompt_text: spec('string', 'Instructions and every message, one after another.', (view) =>
    joinText('prompt_text', view),
  ),
  message_count: spec('integer', 'Number of messages.', (view) => messagesOf(view.params).length),
  tool_names: spec('array', 'Names of the tools offered, legacy functions included.', toolNames),
  has_tool_calls: spec('boolean', 'Whether any message calls a tool.', (view) =>
    messagesOf(view.params).some(callsTools),
  ),
  orphan_tool_results: spec(
    'integer',
    'Tool results that answer no call of the turn before.',
    (view, cache) => pairingOf(view, cache).orphans.length,
  ),
  open_tool_calls: spec('integer', 'Tool calls that are not answered right after.', (view, cache) =>
    pairingOf(view, cache).open.reduce((sum, calls) => sum + calls.ids.length, 0),
  ),
  findings: spec('array', 'Names of what stands out in the request, see below.', findingsOf),
  empty_messages: spec('integer', 'User and assistant messages that say nothing at all.', emptyMessages),
  empty_text_blocks: spec(
    'integer',
    'Text blocks of messages and instructions without a visible character.',
    (view) =>
      [own(view.params, 'system'), ...messagesOf(view.params).map((message) => own(message, 'content'))]
        .flatMap(listOf)
        .filter(isEmptyText).length,
  ),
  system_in_messages: spec(
    'integer',
    'Messages with the role system or developer.',
    (view) => messagesOf(view.params).filter((message) => isInstruction(roleOf(message))).length,
  ),
  final_assistant_trailing_space: spec(
    'boolean',
    'Whether the last message is an assistant text that ends in whitespace.',
    finalAssistantTrailingSpace,
  ),
  mentions_json: spec(
    'boolean',
    'Whether the word json stands anywhere in instructions or messages.',
    (view) => /json/i.test(joinText('prompt_text', view)),
  ),
  characters: spec('integer', 'Length of all instructions and messages, in UTF-16 units.', (view) =>
    texts(view).reduce((sum, text) => sum + text.length, 0),
  ),
} as const satisfies Readonly<Record<string, FactSpec>>;

/** Name of a derived fact, without the `facts.` in front. */
export type FactName = keyof typeof FACTS;

/** True for the name of a derived fact. */
export function isFactName(name: string): name is FactName {
  return Object.hasOwn(FACTS, name);
}

function lastUserText(view: RequestView): string | undefined {
  return joinText('last_user_text', view) || undefined;
}

function texts(view: RequestView): readonly string[] {
  const contents = messagesOf(view.params).map((message) => own(message, 'content'));
  return [own(view.params, 'system'), ...contents].map(textOf);
}

function toolNames(view: RequestView): readonly string[] {
  const tools = [...listOf(own(view.params, 'tools')), ...listOf(own(view.params, 'functions'))];
  return tools
    .map((tool) => own(tool, 'name') ?? own(own(tool, 'function') ?? own(tool, 'custom'), 'name'))
    .filter((name) => typeof name === 'string');
}

function emptyMessages(view: RequestView): number {
  const messages = messagesOf(view.params);
  const count = messages.filter(isEmptyMessage).length;
  return view.api === ANTHROPIC_MESSAGES && mayStayEmpty(messages.at(-1)) ? count - 1 : count;
}

/** Anthropic lets a final assistant message be empty, but not blank. */
function mayStayEmpty(message: unknown): boolean {
  if (roleOf(message) !== 'assistant' || !isEmptyMessage(message)) return false;
  const content = own(message, 'content');
  return content === '' || (Array.isArray(content) && content.length === 0);
}

function finalAssistantTrailingSpace(view: RequestView): boolean {
  const last = messagesOf(view.params).at(-1);
  if (roleOf(last) !== 'assistant' || callsTools(last)) return false;
  const content = own(last, 'content');
  const text = typeof content === 'string' ? content : own(blocksOf(last).at(-1), 'text');
  return typeof text === 'string' && text !== text.trimEnd();
}
