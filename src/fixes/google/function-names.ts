import { keyIn, requestPath } from '../../patterns/google-request.js';
import {
  callingConfigOf,
  callingMode,
  declarationsOf,
  isFunctionName,
  toolsOf,
} from '../../patterns/google-tools.js';
import { answerOf, callOf } from '../../patterns/google-turns.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { getAt, setAt, unsetAt } from '../at-path.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { rewriteContents, withParts } from './contents.js';
import { rewriteDeclarations } from './tools.js';

/** Gives functions names that Google takes, in their declarations, in calls and results, and where they are chosen. */
export function functionNames(params: Fields): Fields {
  const taken = new Set<unknown>();
  const names = new Map<unknown, string>();
  for (const tool of toolsOf(params))
    for (const declaration of declarationsOf(tool)) taken.add(own(declaration, 'name'));
  for (const name of taken) {
    if (typeof name !== 'string' || isFunctionName(name)) continue;
    const free = freeName(
      name,
      (candidate) => taken.has(candidate) || [...names.values()].includes(candidate),
    );
    names.set(name, free);
  }
  if (names.size === 0) return params;
  const declared = rewriteDeclarations(params, (declaration) => [renamed(declaration, names)]);
  return chosen(
    rewriteContents(declared, (content) => [withParts(content, (part) => [renamedPart(part, names)])]),
    (name) => [names.get(name) ?? name],
  );
}

function freeName(name: string, isTaken: (name: string) => boolean): string {
  const clean = name.replace(/[^\w.:-]/g, '_').replace(/^(?![A-Za-z_])/, '_') || '_';
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? '' : `_${count}`;
    const candidate = clean.slice(0, 64 - suffix.length) + suffix;
    if (!isTaken(candidate)) return candidate;
  }
}

function renamed(object: Fields, names: ReadonlyMap<unknown, string>): Fields {
  const name = names.get(own(object, 'name'));
  return name === undefined ? object : copyWith(object, 'name', name);
}

function renamedPart(part: Fields, names: ReadonlyMap<unknown, string>): Fields {
  for (const [field, call] of [
    ['functionCall', callOf(part)],
    ['functionResponse', answerOf(part)],
  ] as const) {
    if (!isRecord(call)) continue;
    const next = renamed(call, names);
    if (next !== call) return copyWith(part, keyIn(part, field), next);
  }
  return part;
}

/** Changes the names calls are limited to; without any left, the limit goes. */
function chosen(params: Fields, change: (name: unknown) => readonly unknown[]): Fields {
  const path = callingPath(params);
  const key = keyIn(getAt(params, path), 'allowedFunctionNames');
  const names = listOf(getAt(params, [...path, key]));
  const next = rewrite(names, change);
  if (next === names) return params;
  return next.length === 0 ? unsetAt(params, [...path, key]) : setAt(params, [...path, key], next);
}

function callingPath(params: Fields): readonly string[] {
  const path = requestPath(params);
  const config = keyIn(getAt(params, path), 'toolConfig');
  return [...path, config, keyIn(getAt(params, [...path, config]), 'functionCallingConfig')];
}

/** Limits calls only to functions that are declared, and only where a call is demanded; without functions there is no choice. */
export function googleChoice(params: Fields): Fields {
  const names = new Set(
    toolsOf(params).flatMap((tool) => declarationsOf(tool).map((item) => own(item, 'name'))),
  );
  if (names.size === 0) return dropChoice(params);
  const place = [...callingPath(params), 'mode'];
  const named = getAt(params, place);
  const meant = callingMode(named);
  return limited(meant === named ? params : setAt(params, place, meant), names);
}

function limited(params: Fields, names: ReadonlySet<unknown>): Fields {
  const known = chosen(params, (name) => (names.has(name) ? [name] : []));
  const mode = own(callingConfigOf(known), 'mode');
  return typeof mode === 'string' && /^(?:any|validated)$/i.test(mode) ? known : chosen(known, () => []);
}

function dropChoice(params: Fields): Fields {
  const path = callingPath(params);
  const bare = unsetAt(params, path);
  const config = getAt(bare, path.slice(0, -1));
  return isRecord(config) && Object.keys(config).length === 0 ? unsetAt(bare, path.slice(0, -1)) : bare;
}
