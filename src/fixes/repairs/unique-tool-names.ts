import { BEDROCK_CONVERSE } from '../../patterns/conversation.js';
import { listOf, own } from '../../patterns/own.js';
import { getAt, setAt } from '../at-path.js';
import { type Fields, rewrite } from '../copy.js';

/** Offers each name once: of tools of one name the first stays. The caller finds what to run by the name alone. */
export function uniqueToolNames(api: string, params: Fields): Fields {
  const path = api === BEDROCK_CONVERSE ? ['toolConfig', 'tools'] : ['tools'];
  const names = new Set<string>();
  const tools = listOf(getAt(params, path));
  const next = rewrite(tools, (tool) => {
    const name = own(tool, 'name') ?? own(own(tool, 'toolSpec') ?? own(tool, 'function'), 'name');
    if (typeof name !== 'string') return [tool];
    if (names.has(name)) return [];
    names.add(name);
    return [tool];
  });
  return next === tools ? params : setAt(params, path, next);
}
