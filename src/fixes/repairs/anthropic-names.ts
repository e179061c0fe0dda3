import { COUNTERPARTS, FOREIGN_PARAMETERS } from '../../patterns/findings/anthropic-parameters.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';

const EFFORTS: readonly unknown[] = ['low', 'medium', 'high', 'xhigh', 'max'];

/** Gives parameters of other APIs the name and form Anthropic has for them; a value that is there wins. The others go. */
export function anthropicNames(_api: string, params: Fields): Fields {
  return Object.keys(params).reduce((current, key) => {
    if (!FOREIGN_PARAMETERS.has(key)) return current;
    const bare = copyWithout(current, key);
    const name = Object.hasOwn(COUNTERPARTS, key) ? COUNTERPARTS[key] : undefined;
    const value = params[key] ?? undefined;
    if (name === undefined || value === undefined) return bare;
    const next = counterpart(key, value, bare[name] ?? undefined);
    return next === undefined || next === bare[name] ? bare : copyWith(bare, name, next);
  }, params);
}

/** What a value becomes beside what is there, or undefined where it has no place. */
function counterpart(key: string, value: unknown, present: unknown): unknown {
  if (key === 'parallel_tool_calls') return parallel(value, present);
  if (key === 'user') return isRecord(present) || typeof value !== 'string' ? undefined : { user_id: value };
  if (key === 'reasoning_effort') return effort(value, present);
  if (present !== undefined) return undefined;
  if (key === 'stop' || key === 'stopSequences') return stops(value);
  if (key === 'functions') return listOf(value).length > 0 ? value : undefined;
  if (key === 'function_call' && isRecord(value)) return { type: 'tool', name: own(value, 'name') };
  return value;
}

function stops(value: unknown): unknown {
  const texts = (typeof value === 'string' ? [value] : listOf(value)).filter((text) => text !== '');
  return texts.length > 0 ? texts : undefined;
}

/** One call at a time is said with the choice of tools. */
function parallel(value: unknown, present: unknown): unknown {
  if (value !== false) return undefined;
  if (present === undefined) return { type: 'auto', disable_parallel_tool_use: true };
  return isRecord(present) && own(present, 'type') !== 'none'
    ? copyWith(present, 'disable_parallel_tool_use', true)
    : undefined;
}

function effort(value: unknown, present: unknown): unknown {
  if (!EFFORTS.includes(value) || own(present, 'effort') !== undefined) return undefined;
  return isRecord(present) ? copyWith(present, 'effort', value) : { effort: value };
}
