import { isRecord, own } from '../../patterns/own.js';
import { getAt, setAt } from '../at-path.js';
import { type Fields, copyWith } from '../copy.js';
import { completeParameters, completeSchema } from '../schema/complete-schema.js';
import { mergeRootChoices as mergeChoices } from '../schema/merge-root-choices.js';
import { eachFunction } from './each-function.js';

const FORMATS = [
  ['response_format', 'json_schema', 'schema'],
  ['text', 'format', 'schema'],
];

/** Completes the schemas of functions and of the response format to what providers check for. */
export function completeSchemas(_api: string, params: Fields): Fields {
  return FORMATS.reduce(
    (next, path) => {
      const schema = getAt(next, path);
      const completed = isRecord(schema) ? completeSchema(schema) : schema;
      return completed === schema ? next : setAt(next, path, completed);
    },
    eachParameters(params, completeParameters),
  );
}

/** Makes one object of parameters that choose between schemas on top. */
export function mergeRootChoices(_api: string, params: Fields): Fields {
  return eachParameters(params, mergeChoices);
}

function eachParameters(params: Fields, change: (schema: unknown) => unknown): Fields {
  return eachFunction(params, (definition) => {
    const schema = own(definition, 'parameters');
    const next = schema === undefined ? schema : change(schema);
    return next === schema ? definition : copyWith(definition, 'parameters', next);
  });
}
