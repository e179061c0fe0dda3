// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { RequestView } from '../../contract/request.js';
import { isInstruction, messagesOf, roleOf, toolCallIdOf, toolCallsOf, typeOf } from '../conversation.js';
import { listOf, own } from '../own.js';
import type { FindingName } from './finding-names.js';
import { fieldFlags } from './message-fields.js';
import { FLAG, addFlagged } from './message-flags.js';

/** Nine letters and digits: the only ids of tool calls that Mistral's models take. */
const NINE = /^[A-Za-z0-9]{9}$/;

/** What stands out in the order of roles and in single messages, in any API that has OpenAI's messages. */
export function roleFindings(view: RequestView, found: FindingName[]): void {
  const messages = messagesOf(view.params);
  let flags = 0;
  let before = ''; // role of the last message that is no instruction
  let hasCalls = false; // whether that message calls tools
  let systems = 0;
  for (let index = 0; index < messages.length; index += 1) {
    const message = messages[index];
    const role = roleOf(message);
    flags |= fieldFlags(message, role) | contentFlags(message);
    if (isInstruction(role)) {
      systems += 1;
      flags |= instructionFlags(role, before, index === messages.length - 1);
      continue;
    }
    flags |= orderFlags(role, before, hasCalls) | toolFlags(message, role);
    before = role;
    hasCalls = toolCallsOf(message).length > 0;
  }
  if (systems > 1) flags |= FLAG.severalSystems;
  if (systems > 0 && systems === messages.length) flags |= FLAG.onlySystem;
  if (!hasCalls && isOpenEnd(messages.at(-1))) flags |= FLAG.lastAssistant;
  if (flags !== 0) addFlagged(flags, found);
}

/** True for an assistant message with nothing in it at all; whether blanks say something is for the provider to judge. */
export function isEmptyAssistant(message: unknown): boolean {
  if (roleOf(message) !== 'assistant' || toolCallsOf(message).length > 0) return false;
  const content = own(message, 'content') ?? '';
  if (content !== '' && !(Array.isArray(content) && content.length === 0)) return false;
  const other = own(message, 'function_call') ?? own(message, 'refusal') ?? own(message, 'audio');
  return (other ?? null) === null && own(message, 'prefix') !== true;
}

/** True for a call of a function that does not say so, or has the function's fields in place of `function`. */
export function isIncompleteCall(call: unknown): boolean {
  const isNested = own(call, 'function') !== undefined;
  return isNested ? own(call, 'type') === undefined : typeof own(call, 'name') === 'string';
}

/** True for an id Mistral's models refuse. */
export function isOtherToolId(id: unknown): id is string {
  return typeof id === 'string' && (id.length !== 9 || !NINE.test(id));
}

/** True for a content that is a list of nothing but text parts. */
export function isTextParts(content: unknown): content is readonly { readonly text: string }[] {
  if (!Array.isArray(content) || content.length === 0) return false;
  for (const part of listOf(content)) {
    if (typeOf(part) !== 'text' || typeof own(part, 'text') !== 'string') return false;
  }
  return true;
}

/** True for a final assistant message that does not say it is to be continued: `prefix` at Mistral and DeepSeek, `partial` at Moonshot. */
export function isOpenEnd(message: unknown): boolean {
  if (roleOf(message) !== 'assistant') return false;
  return own(message, 'prefix') !== true && own(message, 'partial') !== true;
}

/** True for a text with the looks of a JSON object; whether it is one takes reading it all. */
export function isArgumentsText(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (value.startsWith('{') && value.endsWith('}')) return true;
  const text = value.trim();
  return text.startsWith('{') && text.endsWith('}');
}

function instructionFlags(role: string, before: string, isLast: boolean): number {
  const developer = role === 'developer' ? FLAG.developer : 0;
  if (before === '') return developer;
  const answer = before === 'assistant' || before === 'tool' ? FLAG.systemAfterAnswer : 0;
  return developer | answer | FLAG.lateSystem | (isLast ? FLAG.lastSystem : 0);
}

function orderFlags(role: string, before: string, hasCalls: boolean): number {
  if (before === '') return role === 'assistant' ? FLAG.firstAssistant : 0;
  if (role === 'user' && before === 'tool') return FLAG.userAfterTool;
  return role === before && !hasCalls && (role === 'user' || role === 'assistant') ? FLAG.repeatedRole : 0;
}

function toolFlags(message: unknown, role: string): number {
  if (role === 'tool') return isOtherToolId(toolCallIdOf(message)) ? FLAG.otherToolId : 0;
  if (role !== 'assistant') return 0;
  const calls = toolCallsOf(message);
  if (calls.length === 0) return isEmptyAssistant(message) ? FLAG.emptyAssistant : 0;
  let flags = calls.length > 1 ? FLAG.severalCalls : 0;
  if ((own(message, 'reasoning_content') ?? '') === '') flags |= FLAG.callWithoutReasoning;
  if (own(message, 'content') === undefined) flags |= FLAG.noContent;
  return flags | callFlags(calls);
}

function callFlags(calls: readonly unknown[]): number {
  let flags = 0;
  for (const call of calls) {
    if (isOtherToolId(own(call, 'id'))) flags |= FLAG.otherToolId;
    if (isIncompleteCall(call)) flags |= FLAG.incompleteCall;
    const value = own(own(call, 'function'), 'arguments');
    flags |=
      (typeof value === 'string' ? FLAG.textArguments : 0) |
      (isArgumentsText(value) ? 0 : FLAG.otherArguments);
  }
  return flags;
}

function contentFlags(message: unknown): number {
  return isTextParts(own(message, 'content')) ? FLAG.textParts : 0;
}
