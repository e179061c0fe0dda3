import { type Fields, copyWithout } from '../copy.js';

/** Removes the fields that only mean something beside tools, where there are none. */
export function dropChoiceWithoutTools(_api: string, params: Fields): Fields {
  const withoutChoice = hasItems(params['tools'])
    ? params
    : ['tool_choice', 'parallel_tool_calls', 'toolChoice', 'parallelToolCalls'].reduce(copyWithout, params);
  return hasItems(params['functions']) ? withoutChoice : copyWithout(withoutChoice, 'function_call');
}

function hasItems(tools: unknown): boolean {
  return Array.isArray(tools) ? tools.length > 0 : (tools ?? null) !== null;
}
