import { shortFingerprint } from '../fingerprint.js';
import { isRecord, own } from '../own.js';

/** The name of a schema that has none; the API wants one. */
const NO_NAME = 'response';
const MAX_NAME_LENGTH = 64;

/** True for a format of the answer in the shape of chat completions, or with a name the API refuses. */
export function isChatFormat(format: unknown): boolean {
  if (own(format, 'type') !== 'json_schema') return false;
  return isRecord(own(format, 'json_schema')) || formatName(own(format, 'name')) !== own(format, 'name');
}

/** The name itself where the API takes it, else one of letters, digits, dashes and underscores. */
export function formatName(name: unknown): string {
  if (typeof name !== 'string' || name === '') return NO_NAME;
  const clean = name.replace(/[^a-zA-Z0-9_-]/g, '_');
  if (clean.length <= MAX_NAME_LENGTH) return clean;
  return `${clean.slice(0, MAX_NAME_LENGTH - 9)}_${shortFingerprint(name)}`;
}
