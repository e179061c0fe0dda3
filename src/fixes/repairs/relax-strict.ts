import { isRecord, own } from '../../patterns/own.js';
import { isOpenMap } from '../../patterns/schema/strict-faults.js';
import { walkSchema } from '../../patterns/schema/walk-schema.js';
import { getAt, setAt } from '../at-path.js';
import { type Fields, copyWith } from '../copy.js';
import { eachFunction } from './each-function.js';

const FORMAT = ['response_format', 'json_schema'];

/** Takes `strict` back where an object of the schema has free keys: a strict one would have none at all. */
export function relaxStrict(_api: string, params: Fields): Fields {
  const next = eachFunction(params, (definition) => relax(definition, 'parameters'));
  const format = getAt(next, FORMAT);
  const relaxed = isRecord(format) ? relax(format, 'schema') : format;
  return relaxed === format ? next : setAt(next, FORMAT, relaxed);
}

function relax(holder: Fields, key: string): Fields {
  if (own(holder, 'strict') !== true || !walkSchema(own(holder, key), isOpenMap)) return holder;
  return copyWith(holder, 'strict', false);
}
