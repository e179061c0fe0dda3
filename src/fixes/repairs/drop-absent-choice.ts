import { listOf, own } from '../../patterns/own.js';
import { type Fields, copyWithout } from '../copy.js';

/** Removes a choice that names a tool that is not offered; the model then chooses among those that are. */
export function dropAbsentChoice(_api: string, params: Fields): Fields {
  const name = nameOf(own(params, 'tool_choice'));
  const tools = listOf(own(params, 'tools'));
  if (typeof name !== 'string' || tools.length === 0) return params;
  const isOffered = tools.some((tool) => nameOf(tool) === name);
  return isOffered ? params : copyWithout(params, 'tool_choice');
}

/** The name of a function, nested in chat completions and flat in responses. */
function nameOf(holder: unknown): unknown {
  return (
    own(own(holder, 'function'), 'name') ??
    (own(holder, 'type') === 'function' ? own(holder, 'name') : undefined)
  );
}
