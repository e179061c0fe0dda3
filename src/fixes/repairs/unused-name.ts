import { TOOL_NAME_LENGTH } from '../../patterns/tool-names.js';

/**
 * The valid name nearest to a text that is not used yet; from then on it is.
 * @example unusedName('apify/rag browser', new Set()) // 'apify_rag_browser'
 */
export function unusedName(text: string, used: Set<string>): string {
  const valid = text.replaceAll(/[^a-zA-Z0-9_-]/g, '_').slice(0, TOOL_NAME_LENGTH) || '_';
  let name = valid;
  for (let count = 2; used.has(name); count += 1) {
    const end = `_${count}`;
    name = valid.slice(0, TOOL_NAME_LENGTH - end.length) + end;
  }
  used.add(name);
  return name;
}
