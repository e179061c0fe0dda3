import type { default as OpenAI } from 'openai';
import { createModelStub, type ModelOptions, type ModelStub, type requestOf } from './model-stub.js';

/** The parameters of a call. */
export type Request = ReturnType<ReturnType<typeof requestOf>>;

/** What a process other than the contestant's own has used for it. */
export interface Usage {
  /** Processor time since it started, in microseconds. */
  readonly cpu: number;
  /** Resident memory, in bytes. */
  readonly resident: number;
}

/** A process made ready for calls. */
export interface Ready {
  readonly model: ModelStub;
  /** One call, its answer read to the end. */
  call(params: Request): Promise<unknown>;
  /** One streamed call, read to the end; returns the number of chunks. */
  stream(params: Request): Promise<number>;
  /** Exports what is waiting. */
  readonly flush: () => Promise<void>;
  /** Spans of model calls that were thrown away after export. */
  readonly spans: () => number;
  /** What a process beside this one has used, when there is one. */
  beside?(): Promise<Usage>;
}

/** The chunks of a streamed answer. */
export type Chunks = AsyncIterable<OpenAI.Chat.ChatCompletionChunk>;

/** The client with nothing around it. */
export function bare(options: ModelOptions): Ready {
  return fromModel(createModelStub(options));
}

/** Calls through a client, which may be wrapped. */
export function fromModel(model: ModelStub): Ready {
  const { completions } = model.client.chat;
  return {
    model,
    call: async (params) => completions.create(params),
    stream: async (params) => readAll(await completions.create({ ...params, stream: true })),
    flush: () => Promise.resolve(),
    spans: () => 0,
  };
}

/** Reads a stream to its end, hands over its last chunk, and returns how many there were. */
export async function readAll(
  chunks: Chunks,
  finish?: (last: OpenAI.Chat.ChatCompletionChunk) => void,
): Promise<number> {
  let count = 0;
  let last: OpenAI.Chat.ChatCompletionChunk | undefined;
  for await (const chunk of chunks) {
    count += 1;
    last = chunk;
  }
  if (finish && last) finish(last);
  return count;
}
