import { roleOf, toolCallIdOf } from './conversation.js';
import type { ToolPairing } from './tool-pairing.js';

/** Whether a result that answers nothing where it stands belongs to a call that is open elsewhere. */
export function hasDisplacedResult(messages: readonly unknown[], { orphans, open }: ToolPairing): boolean {
  if (orphans.length === 0 || open.length === 0) return false;
  const ids = new Set<unknown>(open.flatMap((calls) => calls.ids));
  return orphans.some(({ message, block }) => block < 0 && ids.has(toolCallIdOf(messages[message])));
}

/** Whether one call is answered by two messages of the same turn. */
export function hasRepeatedResult(messages: readonly unknown[]): boolean {
  let ids: Set<unknown> | undefined;
  let previous: unknown;
  for (const message of messages) {
    if (roleOf(message) !== 'tool') {
      ids = undefined;
      previous = undefined;
      continue;
    }
    const id = toolCallIdOf(message);
    if (typeof id !== 'string') continue;
    if (previous !== undefined) (ids ??= new Set([previous])).add(previous);
    if (ids?.has(id) === true) return true;
    previous = id;
  }
  return false;
}
