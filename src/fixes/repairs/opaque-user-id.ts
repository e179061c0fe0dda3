import { MAX_USER_ID, isEmail } from '../../patterns/findings/anthropic-metadata.js';
import { fingerprint } from '../../patterns/fingerprint.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';

/** Leaves of `metadata` what Anthropic takes, an opaque id of the user: the same for the same user, cut where it is too long. */
export function opaqueUserId(_api: string, params: Fields): Fields {
  const metadata = params['metadata'];
  if (!isRecord(metadata)) return params;
  const id = own(metadata, 'user_id') ?? undefined;
  const known = Object.keys(metadata)
    .filter((key) => key !== 'user_id')
    .reduce(copyWithout, metadata);
  if (id === undefined) {
    return Object.keys(known).length === 0
      ? copyWithout(params, 'metadata')
      : copyWith(params, 'metadata', known);
  }
  const opaque = opaqueId(id);
  const next = opaque === id ? known : copyWith(known, 'user_id', opaque);
  return next === metadata ? params : copyWith(params, 'metadata', next);
}

function opaqueId(id: unknown): string {
  const text = typeof id === 'string' ? id : (JSON.stringify(id) ?? String(id));
  return isEmail(text) ? hashed(text) : text.slice(0, MAX_USER_ID);
}

function hashed(text: string): string {
  return fingerprint(text).reduce((name, half) => name + (half >>> 0).toString(16).padStart(8, '0'), 'user-');
}
