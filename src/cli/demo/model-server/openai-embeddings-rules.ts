import { openaiRefusal } from './openai-refusal.js';
import { openaiWording } from './openai-wording.js';
import { given, textOr, type Body, type Refusal, type Rule } from './rule.js';
import { anything, either, faultOf, integer, list, object, oneOf, text } from './shape.js';

/** Numbers in the vectors of a model; `null` where their count cannot be chosen. */
const SIZES: Readonly<Record<string, number | null>> = {
  'text-embedding-3-small': 1_536,
  'text-embedding-3-large': 3_072,
  'text-embedding-ada-002': null,
};

const SHAPE = object({
  dimensions: integer(1),
  encoding_format: oneOf('float base64'),
  'input!': either(text(), list(anything, { min: 1, max: 2048 })),
  'model!': text(),
  user: text(),
});

/**
 * What `POST /v1/embeddings` insists on.
 * @see https://platform.openai.com/docs/api-reference/embeddings/create
 */
export const OPENAI_EMBEDDING_RULES: readonly Rule[] = [
  { id: 'required', check: required },
  { id: 'types', check: types },
  { id: 'input-empty', check: inputEmpty },
  { id: 'dimensions', check: dimensions },
];

function required(body: Body): Refusal | undefined {
  const name = ['model', 'input'].find((key) => !given(body[key]));
  return name === undefined
    ? undefined
    : openaiRefusal(`Missing required parameter: '${name}'.`, name, 'missing_required_parameter');
}

function types(body: Body): Refusal | undefined {
  const fault = faultOf(SHAPE, body);
  return fault && openaiWording(fault);
}

function inputEmpty({ input }: Body): Refusal | undefined {
  const isEmpty = input === '' || (Array.isArray(input) && input.includes(''));
  return isEmpty
    ? openaiRefusal("Invalid 'input': input cannot be an empty string.", 'input', null)
    : undefined;
}

function dimensions({ model, dimensions: wanted }: Body): Refusal | undefined {
  const size = SIZES[textOr(model)];
  if (typeof wanted !== 'number' || size === undefined) return undefined;
  if (size === null)
    return openaiRefusal('This model does not support specifying dimensions.', 'dimensions', null);
  if (wanted <= size) return undefined;
  return openaiRefusal(
    `Invalid value for 'dimensions' = ${wanted}. Must be less than or equal to ${size}.`,
    'dimensions',
    null,
  );
}
