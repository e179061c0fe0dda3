import { blocksOf, toolCallIdOf, toolCallsOf, typeOf } from '../../patterns/conversation.js';
import { partsOf } from '../../patterns/google-request.js';
import { answerOf, callOf } from '../../patterns/google-turns.js';
import { isRecord, own } from '../../patterns/own.js';
import { answeredId, calledId, isToolResult } from '../../patterns/tool-pairing.js';

/** Which tool calls an item of a conversation makes, and which it answers, by id; in any API's form. */
export interface Ties {
  readonly calls: readonly unknown[];
  /** Whether it answers a call, also one that it does not name. */
  readonly isAnswer: boolean;
  readonly answers: readonly unknown[];
}

/**
 * Reads the tool traffic of a message, a content of Google's or an item of the Responses API. The forms do not overlap, so
 * none has to be asked for.
 */
export function tiesOf(item: unknown): Ties {
  const blocks = blocksOf(item);
  const parts = partsOf(item);
  const results = blocks.filter(isToolResult);
  const responses = parts.map(answerOf).filter(isRecord);
  const isMessage = isResult(item);
  return {
    calls: [
      ...toolCallsOf(item).map((call) => own(call, 'id')),
      ...blocks.map(calledId),
      ...parts.map((part) => own(callOf(part), 'id')),
      ...itemCalls(item),
    ].filter(isId),
    isAnswer: isMessage || results.length > 0 || responses.length > 0,
    answers: [
      ...(isMessage ? [toolCallIdOf(item) ?? own(item, 'call_id') ?? own(item, 'approval_request_id')] : []),
      ...results.map(answeredId),
      ...responses.map((response) => own(response, 'id')),
    ].filter(isId),
  };
}

/** An item that is an answer and nothing else: a tool's message, or the output of a call of the Responses API. */
function isResult(item: unknown): boolean {
  const role = own(item, 'role');
  const type = typeOf(item);
  return (
    role === 'tool' ||
    role === 'function' ||
    type === 'mcp_approval_response' ||
    (type.endsWith('_output') && own(item, 'call_id') !== undefined)
  );
}

function itemCalls(item: unknown): readonly unknown[] {
  if (typeOf(item) === 'mcp_approval_request') return [own(item, 'id')];
  return isResult(item) ? [] : [own(item, 'call_id')];
}

function isId(id: unknown): boolean {
  return typeof id === 'string' && id !== '';
}
