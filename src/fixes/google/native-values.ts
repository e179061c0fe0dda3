import { isRecord, own } from '../../patterns/own.js';

/** What a field of another API says in Google's words; undefined where Google has none for it. */
export function nativeValue(field: string, value: unknown): unknown {
  if (field === 'stop') return typeof value === 'string' ? [value] : value;
  if (field === 'tool_choice') return toolConfig(value);
  if (field === 'response_format') return mediaType(value);
  if (field === 'parallel_tool_calls') return undefined;
  return value;
}

const MODES: { readonly [choice: string]: string } = {
  auto: 'AUTO',
  none: 'NONE',
  required: 'ANY',
  any: 'ANY',
};

function toolConfig(choice: unknown): unknown {
  const named = own(own(choice, 'function'), 'name') ?? own(choice, 'name');
  if (typeof named === 'string')
    return { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: [named] } };
  const type = typeof choice === 'string' ? choice : own(choice, 'type');
  const mode = typeof type === 'string' ? own(MODES, type) : undefined;
  return mode === undefined ? undefined : { functionCallingConfig: { mode } };
}

/** A schema beside it is left out: the form alone has a place in one field. */
function mediaType(format: unknown): unknown {
  const type = isRecord(format) ? own(format, 'type') : format;
  return type === 'json_object' || type === 'json_schema' ? 'application/json' : undefined;
}
