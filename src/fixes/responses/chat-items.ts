import { blocksOf, roleOf, toolCallIdOf, toolCallsOf, typeOf } from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import { BLOCKS, ROLES, isChatItem } from '../../patterns/responses/chat-shapes.js';
import { itemType } from '../../patterns/responses/items.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { isBlankContent, responseContent, responseOutput, roleIn } from './chat-parts.js';

/** Numbers the calls of the legacy form, which have no ids: each answer belongs to the call before it. */
interface Legacy {
  calls: number;
}

/** Messages of the chat completions API as items; items of the Responses API stay as they are. */
export function itemsOfChat(messages: readonly unknown[]): readonly unknown[] {
  const legacy: Legacy = { calls: 0 };
  return rewrite(messages, (message) => (isChatItem(message) ? itemsOf(message, legacy) : [message]));
}

function itemsOf(given: unknown, legacy: Legacy): readonly unknown[] {
  if (typeof given === 'string') return [{ role: 'user', content: given }];
  if (!isRecord(given)) return [given];
  const part = own(given, 'content');
  const message = isRecord(part) ? copyWith(given, 'content', [part]) : given;
  if (itemType(message) !== 'message') {
    return [copyWith(message, 'output', responseOutput(own(message, 'output')))];
  }
  const role = roleOf(message);
  if (role === 'tool') return [answerTo(toolCallIdOf(message), message)];
  if (role === 'function') return [answerTo(legacyId(legacy), message)];
  const blocks = blocksOf(message);
  const calls = [
    ...toolCallsOf(message).map(callItem),
    ...legacyCall(message, legacy),
    ...blocks.flatMap(callOf),
  ];
  const said = messageItem(withoutBlocks(message, blocks));
  const answers = blocks.flatMap(answerOf);
  return isBlankContent(said['content']) ? [...answers, ...calls] : [...answers, said, ...calls];
}

function withoutBlocks(message: Fields, blocks: readonly unknown[]): Fields {
  const parts = blocks.filter((block) => !BLOCKS.has(typeOf(block)));
  return parts.length === blocks.length ? message : copyWith(message, 'content', parts);
}

function callOf(block: unknown): readonly unknown[] {
  if (typeOf(block) !== 'tool_use') return [];
  const input = JSON.stringify(own(block, 'input') ?? {});
  return [{ type: 'function_call', call_id: own(block, 'id'), name: own(block, 'name'), arguments: input }];
}

function answerOf(block: unknown): readonly unknown[] {
  if (typeOf(block) !== 'tool_result') return [];
  const output = responseOutput(own(block, 'content'));
  return [{ type: 'function_call_output', call_id: own(block, 'tool_use_id'), output }];
}

function answerTo(callId: unknown, message: Fields): Fields {
  const output = responseOutput(own(message, 'content'));
  return { type: 'function_call_output', call_id: callId, output };
}

function messageItem(message: Fields): Fields {
  const role = roleIn(message, ROLES);
  const plain = ['tool_calls', 'function_call'].reduce(copyWithout, message);
  const refusal = own(message, 'refusal');
  const content = responseContent(own(message, 'content'), role);
  const isRefusal = typeof refusal === 'string' && isBlankContent(content);
  const next = replace(
    copyRole(plain, role),
    'content',
    isRefusal ? [{ type: 'refusal', refusal }] : content,
  );
  return isRefusal ? copyWithout(next, 'refusal') : next;
}

function copyRole(message: Fields, role: string): Fields {
  return replace(message, 'role', role);
}

function replace(message: Fields, key: string, value: unknown): Fields {
  return own(message, key) === value ? message : copyWith(message, key, value);
}

function callItem(call: unknown): unknown {
  const callId = own(call, 'id');
  if (typeOf(call) === 'custom') {
    const custom = own(call, 'custom');
    const input = own(custom, 'input');
    return { type: 'custom_tool_call', call_id: callId, name: own(custom, 'name'), input };
  }
  const target = own(call, 'function');
  return {
    type: 'function_call',
    call_id: callId,
    name: own(target, 'name'),
    arguments: own(target, 'arguments') ?? '{}',
  };
}

function legacyCall(message: Fields, legacy: Legacy): readonly unknown[] {
  const call = own(message, 'function_call');
  if (!isRecord(call)) return [];
  legacy.calls += 1;
  const rest = { name: own(call, 'name'), arguments: own(call, 'arguments') ?? '{}' };
  return [{ type: 'function_call', call_id: legacyId(legacy), ...rest }];
}

function legacyId({ calls }: Legacy): string {
  return `call_${calls}`;
}
