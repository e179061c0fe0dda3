import type { Refusal } from '../../fixes/learn/refusal.js';
import { isRecord, own } from '../../patterns/own.js';
import { httpStatusOf } from '../error-status.js';

/** Longest answer that is read for its remedy, in characters. */
const MAX_LENGTH = 16_384;

/**
 * What a provider said when it refused, from what its SDK throws: the answer's body where the SDK keeps it, else the
 * message.
 * @returns undefined for what is no answer of a provider.
 */
export function refusalOf(error: unknown): Refusal | undefined {
  const status = httpStatusOf(error);
  if (status === undefined || typeof error !== 'object' || error === null) return undefined;
  const message =
    bodyOf(Reflect.get(error, 'error')) ??
    bodyOf(Reflect.get(error, 'body')) ??
    String(Reflect.get(error, 'message'));
  const [code, param] = [Reflect.get(error, 'code') as unknown, Reflect.get(error, 'param') as unknown];
  return {
    status,
    message: message.slice(0, MAX_LENGTH),
    ...(typeof code === 'string' && { code }),
    ...(typeof param === 'string' && { param }),
  };
}

/** The answer's body as a text; nothing for one without words. */
function bodyOf(body: unknown): string | undefined {
  if (typeof body === 'string') return body === '' ? undefined : body;
  if (!isRecord(body) && !Array.isArray(body)) return undefined;
  const says = ['message', 'error', 'detail', 'msg', 'errors'].some((key) => own(body, key) !== undefined);
  return says || Array.isArray(body) ? JSON.stringify(body) : undefined;
}
