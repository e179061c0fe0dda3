import type { Refusal } from './rule.js';

/** An Anthropic refusal: `400 invalid_request_error`. */
export function anthropicRefusal(message: string): Refusal {
  return { status: 400, type: 'invalid_request_error', message };
}
