import { isRecord } from './adapters/shape.js';
import { globalApi } from './otel-global.js';

/** The providers that are registered in this process, whoever registered them. */
export function globalProviders(): readonly unknown[] {
  const api = globalApi();
  return [api?.trace, api?.metrics, api?.logs].map(delegateOf);
}

/**
 * Sends what providers hold back. Never rejects: what cannot be sent must not fail the program.
 * @param timeoutMs - longest wait, in milliseconds.
 * @param sending - what is on its way already and has to be waited for as well.
 */
export async function flushProviders(
  providers: Iterable<unknown>,
  timeoutMs: number,
  sending?: Promise<unknown>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([Promise.allSettled([...Array.from(providers, forceFlush), sending]), limit]);
  clearTimeout(timer);
}

/** The provider behind the API's proxy. */
export function delegateOf(provider: unknown): unknown {
  const getDelegate = isRecord(provider) ? provider['getDelegate'] : undefined;
  return typeof getDelegate === 'function' ? (getDelegate.call(provider) as unknown) : provider;
}

/** Tells one provider to send what it holds back. */
export async function forceFlush(provider: unknown): Promise<void> {
  const flush = isRecord(provider) ? provider['forceFlush'] : undefined;
  if (typeof flush === 'function') await flush.call(provider);
}
