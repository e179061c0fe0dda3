import { textOr, type Refusal } from './rule.js';

/** Reasoning models take the newer parameter set. */
const REASONING = /^(o[1-9]|gpt-5(?!.*-chat))/;

/** An OpenAI refusal: `400 invalid_request_error` with the parameter at fault and the machine-readable code. */
export function openaiRefusal(message: string, param: string | null, code: string | null): Refusal {
  return { status: 400, type: 'invalid_request_error', message, param, code };
}

/** Whether OpenAI treats the model as a reasoning model. */
export function isReasoningModel(model: unknown): boolean {
  return REASONING.test(textOr(model));
}

/** The refusal of a list that needs at least one item. */
export function emptyArray(path: string): Refusal {
  const message = `Invalid '${path}': empty array. Expected an array with minimum length 1, but got an empty array instead.`;
  return openaiRefusal(message, path, 'empty_array');
}
