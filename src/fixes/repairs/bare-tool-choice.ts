import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';

/** Removes what does not belong to the kind of choice: a name where no tool is forced, a word on side-by-side calls where none may be called. */
export function bareToolChoice(_api: string, params: Fields): Fields {
  const choice = params['tool_choice'];
  if (!isRecord(choice)) return params;
  const type = own(choice, 'type');
  const unnamed = type === 'auto' || type === 'any' || type === 'none' ? copyWithout(choice, 'name') : choice;
  const bare = type === 'none' ? copyWithout(unnamed, 'disable_parallel_tool_use') : unnamed;
  return bare === choice ? params : copyWith(params, 'tool_choice', bare);
}
