import { messagesOf, textOf } from '../../patterns/conversation.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';

/** Fewest characters a token stands for in prose and code; fewer would ask for memory nobody needs. */
const CHARACTERS_PER_TOKEN = 3;
/** Room for the answer, in tokens, where the request says no other. */
const ANSWER_TOKENS = 1_024;
/** Context sizes are asked for in steps, so that a growing conversation does not load the model anew each time. */
const STEP_TOKENS = 2_048;
/** Largest context that is asked for: that of the larger local models. */
const MAX_TOKENS = 131_072;

/** Asks Ollama for a context the prompt fits into; the default is 4,096 tokens, and what is above is cut off its beginning. */
export function fitContext(_api: string, params: Fields): Fields {
  const options = params['options'];
  if (own(options, 'num_ctx') !== undefined || (options !== undefined && !isRecord(options))) return params;
  const asked = own(options, 'num_predict');
  const answer = typeof asked === 'number' && asked > 0 ? asked : ANSWER_TOKENS;
  const tokens = charactersOf(params) / CHARACTERS_PER_TOKEN + answer;
  const size = Math.min(MAX_TOKENS, Math.ceil(tokens / STEP_TOKENS) * STEP_TOKENS);
  return copyWith(params, 'options', copyWith(options ?? {}, 'num_ctx', size));
}

function charactersOf(params: Fields): number {
  const contents = messagesOf(params).map((message) => own(message, 'content'));
  return [params['prompt'], params['system'], ...contents].reduce<number>(
    (sum, content) => sum + textOf(content).length,
    0,
  );
}
