// HOT: runs on every LLM call that a pack has texts for. Benchmark: npm run bench -- match
import type { RequestView } from '../contract/request.js';
import { eachTextOf, isInstruction, messagesOf, roleOf } from './conversation.js';
import { own } from './own.js';

/** Takes one text; it is never empty. */
export type TakeText = (text: string) => void;

/** What stands between two texts of a joined fact. */
export const JOINT = '\n';

/**
 * Facts that are several texts joined by {@link JOINT}. Who only looks for something in them takes the texts one by one:
 * joining them costs as much memory as the whole conversation.
 */
export const JOINED_TEXTS = {
  prompt_text: eachPromptText,
  system_text: eachSystemText,
  last_user_text: eachLastUserText,
} as const satisfies Readonly<Record<string, (view: RequestView, take: TakeText) => void>>;

/** Name of a joined fact, without the `facts.` in front. */
export type JoinedTextName = keyof typeof JOINED_TEXTS;

/** True for the name of a joined fact. */
export function isJoinedText(name: string): name is JoinedTextName {
  return Object.hasOwn(JOINED_TEXTS, name);
}

/** The whole text of a joined fact. */
export function joinText(name: JoinedTextName, view: RequestView): string {
  const texts: string[] = [];
  JOINED_TEXTS[name](view, (text) => texts.push(text));
  return texts.join(JOINT);
}

function eachPromptText(view: RequestView, take: TakeText): void {
  eachTextOf(own(view.params, 'system'), take);
  for (const message of messagesOf(view.params)) eachTextOf(own(message, 'content'), take);
}

function eachSystemText(view: RequestView, take: TakeText): void {
  eachTextOf(own(view.params, 'system'), take);
  for (const message of messagesOf(view.params)) {
    if (isInstruction(roleOf(message))) eachTextOf(own(message, 'content'), take);
  }
}

function eachLastUserText(view: RequestView, take: TakeText): void {
  const messages = messagesOf(view.params);
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    if (roleOf(messages[index]) !== 'user') continue;
    if (eachTextOf(own(messages[index], 'content'), take)) return;
  }
}
