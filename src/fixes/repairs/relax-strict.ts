import { isRecord, own } from '../../patterns/own.js';
import { isOpenMap } from '../../patterns/schema/strict-faults.js';
import { walkSchema } from '../../patterns/schema/walk-schema.js';
import { getAt, setAt } from '../at-path.js';
import { type Fields, copyWith } from '../copy.js';
import { eachFunction } from './each-function.js';

const FORMATS = [
  ['response_format', 'json_schema'],
  ['text', 'format'],
];

/** Takes `strict` back where an object of the schema has free keys: a strict one would have none at all. */
export function relaxStrict(_api: string, params: Fields): Fields {
  return FORMATS.reduce(
    (next, path) => {
      const format = getAt(next, path);
      const relaxed = isRecord(format) ? relax(format, 'schema') : format;
      return relaxed === format ? next : setAt(next, path, relaxed);
    },
    eachFunction(params, (definition) => relax(definition, 'parameters')),
  );
}

function relax(holder: Fields, key: string): Fields {
  if (own(holder, 'strict') !== true || !walkSchema(own(holder, key), isOpenMap)) return holder;
  return copyWith(holder, 'strict', false);
}
