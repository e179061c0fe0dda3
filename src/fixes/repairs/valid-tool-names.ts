import { BEDROCK_CONVERSE, blocksOf, messagesOf, typeOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { ANTHROPIC_TOOL_NAME_LENGTH, TOOL_NAME_LENGTH, isToolName } from '../../patterns/tool-names.js';
import { getAt, setAt } from '../at-path.js';
import { type Fields, rewrite } from '../copy.js';
import { mapBlocks, replaced } from './map-blocks.js';
import { unusedName } from './unused-name.js';

/** Where an API keeps its tools, a tool's name, and the name that is forced. */
interface Places {
  readonly tools: readonly string[];
  readonly name: readonly string[];
  readonly choice: readonly string[];
  readonly maxLength: number;
}

const ANTHROPIC: Places = {
  tools: ['tools'],
  name: ['name'],
  choice: ['tool_choice', 'name'],
  maxLength: ANTHROPIC_TOOL_NAME_LENGTH,
};
const CONVERSE: Places = {
  tools: ['toolConfig', 'tools'],
  name: ['toolSpec', 'name'],
  choice: ['toolConfig', 'toolChoice', 'tool', 'name'],
  maxLength: TOOL_NAME_LENGTH,
};

/**
 * Gives tools valid names where they are offered, forced and called. The model calls them by the new names, so the caller
 * sees those; without it there is no answer at all.
 */
export function validToolNames(api: string, params: Fields): Fields {
  const places = api === BEDROCK_CONVERSE ? CONVERSE : ANTHROPIC;
  const tools = listOf(getAt(params, places.tools));
  const names = [...tools.map((tool) => getAt(tool, places.name)), ...calledNames(params)];
  const renamed = renames(names, places.maxLength);
  if (renamed.size === 0) return params;
  const rename = (name: unknown): unknown => (typeof name === 'string' ? (renamed.get(name) ?? name) : name);
  const next = rewrite(tools, (tool) => [renameAt(tool, places.name, rename)]);
  const offered = next === tools ? params : setAt(params, places.tools, next);
  const forced = renameAt(offered, places.choice, rename);
  return mapBlocks(isRecord(forced) ? forced : offered, (block) => {
    if (typeOf(block) === 'tool_use') return renameAt(block, ['name'], rename);
    return renameAt(block, ['toolUse', 'name'], rename);
  });
}

function calledNames(params: Fields): readonly unknown[] {
  return messagesOf(params).flatMap((message) =>
    blocksOf(message).map((block) =>
      typeOf(block) === 'tool_use' ? own(block, 'name') : own(own(block, 'toolUse'), 'name'),
    ),
  );
}

function renames(names: readonly unknown[], maxLength: number): ReadonlyMap<string, string> {
  const texts = new Set(names.filter((name) => typeof name === 'string'));
  const used = new Set([...texts].filter((name) => isToolName(name, maxLength)));
  const invalid = [...texts].filter((name) => !used.has(name));
  return new Map(invalid.map((name) => [name, unusedName(name, used)]));
}

function renameAt(holder: unknown, path: readonly string[], rename: (name: unknown) => unknown): unknown {
  const name = getAt(holder, path);
  if (!isRecord(holder) || name === undefined) return holder;
  const [only] = path;
  if (path.length === 1 && only !== undefined) return replaced(holder, only, rename(name));
  return setAt(holder, path, rename(name));
}
