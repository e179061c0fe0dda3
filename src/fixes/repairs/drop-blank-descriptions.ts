import { isRecord, listOf, own } from '../../patterns/own.js';
import { getAt, setAt } from '../at-path.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';

/** Removes descriptions of Converse's tools that say nothing: there may be none, but no empty one. */
export function dropBlankDescriptions(_api: string, params: Fields): Fields {
  const path = ['toolConfig', 'tools'];
  const tools = listOf(getAt(params, path));
  const next = rewrite(tools, (tool) => {
    const spec = own(tool, 'toolSpec');
    const description = own(spec, 'description');
    const isBlank = description === '' || description === null;
    return isBlank && isRecord(tool) && isRecord(spec)
      ? [copyWith(tool, 'toolSpec', copyWithout(spec, 'description'))]
      : [tool];
  });
  return next === tools ? params : setAt(params, path, next);
}
