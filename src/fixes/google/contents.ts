import { contentsOf, googleField, keyIn, partsOf, requestPath } from '../../patterns/google-request.js';
import {
  isEmptyContent,
  isBlankPart,
  isModelTurn,
  isPartWithoutData,
  roleOfParts,
} from '../../patterns/google-turns.js';
import { isRecord, own } from '../../patterns/own.js';
import { getAt, setAt, unsetAt } from '../at-path.js';
import { type Fields, copyWith, rewrite } from '../copy.js';

/** The request with other contents; the same request when they are the same list, or none would be left. */
export function withContents(params: Fields, contents: readonly unknown[]): Fields {
  return contents === params['contents'] || contents.length === 0
    ? params
    : copyWith(params, 'contents', contents);
}

/** Changes contents one by one; see {@link rewrite}. */
export function rewriteContents(params: Fields, change: (content: Fields) => readonly unknown[]): Fields {
  return withContents(
    params,
    rewrite(contentsOf(params), (content) => (isRecord(content) ? change(content) : [content])),
  );
}

/** A content with other parts; the same content when they are the same list. */
export function withParts(content: Fields, change: (part: Fields) => readonly unknown[]): Fields {
  const parts = partsOf(content);
  const next = rewrite(parts, (part) => (isRecord(part) ? change(part) : [part]));
  return next === parts ? content : copyWith(content, 'parts', next);
}

/** The request with other instructions, wherever it keeps them; without them where `undefined`. */
export function withInstructions(params: Fields, change: (instructions: unknown) => unknown): Fields {
  const path = requestPath(params);
  const place = [...path, keyIn(getAt(params, path), 'systemInstruction')];
  const instructions = getAt(params, place);
  const next = change(instructions);
  if (next === instructions) return params;
  return next === undefined ? unsetAt(params, place) : setAt(params, place, next);
}

/**
 * Removes contents and parts that say nothing, and instructions that are empty. A part that carries only the signature of a
 * thought becomes the empty text that the API sends such signatures with.
 */
export function dropEmptyContents(params: Fields): Fields {
  const filled = rewriteContents(params, (content) =>
    isEmptyContent(content) ? [] : [withParts(content, (part) => visiblePart(part, content))],
  );
  return withInstructions(filled, (instructions) =>
    isEmptyContent(instructions) ? undefined : instructions,
  );
}

function visiblePart(part: Fields, content: Fields): readonly unknown[] {
  if (isPartWithoutData(part)) {
    return googleField(part, 'thoughtSignature') === undefined ? [] : [copyWith(part, 'text', '')];
  }
  return isBlankPart(part) && !isModelTurn(content) ? [] : [part];
}

/** The roles of other APIs, by what Google calls them. */
const ROLES: { readonly [role: string]: string } = {
  ai: 'model',
  assistant: 'model',
  bot: 'model',
  human: 'user',
  tool: 'user',
};

/** Names roles as Google does, and moves instructions out of the conversation. */
export function knownRoles(params: Fields): Fields {
  const contents = contentsOf(params);
  const instructions = contents.filter(isInstruction);
  if (instructions.length === contents.length) return rewriteContents(params, asked);
  const moved = rewriteContents(params, (content) => (isInstruction(content) ? [] : [knownRole(content)]));
  if (instructions.length === 0) return moved;
  const parts = instructions.flatMap(partsOf);
  if (parts.length === 0) return moved;
  return withInstructions(moved, (before) => ({ parts: [...instructionParts(before), ...parts] }));
}

/** Instructions that nothing follows are what the user asks. */
function asked(content: Fields): readonly Fields[] {
  return [copyWith(content, 'role', 'user')];
}

function isInstruction(content: unknown): boolean {
  const role = own(content, 'role');
  return typeof role === 'string' && /^(?:system|developer)$/i.test(role);
}

function knownRole(content: Fields): Fields {
  const role = own(content, 'role');
  const name = typeof role === 'string' && role !== '' ? role.toLowerCase() : 'user';
  const named = copyWith(content, 'role', Object.hasOwn(ROLES, name) ? ROLES[name] : name);
  const fitting = roleOfParts(named);
  return fitting === undefined ? named : copyWith(named, 'role', fitting);
}

/** The parts of instructions: a content, a text, or a list of parts or texts. */
export function instructionParts(instructions: unknown): readonly unknown[] {
  if (typeof instructions === 'string') return instructions === '' ? [] : [{ text: instructions }];
  if (Array.isArray(instructions)) return instructions.flatMap(instructionParts);
  if (!isRecord(instructions)) return [];
  const parts = own(instructions, 'parts');
  return parts === undefined ? [instructions] : Array.isArray(parts) ? partsOf(instructions) : [parts];
}

/** Puts instructions in front of the first text of the user, for models that take none. */
export function instructionsToUser(params: Fields): Fields {
  const path = [...requestPath(params)];
  const place = [...path, keyIn(getAt(params, path), 'systemInstruction')];
  const parts = instructionParts(getAt(params, place));
  const contents = contentsOf(params);
  const at = contents.findIndex(
    (content) => isRecord(content) && !isModelTurn(content) && 'parts' in content,
  );
  const bare = unsetAt(params, place);
  if (parts.length === 0) return bare;
  const text = own(params, 'contents');
  if (typeof text === 'string') return copyWith(bare, 'contents', [...parts, { text }]);
  const user = contents[at];
  if (!isRecord(user)) return params;
  return copyWith(bare, 'contents', contents.with(at, copyWith(user, 'parts', [...parts, ...partsOf(user)])));
}

/** Repeats the instructions as the question of a request that asks none. */
export function askInstructions(params: Fields): Fields {
  const contents = own(params, 'contents');
  const isAsked = Array.isArray(contents) ? contents.length > 0 : (contents ?? '') !== '';
  const path = requestPath(params);
  const parts = instructionParts(googleField(getAt(params, path), 'systemInstruction'));
  return isAsked || parts.length === 0 ? params : copyWith(params, 'contents', [{ role: 'user', parts }]);
}
