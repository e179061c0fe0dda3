import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Directives } from './directives.js';
import type { EventStream } from './provider.js';

/** An endless stream breathes at least this long between events, in milliseconds. */
const ENDLESS_PAUSE_MS = 5;

/** Waits, but not past the client's leaving. */
export async function pause(response: ServerResponse, ms: number): Promise<void> {
  if (ms === 0) return;
  const left = new AbortController();
  const leave = (): void => left.abort();
  response.once('close', leave);
  await delay(ms, undefined, { signal: left.signal }).catch(() => undefined);
  response.off('close', leave);
}

/** Sends a stream of events as the directives ask; rejects when it is cut or the client leaves. */
export function sendEvents(
  response: ServerResponse,
  stream: EventStream,
  directives: Directives,
  errorEvent: string,
): Promise<void> {
  return pipeline(Readable.from(misbehave(stream, directives, errorEvent, response)), response);
}

async function* misbehave(
  stream: EventStream,
  directives: Directives,
  errorEvent: string,
  response: ServerResponse,
): AsyncGenerator<string> {
  const { cutAfter, failAfter, endless } = directives;
  const pauseMs = endless ? Math.max(directives.pauseMs, ENDLESS_PAUSE_MS) : directives.pauseMs;
  let sent = 0;
  for (const event of inOrder(stream, endless)) {
    if (sent === failAfter) {
      yield errorEvent;
      return;
    }
    if (sent === cutAfter) {
      // What was sent has to arrive before the connection is cut, or the client sees nothing at all.
      await new Promise((resolve) => response.socket?.write('', resolve));
      throw new Error('the stream was cut as asked for');
    }
    if (sent > 0) await pause(response, pauseMs);
    yield event;
    sent += 1;
  }
}

function* inOrder({ before, deltas, after }: EventStream, endless: boolean): Generator<string> {
  yield* before;
  do yield* deltas;
  while (endless && deltas.length > 0);
  yield* after;
}
