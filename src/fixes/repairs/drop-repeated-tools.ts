import { isRepeated } from '../../patterns/findings/offered-tools.js';
import { listOf } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';

/** Of tools with the same name and arguments the first stays. */
export function dropRepeatedTools(_api: string, params: Fields): Fields {
  const tools = listOf(params['tools']);
  const next = rewrite(tools, (tool, index) => (isRepeated(tools, index) ? [] : [tool]));
  return next === tools ? params : copyWith(params, 'tools', next);
}
