import { messagesOf, toolCallIdOf, toolCallsOf } from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/**
 * Writes a message with several calls as several messages with one call each, every one followed by its result. Calls
 * without a result stay as they are, because the order of the rest would then be a guess.
 */
export function splitToolCalls(_api: string, params: Fields): Fields {
  const messages = messagesOf(params);
  const next: unknown[] = [];
  for (let index = 0; index < messages.length; index += 1) {
    const message = messages[index];
    const calls = toolCallsOf(message);
    const results = messages.slice(index + 1, index + 1 + calls.length);
    const turns = calls.length > 1 && isRecord(message) ? turnsOf(message, calls, results) : undefined;
    next.push(...(turns ?? [message]));
    if (turns !== undefined) index += results.length;
  }
  return next.length === messages.length ? params : replaceMessages(params, next);
}

function turnsOf(
  message: Fields,
  calls: readonly unknown[],
  results: readonly unknown[],
): readonly unknown[] | undefined {
  const turns = calls.map((call, position) => {
    const result = results.find((item) => toolCallIdOf(item) === own(call, 'id'));
    const turn = copyWith(message, 'tool_calls', [call]);
    return [position === 0 ? turn : copyWith(turn, 'content', ''), result];
  });
  return turns.some(([, result]) => result === undefined) ? undefined : turns.flat();
}
