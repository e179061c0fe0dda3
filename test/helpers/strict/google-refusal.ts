import { textOr, type Body, type Refusal } from '../../../src/cli/demo/model-server/rule.js';

/** A refusal of Google's: `400 INVALID_ARGUMENT`. */
export function invalid(message: string): Refusal {
  return { status: 400, type: 'INVALID_ARGUMENT', message };
}

/** The bare name of the model. */
export function modelOf({ model }: Body): string {
  return textOr(model).replace(/^.*models\//, '');
}

/** Whether the model is of the third generation or a later one. */
export function isGemini3(body: Body): boolean {
  return /^gemini-([3-9]|flash-latest|pro-latest)/.test(modelOf(body));
}
