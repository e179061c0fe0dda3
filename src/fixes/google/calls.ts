import { contentsOf, googleField, keyIn, partsOf } from '../../patterns/google-request.js';
import {
  CALL_ALIASES,
  answerOf,
  callOf,
  currentTurn,
  isModelTurn,
  unsignedCall,
} from '../../patterns/google-turns.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { rewriteContents, withContents, withParts } from './contents.js';

/**
 * What Google documents for calls that it did not make itself, of another model or a cut history.
 * @see https://ai.google.dev/gemini-api/docs/thought-signatures
 */
const UNSIGNED = 'skip_thought_signature_validator';

/** Signs the first call of each step of the current turn, where its signature was lost. */
export function signCalls(params: Fields): Fields {
  const contents = contentsOf(params);
  const start = currentTurn(contents);
  const signed = rewrite(contents, (content, index) => {
    if (index <= start || !isModelTurn(content) || !isRecord(content)) return [content];
    const at = unsignedCall(content);
    const part = at === undefined ? undefined : partsOf(content)[at];
    if (at === undefined || !isRecord(part)) return [content];
    const key = keyIn(part, 'thoughtSignature');
    return [copyWith(content, 'parts', partsOf(content).with(at, copyWith(part, key, UNSIGNED)))];
  });
  return withContents(params, signed);
}

/**
 * Makes objects of arguments and results, and names calls and answers that have no name after each other: a text of JSON is
 * read, any other result is kept under `output`.
 */
export function completeCalls(params: Fields): Fields {
  const names: string[] = [];
  return rewriteContents(params, (content) => {
    if (isModelTurn(content)) names.length = 0;
    let answers = 0;
    return [
      withParts(content, (part) => {
        if (isRecord(callOf(part))) {
          names.push(nameOf(callOf(part)));
          return [complete(part, 'functionCall', toArguments)];
        }
        if (!isRecord(answerOf(part))) return [part];
        const named = withName(part, names[answers]);
        answers += 1;
        return [complete(named, 'functionResponse', toResult)];
      }),
    ];
  });
}

function nameOf(call: unknown): string {
  const name = own(call, 'name');
  return typeof name === 'string' ? name : '';
}

function withName(part: Fields, name: string | undefined): Fields {
  const key = keyIn(part, 'functionResponse');
  const answer = own(part, key);
  if (!isRecord(answer) || nameOf(answer) !== '' || (name ?? '') === '') return part;
  return copyWith(part, key, copyWith(answer, 'name', name));
}

function complete(
  part: Fields,
  field: keyof typeof CALL_ALIASES,
  toObject: (value: unknown) => unknown,
): Fields {
  const key = keyIn(part, field);
  const call = own(part, key);
  if (!isRecord(call)) return part;
  const [name, aliases] = CALL_ALIASES[field];
  const alias =
    own(call, name) === undefined ? aliases.find((other) => own(call, other) !== undefined) : undefined;
  const value = own(call, alias ?? name);
  const object = value === undefined || value === null || isRecord(value) ? value : toObject(value);
  const bare = alias === undefined ? call : copyWithout(call, alias);
  const next = object === own(bare, name) ? bare : copyWith(bare, name, object);
  return signed(next === call ? part : copyWith(part, key, next), key);
}

/** A signature stands in the part, beside the call. */
function signed(part: Fields, key: string): Fields {
  const call = own(part, key);
  const name = keyIn(call, 'thoughtSignature');
  const signature = own(call, name);
  if (!isRecord(call) || signature === undefined) return part;
  const bare = copyWith(part, key, copyWithout(call, name));
  return googleField(part, 'thoughtSignature') === undefined
    ? copyWith(bare, 'thoughtSignature', signature)
    : bare;
}

function toArguments(value: unknown): unknown {
  const read = typeof value === 'string' ? fromJson(value) : value;
  if (isRecord(read)) return read;
  return value === '' ? {} : { input: read ?? value };
}

function toResult(value: unknown): unknown {
  const read = typeof value === 'string' ? fromJson(value) : undefined;
  return isRecord(read) ? read : { output: value };
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
