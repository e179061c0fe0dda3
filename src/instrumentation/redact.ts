import type { FieldChange } from '../contract/decision.js';
import { rootOf } from '../patterns/path.js';

/** Texts under these names steer a request and say nothing of its content. */
const PLAIN_TEXTS: ReadonlySet<string> = new Set([
  'model',
  'reasoning_effort',
  'effort',
  'service_tier',
  'verbosity',
  'tool_choice',
  'type',
  'role',
  'truncation',
  'encoding_format',
]);

/** Fields whose sub-fields may hold what people wrote. */
const CONTENT_FIELDS: ReadonlySet<string> = new Set([
  'messages',
  'system',
  'input',
  'prompt',
  'instructions',
  'tools',
  'functions',
  'response_format',
  'prediction',
  'metadata',
  'output_format',
]);

/** Anything that looks like a key of a provider, whole or starred. */
const SECRETS = /\b(?:(?:sk|pk|rk|gsk|xai)[-_]|AIza)[A-Za-z0-9*_-]{6,}|\bBearer\s+\S{6,}/g;
const MAX_MESSAGE = 500;
const MAX_PLAIN_TEXT = 128;

/** A change as it may leave the process: content is replaced by its kind and size unless it is captured. */
export function redactChange(change: FieldChange, captureContent: boolean): FieldChange {
  if (captureContent) return change;
  const { path } = change;
  const [before, after] = [redact(path, change.before), redact(path, change.after)];
  return before === change.before && after === change.after ? change : { path, before, after };
}

/** True when a value at this path may be shown as it is. */
export function isPlain(path: string, value: unknown): value is string | number | boolean {
  if (typeof value === 'string') {
    if (value.length > MAX_PLAIN_TEXT || !PLAIN_TEXTS.has(path.slice(path.lastIndexOf('.') + 1)))
      return false;
  } else if (typeof value !== 'number' && typeof value !== 'boolean') return false;
  return !CONTENT_FIELDS.has(rootOf(path));
}

/** An error message without keys, at most 500 characters. */
export function redactMessage(message: string): string {
  return message.slice(0, MAX_MESSAGE).replace(SECRETS, '[redacted]');
}

function redact(path: string, value: unknown): unknown {
  if (value === undefined || value === null || isPlain(path, value)) return value;
  if (typeof value === 'string') return { omitted: 'text', length: value.length };
  if (Array.isArray(value)) return { omitted: 'list', length: value.length };
  return { omitted: typeof value };
}
