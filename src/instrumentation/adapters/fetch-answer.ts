// HOT: runs on every LLM call made through fetch. Benchmark: npm run bench -- call
import { countError, failCall, finishCall } from '../call.js';
import type { Call } from '../call-state.js';
import { endOfStream, noteChunk, watchStream } from '../stream.js';
import { noFacts } from './adapter.js';
import { isRecord, record, text, type UnknownRecord } from './shape.js';

/** Reads an answer as its text goes by and ends the call with it. No method throws. */
export interface Answer {
  /** The next piece of the body. */
  push(piece: string): void;
  /** The body is complete. */
  end(): void;
  /** The whole body, already parsed. */
  whole(data: unknown): void;
  /** Reading failed. */
  fail(error: unknown): void;
  /** Nobody will read the rest. */
  leave(): void;
}

/** Longest answer, or line of a stream, that is kept to be read, in characters; longer ones go by unread. */
const MAX_LENGTH = 8_388_608;

/** An answer that is one JSON document. */
export function jsonAnswer(call: Call): Answer {
  let kept = '';
  let tooLong = false;
  const whole = (data: unknown): void => guarded(call, () => finishCall(call, call.target.response(data)));
  return {
    push(piece) {
      tooLong ||= kept.length + piece.length > MAX_LENGTH;
      kept = tooLong ? '' : kept + piece;
    },
    end() {
      const data = parse(kept);
      if (data === undefined) finishCall(call, noFacts());
      else whole(data);
    },
    whole,
    fail: (error) => failCall(call, error),
    leave: () => finishCall(call, { ...noFacts(), finishReasons: ['error'] }),
  };
}

/** An answer as server-sent events, each with one JSON document on one line, as the providers send them. */
export function eventAnswer(call: Call): Answer {
  const watch = watchStream(call);
  let rest = '';
  const event = (data: UnknownRecord): void => {
    noteChunk(watch, data);
    const failure = failureIn(data);
    if (failure) failCall(call, new Error(failure.message), failure.type);
  };
  return {
    push(piece) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MAX_LENGTH) rest = '';
      for (const line of lines) {
        const data = line.startsWith('data:') ? parse(line.slice(5)) : undefined;
        if (isRecord(data)) event(data);
      }
    },
    end: () => endOfStream(watch),
    whole: () => endOfStream(watch),
    fail: (error) => failCall(call, error),
    leave: () => {
      endOfStream(watch);
    },
  };
}

/** An answer that refuses: the call has failed, and the body says why. */
export function refusalAnswer(call: Call, status: number): Answer {
  let kept = '';
  const fail = (data: unknown): void => {
    const body = record(data);
    const message = text(record(body['error'])['message']) ?? text(body['message']);
    const words = message === undefined ? String(status) : `${status} ${message}`;
    failCall(call, Object.assign(new Error(words), { status }), String(status));
  };
  const end = (): void => fail(parse(kept));
  return {
    push(piece) {
      if (kept.length + piece.length <= MAX_LENGTH) kept += piece;
    },
    end,
    whole: fail,
    fail: end,
    leave: end,
  };
}

/** Providers that fail in the middle of a stream say so in an event. */
function failureIn(data: UnknownRecord): { readonly type: string; readonly message: string } | undefined {
  const { error } = data;
  if (!isRecord(error) && data['type'] !== 'error') return undefined;
  const told = isRecord(error) ? error : data;
  const type = text(told['type']);
  return {
    type: (type === 'error' ? text(told['code']) : type) ?? '_OTHER',
    message: text(told['message']) ?? 'the provider failed in the middle of the stream',
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

function guarded(call: Call, step: () => void): void {
  try {
    step();
  } catch (error) {
    countError(call.engine, error);
    finishCall(call, noFacts());
  }
}
