import type { Refusal } from '../../../src/cli/demo/model-server/rule.js';

/** A refusal of Amazon Bedrock's: `400 ValidationException`. */
export function validation(message: string): Refusal {
  return { status: 400, type: 'ValidationException', message };
}
