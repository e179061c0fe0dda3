// HOT: runs on every chunk of an answer read through fetch. Benchmark: npm run bench -- stream
import type { Answer } from './fetch-answer.js';

/** The body of a response; null when it has none. */
export type Body = ReadableStream<Uint8Array> | null;

/**
 * A stream that hands on the bytes of a body as they come, one pull for one pull, and shows them to an answer. It keeps
 * nothing back and reads nothing ahead, and does not touch the body before it is read, so that a response nobody reads
 * is closed as it would be without Arc.
 * @param source - the body as `fetch` made it.
 * @param response - what it is the body of. Once that is collected, Node cancels a body nobody reads yet, so the stream
 * holds it.
 */
export function passThrough(source: Body, response: Response, answer: Answer): Body {
  if (!source || source.locked) return source;
  const held = { source, response };
  const decoder = new TextDecoder();
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return new ReadableStream(
    {
      type: 'bytes',
      async pull(controller) {
        try {
          const bytes = await nextBytes((reader ??= held.source.getReader()));
          if (!bytes) return endOf(controller, answer);
          answer.push(decoder.decode(bytes, { stream: true }));
          controller.enqueue(bytes);
        } catch (error) {
          answer.fail(error);
          controller.error(error);
        }
      },
      cancel(reason) {
        answer.leave();
        return reader ? reader.cancel(reason) : held.source.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** A byte stream takes no empty chunks. */
async function nextBytes(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return undefined;
    if (value.byteLength > 0) return value;
  }
}

function endOf(controller: ReadableByteStreamController, answer: Answer): void {
  answer.end();
  controller.close();
  controller.byobRequest?.respond(0); // a reader that waits with a buffer of its own has to be told as well
}
