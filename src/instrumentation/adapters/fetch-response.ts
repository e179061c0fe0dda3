// HOT: runs on every LLM call made through fetch. Benchmark: npm run bench -- call
import { countError, failCall, finishCall } from '../call.js';
import type { Call } from '../call-state.js';
import { noFacts } from './adapter.js';
import { eventAnswer, jsonAnswer, refusalAnswer, type Answer } from './fetch-answer.js';
import { passThrough, type Body } from './pass-through.js';

/** Ends the spans of responses that were dropped before their body was read. */
const dropped = new FinalizationRegistry<Answer>((answer) => answer.leave());

/** Observes what `fetch` gives back. The caller gets the response `fetch` made. */
export function observeFetch(result: unknown, call: Call): unknown {
  if (!(result instanceof Promise)) {
    finishCall(call, noFacts());
    return result;
  }
  return result.then(
    (response: unknown) => {
      observeAnswer(response, call);
      return response;
    },
    (error: unknown) => {
      failCall(call, error);
      throw error;
    },
  );
}

/** Observes a response whose request was made elsewhere. */
export function observeAnswer(response: unknown, call: Call): void {
  try {
    // What a test double gives has a body only its maker knows how to read.
    if (response instanceof Response && response.body) observeResponse(response, answerTo(response, call));
    else finishCall(call, noFacts());
  } catch (error) {
    countError(call.engine, error);
    finishCall(call, noFacts());
  }
}

function answerTo({ ok, status, headers }: Response, call: Call): Answer {
  if (!ok) return refusalAnswer(call, status);
  const isEvents = headers.get('content-type')?.startsWith('text/event-stream') === true;
  return isEvents ? eventAnswer(call) : jsonAnswer(call);
}

/** Watches the ways a body can be read, on the object itself. */
function observeResponse(response: Response, answer: Answer): void {
  const { clone, json, text, arrayBuffer, bytes, blob, formData } = response;
  let seen: Body = null;
  const whole = (piece: string): void => {
    answer.push(piece);
    answer.end();
  };
  const observed = {
    json: reading(response, json, answer, (data) => answer.whole(data)),
    text: reading(response, text, answer, whole),
    arrayBuffer: reading(response, arrayBuffer, answer, (buffer) => whole(decode(buffer))),
    bytes: reading(response, bytes, answer, (array) => whole(decode(array))),
    blob: reading(response, blob, answer, () => answer.end()),
    formData: reading(response, formData, answer, () => answer.end()),
    clone: () => {
      const copy = clone.call(response);
      seen = null; // cloning has given the response another body
      return copy;
    },
  };
  for (const [name, value] of Object.entries(observed)) {
    Object.defineProperty(response, name, { value, configurable: true, writable: true });
  }
  const body = (): Body => (seen ??= passThrough(nativeBody(response), response, answer));
  Object.defineProperty(response, 'body', { get: body, configurable: true });
  dropped.register(response, answer);
}

/** The body as `fetch` made it, whatever the response shows. */
function nativeBody(response: Response): Body {
  return Reflect.get(Response.prototype, 'body', response) as Body; // the getter of the class itself
}

/** @returns the method, telling `note` what it read. A body that cannot be read (again) is the caller's own affair. */
function reading<T>(
  response: Response,
  read: () => Promise<T>,
  answer: Answer,
  note: (data: T) => void,
): () => Promise<T> {
  return () => {
    const isReadable = !response.bodyUsed && nativeBody(response)?.locked === false;
    const promise = read.call(response);
    if (!isReadable) return promise;
    return promise.then(
      (data) => {
        note(data);
        return data;
      },
      (error: unknown) => {
        answer.fail(error);
        throw error;
      },
    );
  };
}

function decode(bytes: ArrayBuffer | Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
