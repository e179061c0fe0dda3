import { ANTHROPIC_MESSAGES, messagesOf } from '../../patterns/conversation.js';
import { GOOGLE_GENERATE, contentsOf, requestOf } from '../../patterns/google-request.js';
import { own } from '../../patterns/own.js';
import { charactersIn, instructionsOf, promptCharacters } from '../../patterns/prompt-size.js';
import { OPENAI_RESPONSES, hasServerItems, itemsOfInput } from '../../patterns/responses/items.js';
import type { Fields } from '../copy.js';
import { withContents } from '../google/contents.js';
import { hoistMisplaced } from '../repairs/hoist-misplaced.js';
import { replaceMessages } from '../repairs/replace-messages.js';
import { replaceInput } from '../responses/replace-input.js';
import { type Room, recentTurns } from './recent-turns.js';

/** Leaves out the oldest turns of a request's conversation until the rest has room; see {@link recentTurns}. */
export function dropTurns(api: string, params: Fields, weigh: (item: unknown) => number, room: Room): Fields {
  if (api === GOOGLE_GENERATE) return withContents(params, recentTurns(contentsOf(params), weigh, room));
  if (api === OPENAI_RESPONSES) {
    // Of what the server adds nobody here knows the length, nor what it calls.
    if (hasServerItems(params)) return params;
    return replaceInput(params, recentTurns(itemsOfInput(params), weigh, room));
  }
  const messages = messagesOf(params);
  const recent = recentTurns(messages, weigh, room);
  if (recent === messages) return params;
  const next = replaceMessages(params, recent);
  return api === ANTHROPIC_MESSAGES ? hoistMisplaced(api, next) : next;
}

/** Length of what no turn is: instructions and tools. */
export function lastingCharacters(api: string, params: Fields): number {
  return charactersIn(instructionsOf(api, params)) + charactersIn(offeredTools(api, params));
}

/** Length of every text of a request: instructions, tools and conversation. */
export function requestCharacters(api: string, params: Fields): number {
  return promptCharacters({ api, params }) + charactersIn(offeredTools(api, params));
}

/** The tools a request offers, wherever its API has them. */
export function offeredTools(api: string, params: Fields): unknown {
  const holder = api === GOOGLE_GENERATE ? requestOf(params) : params;
  return own(holder, 'tools') ?? own(holder, 'functions') ?? own(holder, 'toolConfig');
}
