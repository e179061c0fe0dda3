import { OPENAI_CHAT, messagesOf } from '../../patterns/conversation.js';
import {
  INSTRUCTION_PARAMETERS,
  OPENAI_NAMES,
  isForeignParameter,
} from '../../patterns/foreign-parameters.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';
import { replaceMessages } from './replace-messages.js';

/** Parameters that may be objects. */
const OBJECTS: readonly string[] = ['tool_choice', 'response_format', 'logit_bias'];

/**
 * Removes parameters of other APIs. One that OpenAI has under another name moves there, unless a value is there already or
 * the value is of a kind OpenAI does not take.
 */
export function dropForeign(api: string, params: Fields): Fields {
  const foreign = Object.keys(params).filter(isForeignParameter);
  return foreign.reduce(api === OPENAI_CHAT ? replaceForeign : copyWithout, params);
}

function replaceForeign(params: Fields, name: string): Fields {
  const value = own(params, name);
  const rest = copyWithout(params, name);
  const counterpart = own(OPENAI_NAMES, name);
  if (typeof counterpart !== 'string' || (value ?? null) === null) return rest;
  const isLimit = counterpart === 'max_tokens';
  const present = own(rest, counterpart) ?? (isLimit ? own(rest, 'max_completion_tokens') : undefined);
  const isEmpty = Array.isArray(value) && value.length === 0;
  const isTaken = !isRecord(value) || OBJECTS.includes(counterpart);
  return present === undefined && !isEmpty && isTaken ? copyWith(rest, counterpart, value) : rest;
}

/** Makes the first message of instructions that stand beside the messages. */
export function instructionsToMessages(_api: string, params: Fields): Fields {
  const names = INSTRUCTION_PARAMETERS.filter((name) => typeof own(params, name) === 'string');
  const messages = messagesOf(params);
  if (names.length === 0 || messages.length === 0) return params;
  const text = names
    .map((name) => own(params, name))
    .filter(Boolean)
    .join('\n\n');
  const rest = names.reduce(copyWithout, params);
  return text.trim() === '' ? rest : replaceMessages(rest, [{ role: 'system', content: text }, ...messages]);
}
