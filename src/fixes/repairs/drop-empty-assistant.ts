import { isEmptyAssistant } from '../../patterns/findings/role-findings.js';
import type { Fields } from '../copy.js';
import { mapMessages } from './map-messages.js';

/** Removes messages of the assistant without text and calls. */
export function dropEmptyAssistant(_api: string, params: Fields): Fields {
  return mapMessages(params, (message) => (isEmptyAssistant(message) ? undefined : message));
}
