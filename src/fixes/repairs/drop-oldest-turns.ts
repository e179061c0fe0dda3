import { PLAIN_ENGLISH, contextWindow, windowOverrun } from '../../patterns/context-windows.js';
import { googleField, settingsOf } from '../../patterns/google-request.js';
import { own } from '../../patterns/own.js';
import { charactersIn, instructionsOf, tokensIn } from '../../patterns/prompt-size.js';
import type { Fields } from '../copy.js';
import { dropTurns, offeredTools } from '../turns/drop-turns.js';

/** The estimate is of plain English: code, tables and other languages have up to a third more tokens. */
const AIM = 0.75;
/** Room for the answer where the request asks for no other, in tokens, and the share of the window it has at most. */
const ANSWER_TOKENS = 4_096;
const ANSWER_SHARE = 0.25;
/** Characters a token has in a schema. */
const SCHEMA_CHARACTERS = 4;

/**
 * Leaves out the oldest turns of a conversation that overruns the model's window, by an estimate. Where the window is not
 * known, or what has to stay overruns it alone, the request is the same.
 */
export function dropOldestTurns(api: string, params: Fields): Fields {
  const model = params['model'] ?? params['modelId'];
  const name = typeof model === 'string' ? model : undefined;
  const window = contextWindow(name);
  const isOver = (request: Fields): boolean =>
    windowOverrun({ api, model: name, params: request }) === 'prompt_over_window';
  if (window === undefined || !isOver(params)) return params;
  const { tokens } = window;
  const instructions = tokensIn(instructionsOf(api, params), PLAIN_ENGLISH);
  const tools = charactersIn(offeredTools(api, params)) / SCHEMA_CHARACTERS;
  const next = dropTurns(api, params, (item) => tokensIn(item, PLAIN_ENGLISH), {
    aim: (tokens - answerTokens(params, tokens)) * AIM - instructions - tools,
    most: tokens - instructions,
  });
  return isOver(next) ? params : next;
}

function answerTokens(params: Fields, window: number): number {
  const asked = [
    params['max_completion_tokens'],
    params['max_output_tokens'],
    params['max_tokens'],
    params['maxTokens'],
    own(params['inferenceConfig'], 'maxTokens'),
    googleField(settingsOf(params), 'maxOutputTokens'),
  ].find((limit): limit is number => typeof limit === 'number' && limit > 0);
  return Math.min(asked ?? ANSWER_TOKENS, window * ANSWER_SHARE);
}
