import { BEDROCK_CONVERSE, messagesOf } from '../../patterns/conversation.js';
import { MAX_CACHE_MARKS } from '../../patterns/findings/cache-marks.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { getAt, setAt } from '../at-path.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { mapMessages, mapContent } from './map-blocks.js';

/** Says for each mark in the order of the prompt what becomes of its holder. */
type ChangeMarked = (holder: Fields, section: string) => unknown;

/**
 * Leaves four marks for the cache, those that cover most: the last on the tools, the last on the instructions, and from the
 * end of the conversation backwards. Nothing else changes but what is cached.
 */
export function limitCacheMarks(api: string, params: Fields): Fields {
  const sections: string[] = [];
  mapMarked(api, params, (holder, section) => {
    sections.push(section);
    return holder;
  });
  const own4 = isRecord(params['cache_control']) ? MAX_CACHE_MARKS - 1 : MAX_CACHE_MARKS;
  if (sections.length <= own4) return params;
  const kept = mostUseful(sections, own4);
  let index = -1;
  return mapMarked(api, params, (holder) => {
    index += 1;
    if (kept.has(index)) return holder;
    return api === BEDROCK_CONVERSE ? undefined : copyWithout(holder, 'cache_control');
  });
}

/** Shortens marks of one hour that stand behind one of five minutes, which Anthropic refuses. */
export function shortenLateCache(api: string, params: Fields): Fields {
  let isShort = false;
  return mapMarked(api, params, (holder) => {
    const mark = own(holder, 'cache_control');
    if (!isRecord(mark)) return holder;
    if (own(mark, 'ttl') !== '1h') isShort = true;
    else if (isShort) return copyWith(holder, 'cache_control', copyWithout(mark, 'ttl'));
    return holder;
  });
}

function mostUseful(sections: readonly string[], count: number): ReadonlySet<number> {
  const kept = new Set<number>();
  for (const section of ['tools', 'system']) {
    const last = sections.lastIndexOf(section);
    if (last >= 0) kept.add(last);
  }
  for (let index = sections.length - 1; index >= 0 && kept.size < count; index -= 1) kept.add(index);
  return kept;
}

function mapMarked(api: string, params: Fields, change: ChangeMarked): Fields {
  const toolsPath = api === BEDROCK_CONVERSE ? ['toolConfig', 'tools'] : ['tools'];
  const marked = (section: string) => (holder: unknown) =>
    isRecord(holder) && isMarked(holder) ? change(holder, section) : holder;
  const tools = listOf(getAt(params, toolsPath));
  const nextTools = changed(tools, marked('tools'));
  const withTools = nextTools === tools ? params : setAt(params, toolsPath, nextTools);
  const system = listOf(params['system']);
  const nextSystem = changed(system, marked('system'));
  const withSystem = nextSystem === system ? withTools : copyWith(withTools, 'system', nextSystem);
  if (messagesOf(params).length === 0) return withSystem;
  return mapMessages(withSystem, (message) => mapContent(message, 'content', marked('messages')));
}

function changed(list: readonly unknown[], change: (item: unknown) => unknown): readonly unknown[] {
  return rewrite(list, (item) => {
    const next = change(item);
    return next === undefined ? [] : [next];
  });
}

/** A mark of Anthropic, or a block of Converse that is one. */
function isMarked(holder: Fields): boolean {
  return isRecord(own(holder, 'cache_control')) || isRecord(own(holder, 'cachePoint'));
}
