import { googleField, partsOf } from './google-request.js';
import { isRecord, own } from './own.js';

/** Roles that Google takes; `function` is its old name for the user's turn that answers calls. */
const ROLES: readonly string[] = ['user', 'model', 'function'];

/** What a part may say beside its data. */
const NO_DATA: readonly string[] = [
  'thought',
  'thoughtSignature',
  'thought_signature',
  'videoMetadata',
  'video_metadata',
  'mediaResolution',
  'media_resolution',
  'partMetadata',
  'part_metadata',
];

/** How a model's calls and their answers stand to one another. */
export type TurnFault = 'tool_call_out_of_turn' | 'open_tool_call' | 'orphan_tool_result';

/** True for a turn of the model. */
export function isModelTurn(content: unknown): boolean {
  return own(content, 'role') === 'model';
}

/** True for a role that Google takes, or none. */
export function isKnownRole(role: unknown): boolean {
  return (
    role === undefined || role === null || role === '' || (typeof role === 'string' && ROLES.includes(role))
  );
}

/** A part's function call, if it is one. */
export function callOf(part: unknown): unknown {
  return own(part, 'functionCall') ?? own(part, 'function_call');
}

/** A part's function response, if it is one. */
export function answerOf(part: unknown): unknown {
  return own(part, 'functionResponse') ?? own(part, 'function_response');
}

/** Whether a content holds a call or an answer to one. */
export function usesTools(content: unknown): boolean {
  for (const part of partsOf(content)) if (isRecord(callOf(part)) || isRecord(answerOf(part))) return true;
  return false;
}

/** How many calls a content holds. */
export function countCalls(content: unknown): number {
  let count = 0;
  for (const part of partsOf(content)) if (isRecord(callOf(part))) count += 1;
  return count;
}

/** How many answers a content holds. */
export function countAnswers(content: unknown): number {
  let count = 0;
  for (const part of partsOf(content)) if (isRecord(answerOf(part))) count += 1;
  return count;
}

/** True for a part that holds nothing but remarks: no text, no call, no file. Parts of a kind that is not known hold something. */
export function isPartWithoutData(part: unknown): boolean {
  if (!isRecord(part)) return false;
  for (const key in part) {
    if (!Object.hasOwn(part, key)) continue;
    const value = own(part, key);
    if (value !== undefined && value !== null && !NO_DATA.includes(key)) return false;
  }
  return true;
}

/** True for an empty text, unless it carries the signature of a thought. */
export function isBlankPart(part: unknown): boolean {
  return own(part, 'text') === '' && googleField(part, 'thoughtSignature') === undefined;
}

/** True for a content that says nothing: without parts, or with empty ones alone. */
export function isEmptyContent(content: unknown): boolean {
  if (!isRecord(content)) return false;
  const parts = own(content, 'parts');
  if (parts === undefined || parts === null) return isBareRole(content);
  if (!Array.isArray(parts)) return false;
  for (const part of partsOf(content)) {
    if (isPartWithoutData(part) ? googleField(part, 'thoughtSignature') !== undefined : !isBlankPart(part))
      return false;
  }
  return true;
}

/** True for a content that says who speaks and nothing else. An object without a role is a part, in the SDK's form. */
function isBareRole(content: unknown): boolean {
  if (typeof own(content, 'role') !== 'string') return false;
  return own(content, 'content') === undefined && own(content, 'text') === undefined;
}

/**
 * What is wrong with a content among its neighbours, as the API counts: calls directly after a turn of the user, as many
 * answers in the one content after them, and answers nowhere else.
 */
export function turnFault(before: unknown, content: unknown, after: unknown): TurnFault | undefined {
  if (isModelTurn(content)) {
    const calls = countCalls(content);
    if (calls === 0) return undefined;
    if (before === undefined || isModelTurn(before)) return 'tool_call_out_of_turn';
    return countAnswers(after) < calls ? 'open_tool_call' : undefined;
  }
  const answers = countAnswers(content);
  if (answers === 0) return undefined;
  return answers > (isModelTurn(before) ? countCalls(before) : 0) ? 'orphan_tool_result' : undefined;
}

/** Where the current turn begins: the last content of the user that is not answers alone. */
export function currentTurn(contents: readonly unknown[]): number {
  for (let index = contents.length - 1; index >= 0; index -= 1) {
    const content = contents[index];
    if (isModelTurn(content)) continue;
    for (const part of partsOf(content)) if (!isRecord(answerOf(part))) return index;
  }
  return -1;
}

/** The first call of a content when it has no signature; undefined where there is no call or it is signed. */
export function unsignedCall(content: unknown): number | undefined {
  const parts = partsOf(content);
  for (let index = 0; index < parts.length; index += 1) {
    if (!isRecord(callOf(parts[index]))) continue;
    return (googleField(parts[index], 'thoughtSignature') ?? '') === '' ? index : undefined;
  }
  return undefined;
}

/** Names other APIs have for what Google calls `args` and `response`. */
export const CALL_ALIASES = {
  functionCall: ['args', ['arguments', 'input']],
  functionResponse: ['response', ['content', 'output', 'result']],
} as const satisfies Readonly<Record<string, readonly [name: string, aliases: readonly string[]]>>;

/** True where a call or its answer is not as Google writes it: its data is an object, and an answer says which tool gave it. */
export function isIncompletePart(part: unknown): boolean {
  const call = callOf(part);
  if (isRecord(call)) return isMisspelt(call, CALL_ALIASES.functionCall);
  const answer = answerOf(part);
  if (!isRecord(answer)) return false;
  return (own(answer, 'name') ?? '') === '' || isMisspelt(answer, CALL_ALIASES.functionResponse);
}

function isMisspelt(call: unknown, [name, aliases]: readonly [string, readonly string[]]): boolean {
  const value = own(call, name);
  if (isNoObject(value) || googleField(call, 'thoughtSignature') !== undefined) return true;
  return value === undefined && aliases.some((alias) => own(call, alias) !== undefined);
}

/** The role that what a content holds belongs to: calls to the model, answers to the user; undefined where that is its role. */
export function roleOfParts(content: unknown): 'model' | 'user' | undefined {
  const role = own(content, 'role');
  if (role === 'user') return countCalls(content) > 0 && countAnswers(content) === 0 ? 'model' : undefined;
  if (role !== 'model') return undefined;
  return countAnswers(content) > 0 && countCalls(content) === 0 ? 'user' : undefined;
}

function isNoObject(value: unknown): boolean {
  return value !== undefined && value !== null && !isRecord(value);
}
