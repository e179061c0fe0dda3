import { snake } from './locate.js';

/** What taking a field out of a request means. */
export type Loss =
  /** Nothing the caller would miss: the provider has no use for it, or a default of its own. */
  | 'none'
  /** The answer would be another, or of another form. */
  | 'some'
  /** There would be no request left, or not the caller's. */
  | 'all';

/** What a request is about; nothing of it is ever taken out as a whole. */
const SUBSTANCE: ReadonlySet<string> = new Set(
  (
    'messages message contents content parts input inputs texts prompt model model_id role text tool_calls function_call ' +
    'function arguments output type name id call_id tool_call_id tool_use_id tool_use tool_result image_url source data ' +
    'parameters input_schema properties items function_declarations functions signature'
  ).split(' '),
);

/** What shapes the answer; without it the caller gets something else than was asked for. */
const SHAPING: ReadonlySet<string> = new Set(
  (
    'tools functions tool_config response_format response_schema response_mime_type response_json_schema stop ' +
    'stop_sequences logprobs top_logprobs response_logprobs logit_bias system system_instruction instructions text format ' +
    'web_search_options audio modalities prediction suffix documents mcp_servers container description'
  ).split(' '),
);

/** Fields of messages and items that only name them. */
const LABELS: ReadonlySet<string> = new Set([
  'messages.*.name',
  'messages.*.id',
  'input.*.id',
  'input.*.type',
]);

/** Segments of paths that lead into a schema, where one field says little and the next is refused too. */
const SCHEMAS: ReadonlySet<string> = new Set([
  'parameters',
  'properties',
  'input_schema',
  'schema',
  'inputSchema',
]);

/**
 * What is lost when the field at a path is taken out.
 * @param field - the path as patterns write it, list positions as `*`.
 */
export function lossOf(field: string, value: unknown): Loss {
  const path = field.replace(/^params\./, '');
  const name = snake(path.split('.').at(-1) ?? '');
  const isNested = path.includes('.');
  if (path.split('.').some((segment) => SCHEMAS.has(segment))) return 'all';
  if ((isNested && isEmpty(value)) || LABELS.has(path)) return 'none';
  if (SUBSTANCE.has(name) || !/^[A-Za-z$]/.test(name)) return 'all';
  if (name === 'n' || name === 'candidate_count') return value === 1 ? 'none' : 'some';
  if (SHAPING.has(name)) return value === false || isEmpty(value) ? 'none' : 'some';
  return 'none';
}

/** True where there is nothing: null, an empty text, an empty list. */
export function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
