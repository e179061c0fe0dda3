import {
  ANTHROPIC_MESSAGES,
  BEDROCK_CONVERSE,
  CAMEL_CASE_APIS,
  isEmptyText,
  messagesOf,
  roleOf,
} from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { OPENAI_RESPONSES, itemsOfInput } from '../../patterns/responses/items.js';
import { pairItems } from '../../patterns/responses/pairing.js';
import { type OpenCalls, isToolResult, pairTools } from '../../patterns/tool-pairing.js';
import { type Fields, copyWith } from '../copy.js';
import { replaceInput } from '../responses/replace-input.js';
import { NO_RESULT } from './no-result.js';
import { replaceMessages } from './replace-messages.js';

/**
 * Gives every unanswered tool call a result that says there is none. OpenAI: a `tool` message after the calls. Anthropic and
 * Converse: a block in the user turn after, in front of its text, or a user message of its own where there is no such turn.
 * Responses: an item after the calls.
 */
export function answerOpenToolCalls(api: string, params: Fields): Fields {
  if (api === OPENAI_RESPONSES) return answerOpenItems(params);
  const messages = messagesOf(params);
  const { open } = pairTools(api, messages);
  if (open.length === 0) return params;
  const next = [...messages];
  const idName = CAMEL_CASE_APIS.includes(api) ? 'toolCallId' : 'tool_call_id';
  for (const calls of open.toReversed()) {
    if (api === ANTHROPIC_MESSAGES) answerInTurn(next, calls, anthropicResult);
    else if (api === BEDROCK_CONVERSE) answerInTurn(next, calls, converseResult);
    else
      next.splice(
        calls.at,
        0,
        ...calls.ids.map((id) => ({ role: 'tool', [idName]: id, content: NO_RESULT })),
      );
  }
  return replaceMessages(params, next);
}

function anthropicResult(id: string): object {
  return { type: 'tool_result', tool_use_id: id, content: NO_RESULT, is_error: true };
}

function converseResult(id: string): object {
  return { toolResult: { toolUseId: id, content: [{ text: NO_RESULT }], status: 'error' } };
}

function answerInTurn(messages: unknown[], { at, ids }: OpenCalls, resultFor: (id: string) => object): void {
  const results = ids.map(resultFor);
  const following = messages[at];
  if (roleOf(following) !== 'user' || !isRecord(following))
    messages.splice(at, 0, { role: 'user', content: results });
  else messages[at] = copyWith(following, 'content', inFront(results, own(following, 'content')));
}

function inFront(results: readonly unknown[], content: unknown): readonly unknown[] {
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content);
  const visible = blocks.filter((block) => !isEmptyText(block));
  const at = visible.findLastIndex(isToolResult) + 1;
  return [...visible.slice(0, at), ...results, ...visible.slice(at)];
}

function answerOpenItems(params: Fields): Fields {
  const items = itemsOfInput(params);
  const { open } = pairItems(params);
  if (open.length === 0) return params;
  const next = [...items];
  for (const { at, type, callId } of open.toReversed()) {
    next.splice(at, 0, { type, call_id: callId, output: NO_RESULT });
  }
  return replaceInput(params, next);
}
