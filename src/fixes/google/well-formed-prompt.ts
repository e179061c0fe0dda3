import { GOOGLE_GENERATE } from '../../patterns/google-request.js';
import type { Fields } from '../copy.js';
import { wellFormedTexts } from '../repairs/well-formed-texts.js';
import { withInstructions } from './contents.js';

/** Replaces halves of surrogate pairs in a prompt, and in the instructions that Google keeps elsewhere. */
export function wellFormedPrompt(api: string, params: Fields): Fields {
  const next = wellFormedTexts(api, params);
  if (api !== GOOGLE_GENERATE) return next;
  return withInstructions(next, (contents) => wellFormedTexts(api, { contents })['contents']);
}
