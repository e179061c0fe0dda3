import { blocksOf, toolCallIdOf, toolCallsOf, typeOf } from '../../patterns/conversation.js';
import { partsOf } from '../../patterns/google-request.js';
import { answerOf, callOf } from '../../patterns/google-turns.js';
import { isRecord, own } from '../../patterns/own.js';
import { answeredId, calledId, isToolResult } from '../../patterns/tool-pairing.js';

/** Which tool calls an item of a conversation makes, and which it answers, by id; undefined for those without one. */
export interface Ties {
  readonly calls: readonly unknown[];
  readonly answers: readonly unknown[];
}

/**
 * Reads the tool traffic of a message, a content of Google's or an item of the Responses API. The forms do not overlap, so
 * none has to be asked for.
 */
export function tiesOf(item: unknown): Ties {
  const blocks = blocksOf(item);
  const parts = partsOf(item);
  const isAnswer = isResult(item);
  return {
    calls: [
      ...toolCallsOf(item).map((call) => own(call, 'id')),
      ...(isRecord(own(item, 'function_call')) ? [undefined] : []),
      ...blocks.filter(isCallBlock).map(calledId),
      ...parts
        .map(callOf)
        .filter(isRecord)
        .map((call) => own(call, 'id')),
      ...(isAnswer ? [] : itemCalls(item)),
    ],
    answers: [
      ...(isAnswer ? [answeredIn(item)] : []),
      ...blocks.filter(isToolResult).map(answeredId),
      ...parts
        .map(answerOf)
        .filter(isRecord)
        .map((answer) => own(answer, 'id')),
    ],
  };
}

function isCallBlock(block: unknown): boolean {
  return typeOf(block) === 'tool_use' || isRecord(own(block, 'toolUse'));
}

function answeredIn(item: unknown): unknown {
  return toolCallIdOf(item) ?? own(item, 'call_id') ?? own(item, 'approval_request_id');
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
  const id = own(item, typeOf(item) === 'mcp_approval_request' ? 'id' : 'call_id');
  return id === undefined ? [] : [id];
}
