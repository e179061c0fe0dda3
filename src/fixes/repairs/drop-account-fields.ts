import { type Fields, copyWithout } from '../copy.js';

/** Fields of OpenAI's about accounts and streams that closed-schema servers refuse. */
export const ACCOUNT_FIELDS: readonly string[] = ['stream_options', 'store', 'user', 'safety_identifier'];

/** Removes them; nothing is then stored or reported that would not have been. */
export function dropAccountFields(_api: string, params: Fields): Fields {
  return ACCOUNT_FIELDS.reduce(copyWithout, params);
}
