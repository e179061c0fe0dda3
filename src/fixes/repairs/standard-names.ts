import { isFunctionName } from '../../patterns/function-name.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { isCallItem } from '../../patterns/responses/items.js';
import { type Fields, copyWith } from '../copy.js';
import { shortText } from '../short-text.js';
import { eachIn } from './each-function.js';
import { eachMessage } from './each-message.js';

/** Longest name of a function, in characters. */
const MAX_NAME = 64;

/** Stands for a name that is empty. */
const NO_NAME = 'unnamed';

/** Where a tool, a call or a choice keeps the definition that has the name. */
const HOLDERS: readonly string[] = ['function', 'custom'];

/**
 * Gives tools names OpenAI takes, and the same ones in the choice and in the history. Two tools never end up with one name.
 * The model calls them by the new name; answers are given the old one back.
 */
export function standardNames(_api: string, params: Fields): Fields {
  const names = offeredNames(params);
  const rename = (name: string): string => names.get(name) ?? standardName(name);
  let next = ['tools', 'functions'].reduce(
    (current, key) => eachIn(current, key, (tool) => renameIn(tool, rename)),
    params,
  );
  for (const key of ['tool_choice', 'function_call']) {
    const choice = own(next, key);
    if (isRecord(choice)) next = withValue(next, key, renameIn(choice, rename));
  }
  next = eachIn(next, 'input', (item) => (isCallItem(item) ? renameIn(item, rename) : item));
  return eachMessage(next, (message) => renameInMessage(message, rename));
}

/** The name each offered tool is to have, by the one it has. */
function offeredNames(params: Fields): ReadonlyMap<string, string> {
  const offered = [...listOf(own(params, 'tools')), ...listOf(own(params, 'functions'))]
    .map(nameOf)
    .filter((name) => name !== undefined);
  const taken = new Set(offered.filter(isFunctionName));
  const names = new Map<string, string>();
  for (const name of offered) {
    if (names.has(name) || isFunctionName(name)) continue;
    const unique = uniqueName(standardName(name), taken);
    taken.add(unique);
    names.set(name, unique);
  }
  return names;
}

function standardName(name: string): string {
  if (isFunctionName(name)) return name;
  const plain = name.trim().replace(/[^a-zA-Z0-9_-]/g, '_');
  return shortText(plain === '' ? NO_NAME : plain, MAX_NAME);
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
  let unique = name;
  for (let number = 2; taken.has(unique); number += 1) {
    const end = `_${number}`;
    unique = `${name.slice(0, MAX_NAME - end.length)}${end}`;
  }
  return unique;
}

function nameOf(tool: unknown): string | undefined {
  const holder = HOLDERS.map((key) => own(tool, key)).find(isRecord) ?? tool;
  const name = own(holder, 'name');
  return typeof name === 'string' ? name : undefined;
}

/** A tool, a call or a choice with another name, where it has one. */
function renameIn(object: Fields, rename: (name: string) => string): Fields {
  for (const key of HOLDERS) {
    const holder = own(object, key);
    if (isRecord(holder)) return withValue(object, key, renameIn(holder, rename));
  }
  const name = own(object, 'name');
  return typeof name === 'string' ? withValue(object, 'name', rename(name)) : object;
}

function renameInMessage(message: Fields, rename: (name: string) => string): Fields {
  const next = eachIn(message, 'tool_calls', (call) => renameIn(call, rename));
  const legacy = own(next, 'function_call');
  const called = isRecord(legacy) ? withValue(next, 'function_call', renameIn(legacy, rename)) : next;
  const name = own(called, 'name');
  if (own(called, 'role') !== 'function' || typeof name !== 'string') return called;
  return withValue(called, 'name', rename(name));
}

function withValue(object: Fields, key: string, value: unknown): Fields {
  return own(object, key) === value ? object : copyWith(object, key, value);
}
