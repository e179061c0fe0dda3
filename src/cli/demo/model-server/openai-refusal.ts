import type { Refusal } from './rule.js';

/** An OpenAI refusal: `400 invalid_request_error` with the parameter at fault and the machine-readable code. */
export function openaiRefusal(message: string, param: string | null, code: string | null): Refusal {
  return { status: 400, type: 'invalid_request_error', message, param, code };
}

/** The refusal of a list that needs at least one item. */
export function emptyArray(path: string): Refusal {
  const message = `Invalid '${path}': empty array. Expected an array with minimum length 1, but got an empty array instead.`;
  return openaiRefusal(message, path, 'empty_array');
}

/** The refusal of a parameter the model does not take. */
export function unsupportedParameter(name: string, hint = ''): Refusal {
  const message = `Unsupported parameter: '${name}' is not supported with this model.${hint}`;
  return openaiRefusal(message, name, 'unsupported_parameter');
}

/** The refusal of a value the model does not take. */
export function unsupportedValue(name: string, value: unknown, hint = ''): Refusal {
  const shown = typeof value === 'string' ? `'${value}'` : String(value);
  const message = `Unsupported value: '${name}' does not support ${shown} with this model.${hint}`;
  return openaiRefusal(message, name, 'unsupported_value');
}
