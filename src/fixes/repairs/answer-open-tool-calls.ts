import {
  ANTHROPIC_MESSAGES,
  CAMEL_CASE_APIS,
  isEmptyText,
  messagesOf,
  roleOf,
  typeOf,
} from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type OpenCalls, pairTools } from '../../patterns/tool-pairing.js';
import { type Fields, copyWith } from '../copy.js';
import { NO_RESULT } from './no-result.js';
import { replaceMessages } from './replace-messages.js';

/**
 * Gives every unanswered tool call a result that says there is none. OpenAI: a `tool` message after the calls. Anthropic: a
 * `tool_result` block in the user turn after, in front of its text, or a user message of its own where there is no such turn.
 */
export function answerOpenToolCalls(api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const { open } = pairTools(api, messages);
  if (open.length === 0) return params;
  const next = [...messages];
  const idName = CAMEL_CASE_APIS.includes(api) ? 'toolCallId' : 'tool_call_id';
  for (const calls of open.toReversed()) {
    if (api === ANTHROPIC_MESSAGES) answerInTurn(next, calls);
    else
      next.splice(
        calls.at,
        0,
        ...calls.ids.map((id) => ({ role: 'tool', [idName]: id, content: NO_RESULT })),
      );
  }
  return replaceMessages(params, next);
}

function answerInTurn(messages: unknown[], { at, ids }: OpenCalls): void {
  const results = ids.map((id) => ({
    type: 'tool_result',
    tool_use_id: id,
    content: NO_RESULT,
    is_error: true,
  }));
  const following = messages[at];
  if (roleOf(following) !== 'user' || !isRecord(following))
    messages.splice(at, 0, { role: 'user', content: results });
  else messages[at] = copyWith(following, 'content', inFront(results, own(following, 'content')));
}

function inFront(results: readonly unknown[], content: unknown): readonly unknown[] {
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content);
  const visible = blocks.filter((block) => !isEmptyText(block));
  const at = visible.findLastIndex((block) => typeOf(block) === 'tool_result') + 1;
  return [...visible.slice(0, at), ...results, ...visible.slice(at)];
}
