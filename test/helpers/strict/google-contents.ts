import {
  given,
  objectOr,
  objects,
  textOr,
  wellFormed,
  type Body,
  type Refusal,
  type Rule,
} from '../../../src/cli/demo/model-server/rule.js';
import { invalid, isGemini3 } from './google-refusal.js';

const ROLES = ['user', 'model', 'function'];
const DATA = [
  'text',
  'inlineData',
  'fileData',
  'functionCall',
  'functionResponse',
  'executableCode',
  'codeExecutionResult',
  'toolCall',
  'toolResponse',
];
const IMAGES = [
  'image/png',
  'image/jpeg',
  'image/jpg',
  'image/webp',
  'image/heic',
  'image/heif',
  'image/avif',
];

/** What Google insists on in `contents`. */
export const GOOGLE_CONTENT_RULES: readonly Rule[] = [
  { id: 'contents', check: contentsThere },
  { id: 'roles', check: roles },
  { id: 'parts', check: parts },
  { id: 'media', check: media },
  { id: 'function-turns', check: functionTurns },
  { id: 'thought-signatures', check: thoughtSignatures },
  {
    id: 'well-formed',
    check: (body) =>
      wellFormed(body)
        ? undefined
        : invalid('Invalid JSON payload received. Invalid surrogate pair in string.'),
  },
];

function contentsThere({ contents }: Body): Refusal | undefined {
  return objects(contents).length > 0
    ? undefined
    : invalid('* GenerateContentRequest.contents: contents is not specified\n');
}

function roles({ contents }: Body): Refusal | undefined {
  const isOdd = objects(contents).some(({ role }) => given(role) && !ROLES.includes(textOr(role)));
  return isOdd ? invalid('Please use a valid role: user, model.') : undefined;
}

function parts({ contents }: Body): Refusal | undefined {
  for (const [at, content] of objects(contents).entries()) {
    const list = objects(content['parts']);
    if (list.length === 0)
      return invalid(`* GenerateContentRequest.contents[${at}].parts: contents.parts must not be empty.\n`);
    const bare = list.findIndex((part) => !DATA.some((name) => given(part[name])));
    if (bare >= 0)
      return invalid(
        `* GenerateContentRequest.contents[${at}].parts[${bare}].data: required oneof field 'data' must have one initialized field\n`,
      );
  }
  return undefined;
}

function media({ contents }: Body): Refusal | undefined {
  for (const { parts: list } of objects(contents)) {
    for (const { inlineData } of objects(list)) {
      const type = objectOr(inlineData)['mimeType'];
      if (!given(inlineData)) continue;
      if (!given(type) || type === '')
        return invalid('Unable to submit request because it must have a mimeType parameter.');
      if (textOr(type).startsWith('image/') && !IMAGES.includes(textOr(type)))
        return invalid(`Unsupported MIME type: ${textOr(type)}`);
    }
  }
  return undefined;
}

function count(content: Body | undefined, name: string): number {
  return objects(content?.['parts']).filter((part) => given(part[name])).length;
}

/** Calls come after the user or a result, and each has its result in the next turn. */
function functionTurns({ contents }: Body): Refusal | undefined {
  const list = objects(contents);
  for (const [at, content] of list.entries()) {
    const [before, after] = [list[at - 1], list[at + 1]];
    const [calls, results] = [count(content, 'functionCall'), count(content, 'functionResponse')];
    if (calls > 0 && (!before || before['role'] === 'model'))
      return invalid(
        'Please ensure that function call turn comes immediately after a user turn or after a function response turn.',
      );
    if (calls > 0 && after && count(after, 'functionResponse') !== calls)
      return invalid(
        'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.',
      );
    if (results > 0 && count(before, 'functionCall') === 0)
      return invalid(
        'Please ensure that function response turn comes immediately after a function call turn.',
      );
  }
  return undefined;
}

/** From Gemini 3 on, the first call of each step since the user spoke carries its signature. */
function thoughtSignatures(body: Body): Refusal | undefined {
  if (!isGemini3(body)) return undefined;
  const list = objects(body['contents']);
  const spoke = list.findLastIndex(
    (content) => content['role'] === 'user' && count(content, 'functionResponse') === 0,
  );
  for (const [at, content] of list.entries()) {
    const call =
      at > spoke ? objects(content['parts']).find((part) => given(part['functionCall'])) : undefined;
    if (!call || given(call['thoughtSignature']) || given(call['thought_signature'])) continue;
    return invalid(
      'Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. ' +
        `Additional data, function call \`default_api:${textOr(objectOr(call['functionCall'])['name'])}\` , position ${at + 1}. Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details.`,
    );
  }
  return undefined;
}
