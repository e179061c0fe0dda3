import { listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { eachFunction } from './each-function.js';

/** Most tools OpenAI takes. */
const MAX_TOOLS = 128;
/** Longest description of a function OpenAI takes, in characters. */
const MAX_DESCRIPTION = 1024;

/** Keeps the first 128 tools. */
export function keep128(_api: string, params: Fields): Fields {
  const tools = listOf(params['tools']);
  return tools.length > MAX_TOOLS ? copyWith(params, 'tools', tools.slice(0, MAX_TOOLS)) : params;
}

/** Cuts descriptions of functions at 1,024 characters. */
export function shortenDescriptions(_api: string, params: Fields): Fields {
  return eachFunction(params, (definition) => {
    const text = own(definition, 'description');
    if (typeof text !== 'string' || text.length <= MAX_DESCRIPTION) return definition;
    return copyWith(definition, 'description', `${text.slice(0, MAX_DESCRIPTION - 1).toWellFormed()}…`);
  });
}
