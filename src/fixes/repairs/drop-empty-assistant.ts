import { isEmptyAssistant } from '../../patterns/findings/role-findings.js';
import type { Fields } from '../copy.js';
import { eachMessage } from './each-message.js';

/** Removes messages of the assistant without text and calls. */
export function dropEmptyAssistant(_api: string, params: Fields): Fields {
  return eachMessage(params, (message) => (isEmptyAssistant(message) ? undefined : message));
}
