import test, { type Implementation } from 'ava';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Rig } from './rig.js';
import { SDKS_HERE } from './sdks.js';
import { waitUntil } from './wait-until.js';

/** `test.serial` where the SDKs of `test/sdks` are installed, `test.serial.skip` elsewhere. */
export const sdkTest = (title: string, run: Implementation<[]>): void => {
  if (SDKS_HERE) test.serial(title, run);
  else test.serial.skip(title, run);
};

/** What a way of calling gave without and with Arc. */
export interface BothWays<T> {
  readonly bare: T;
  readonly under: T;
  /** The spans of the call under Arc, once they have ended. */
  readonly spans: readonly ReadableSpan[];
}

/** Runs a way of calling without Arc, then with it. @param expected - spans it leaves under Arc; waits for the first. */
export async function bothWays<T>(rig: Rig, run: () => Promise<T>, expected = 1): Promise<BothWays<T>> {
  rig.arc.disable();
  const bare = await run();
  rig.arc.enable();
  rig.spans();
  const under = await run();
  return { bare, under, spans: expected > 0 ? await endedSpans(rig) : rig.spans() };
}

/** The spans that ended since the last look; waits for the first. */
export async function endedSpans(rig: Rig): Promise<readonly ReadableSpan[]> {
  return waitUntil('a span to end', () => {
    globalThis.gc?.();
    const ended = rig.spans();
    return ended.length > 0 && ended;
  });
}

/** What an error looks like to a caller. */
export async function outcomeOf(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    const { constructor, name, message, cause } = error as Error;
    return {
      type: constructor.name,
      name,
      message,
      cause: cause instanceof Error ? cause.constructor.name : typeof cause,
      fields: Object.keys(error as object),
    };
  }
}

/** Every part of a stream. */
export async function partsOf(stream: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const parts: unknown[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

/** Values that differ from answer to answer are replaced by their type. */
export function sameEachTime(value: unknown, varying: readonly string[]): unknown {
  const json = JSON.stringify(value, (key, item: unknown) => (varying.includes(key) ? typeof item : item));
  return json === undefined ? undefined : (JSON.parse(json.replace(/req_\w+/g, 'req_*')) as unknown);
}
