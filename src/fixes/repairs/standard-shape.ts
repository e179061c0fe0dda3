import { typeOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';
import { eachIn } from './each-function.js';

/** Keys of a function that lies flat in its tool, as OpenAI's responses have it. */
const FLAT: readonly string[] = ['name', 'description', 'parameters', 'strict'];

/**
 * Gives tools and the choice among them the form of chat completions: functions of Anthropic (`input_schema`), of OpenAI's
 * responses (flat) and bare definitions; choices such as `any`, `{ type: 'tool', name }` and the name alone.
 */
export function standardShape(_api: string, params: Fields): Fields {
  const next = eachIn(params, 'tools', standardTool);
  const choice = own(next, 'tool_choice');
  const standard = choice === undefined ? choice : standardChoice(choice, next);
  if (standard === choice) return next;
  return standard === undefined ? copyWithout(next, 'tool_choice') : copyWith(next, 'tool_choice', standard);
}

function standardTool(tool: Fields): Fields {
  if (isRecord(own(tool, 'function')))
    return own(tool, 'type') === undefined ? copyWith(tool, 'type', 'function') : tool;
  const type = own(tool, 'type');
  const isFunction = type === undefined || type === 'function' || type === 'custom';
  if (!isFunction || typeof own(tool, 'name') !== 'string') return tool;
  const schema = own(tool, 'input_schema');
  if (isRecord(schema)) return { type: 'function', function: { ...flatOf(tool), parameters: schema } };
  if (type === 'custom' || (type === undefined && !isRecord(own(tool, 'parameters')))) return tool;
  return { type: 'function', function: flatOf(tool) };
}

function flatOf(tool: Fields): Fields {
  return Object.fromEntries(
    FLAT.filter((key) => own(tool, key) !== undefined).map((key) => [key, own(tool, key)]),
  );
}

function standardChoice(choice: unknown, params: Fields): unknown {
  if (typeof choice === 'string') return standardWord(choice, params);
  const type = typeOf(choice);
  const name = own(choice, 'name') ?? own(own(choice, 'function'), 'name');
  if (type === 'auto' || type === 'none' || type === 'any' || type === 'required')
    return typeof name === 'string' ? forced(name) : type === 'any' ? 'required' : type;
  if (typeof name !== 'string')
    return type === 'tool' || type === 'function' || type === '' ? undefined : choice;
  if (type === 'tool' || (type === 'function' && !isRecord(own(choice, 'function')))) return forced(name);
  return type === '' ? { type: 'function', function: own(choice, 'function') ?? { name } } : choice;
}

/** A word that is none of OpenAI's: another's word for `required`, the name of a tool, or nothing that can be meant. */
function standardWord(word: string, params: Fields): unknown {
  if (word === 'auto' || word === 'none' || word === 'required') return word;
  if (word === 'any' || word === 'force') return 'required';
  const offered = listOf(own(params, 'tools')).some((tool) => own(own(tool, 'function'), 'name') === word);
  return offered ? forced(word) : undefined;
}

function forced(name: string): Fields {
  return { type: 'function', function: { name } };
}
