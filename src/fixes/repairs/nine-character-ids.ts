import { CAMEL_CASE_APIS, messagesOf, toolCallIdOf, toolCallsOf } from '../../patterns/conversation.js';
import { isOtherToolId } from '../../patterns/findings/role-findings.js';
import { shortFingerprint } from '../../patterns/fingerprint.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { eachMessage } from './each-message.js';

/**
 * Gives every tool call whose id is not nine letters and digits one that is, and its result the same. An id always becomes
 * the same other one, so that a conversation keeps its prefix in the provider's cache.
 */
export function nineCharacterIds(api: string, params: Fields): Fields {
  const isCamel = CAMEL_CASE_APIS.includes(api);
  const [callsName, idName] = isCamel ? ['toolCalls', 'toolCallId'] : ['tool_calls', 'tool_call_id'];
  const ids = newIds(messagesOf(params));
  if (ids.size === 0) return params;
  return eachMessage(params, (message) => {
    const calls = listOf(own(message, callsName));
    const next = rewrite(calls, (call) => [withId(call, 'id', ids)]);
    return withId(next === calls ? message : copyWith(message, callsName, next), idName, ids);
  });
}

function newIds(messages: readonly unknown[]): ReadonlyMap<string, string> {
  const all = new Set(
    messages.flatMap((message) => [
      toolCallIdOf(message),
      ...toolCallsOf(message).map((call) => own(call, 'id')),
    ]),
  );
  const ids = new Map<string, string>();
  for (const id of all) {
    if (!isOtherToolId(id)) continue;
    let next = shorten(id);
    while (all.has(next)) next = shorten(next);
    all.add(next);
    ids.set(id, next);
  }
  return ids;
}

/** A letter and 32 bits in hexadecimal; a clash inside one conversation is seen. */
function shorten(id: string): string {
  return `c${shortFingerprint(id)}`;
}

function withId<Value>(value: Value, key: string, ids: ReadonlyMap<string, string>): Value | Fields {
  const id = own(value, key);
  const next = typeof id === 'string' ? ids.get(id) : undefined;
  return next === undefined || !isRecord(value) ? value : copyWith(value, key, next);
}
