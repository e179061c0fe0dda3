import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';
import { addToPrompt } from '../prompt.js';

/** Asks for any JSON object instead of one of a schema, and puts the schema into the prompt. */
export function schemaToJsonMode(api: string, params: Fields): Fields {
  const format = params['response_format'];
  if (own(format, 'type') !== 'json_schema') return params;
  const schema = own(own(format, 'json_schema'), 'schema');
  const text = isRecord(schema)
    ? `Answer with a JSON object that follows this JSON schema: ${JSON.stringify(schema)}`
    : 'Answer with a JSON object.';
  const asked = copyWith(params, 'response_format', { type: 'json_object' });
  return addToPrompt(api, asked, { role: 'system', text, place: 'after' });
}
