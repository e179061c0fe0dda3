import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Rig } from '../../helpers/rig.js';
import { waitUntil } from '../../helpers/wait-until.js';

/** Waits until spans have ended. Returns them in the order they did. */
export async function endedSpans(rig: Rig, least: number): Promise<readonly ReadableSpan[]> {
  const seen: ReadableSpan[] = [];
  await waitUntil(`${least} spans to end`, () => seen.push(...rig.spans()) >= least);
  return seen;
}

/** The names of spans, each with the name of its parent if that is among them. */
export function withParents(spans: readonly ReadableSpan[]): readonly string[] {
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  return spans.map(({ name, parentSpanContext }) => {
    const parent = names.get(parentSpanContext?.spanId ?? '');
    return parent === undefined ? name : `${name} in ${parent}`;
  });
}

/** What was sent since, without the ids of calls and messages, which differ from run to run. */
export function bodiesSince(rig: Rig, from: number): readonly string[] {
  return rig.models.requests
    .slice(from)
    .map(({ rawBody }) => rawBody.replace(/\b(call|fc|msg|chatcmpl|resp)(_|-)\w+/g, '$1'));
}

/** What a promise gives, or the error it fails with. */
export async function outcome(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    const { constructor, name, message } = error as Error;
    return [constructor.name, name, message.replace(/req_\w+/g, 'req_*')];
  }
}

/** Reads a stream to its end. */
export async function count(stream: AsyncIterable<unknown>): Promise<number> {
  let seen = 0;
  for await (const _ of stream) seen += 1;
  return seen;
}
