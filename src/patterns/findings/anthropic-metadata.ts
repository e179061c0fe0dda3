import { isRecord, own } from '../own.js';

/** Longest user id Anthropic takes. @see https://platform.claude.com/docs/en/api/messages#metadata */
export const MAX_USER_ID = 256;

/** What Anthropic takes for an address of a person and refuses. Short texts only are looked at. */
const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@.]{2,}$/;

/** Whether `metadata` hold something else than one opaque user id. */
export function metadataProblem(metadata: unknown): boolean {
  if (!isRecord(metadata)) return false;
  const id = own(metadata, 'user_id') ?? undefined;
  if (Object.keys(metadata).some((key) => key !== 'user_id' && metadata[key] !== undefined)) return true;
  return id !== undefined && (typeof id !== 'string' || id.length > MAX_USER_ID || isEmail(id));
}

/** True for an email address. */
export function isEmail(text: string): boolean {
  return text.length <= MAX_USER_ID && EMAIL.test(text);
}
