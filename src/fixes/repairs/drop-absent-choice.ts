import { listOf, own } from '../../patterns/own.js';
import { type Fields, copyWithout } from '../copy.js';

/** Removes a choice that names a tool that is not offered; the model then chooses among those that are. */
export function dropAbsentChoice(_api: string, params: Fields): Fields {
  const name = own(own(own(params, 'tool_choice'), 'function'), 'name');
  const tools = listOf(own(params, 'tools'));
  if (typeof name !== 'string' || tools.length === 0) return params;
  const isOffered = tools.some((tool) => own(own(tool, 'function'), 'name') === name);
  return isOffered ? params : copyWithout(params, 'tool_choice');
}
