import { outcomeOf, partsOf } from '../../helpers/sdk-test.js';
import { mistralParams, texts, type Event, type MistralClient } from './mistral-client.js';
import type { Way } from './own-protocol-suite.js';

const stream = (mistral: MistralClient) => mistral.chat.stream(mistralParams());

/** Every way to read a stream that is a `ReadableStream`. */
export const mistralStreamWays: Readonly<Record<string, Way<MistralClient>>> = {
  'class of the promise and of the stream': {
    run: async (mistral) => {
      const promise = stream(mistral);
      const made = await promise;
      await partsOf(made);
      return [promise.constructor.name, made.constructor.name, made instanceof ReadableStream, made.locked];
    },
  },
  'a stream by for-await': { run: async (mistral) => texts(await partsOf(await stream(mistral))) },
  'a stream by values()': {
    run: async (mistral) => texts(await partsOf((await stream(mistral)).values())),
  },
  'a stream by getReader()': {
    run: async (mistral) => {
      const made = await stream(mistral);
      const parts = texts(await drain(made));
      return [parts, made.locked, await outcomeOf(partsOf(made))];
    },
  },
  'a stream by two readers, one after the other': {
    run: async (mistral) => {
      const made = await stream(mistral);
      const reader = made.getReader();
      const { value } = await reader.read();
      reader.releaseLock();
      return texts([value, ...(await drain(made))]);
    },
  },
  'a stream by tee()': {
    run: async (mistral) => {
      const branches = (await stream(mistral)).tee();
      const [left, right] = await Promise.all(branches.map(partsOf));
      return [texts(left ?? []), texts(right ?? [])];
    },
  },
  'a stream by tee(), one branch after the other is split again': {
    run: async (mistral) => {
      const [first, second] = (await stream(mistral)).tee();
      const left = await partsOf(first);
      return [texts(left), await Promise.all(second.tee().map(async (part) => texts(await drain(part))))];
    },
  },
  'a stream by tee(), one branch cancelled': {
    run: async (mistral) => {
      const [first, second] = (await stream(mistral)).tee();
      void first.cancel('enough');
      return texts(await partsOf(second));
    },
  },
  'a stream by pipeThrough()': {
    run: async (mistral) => {
      const names = new TransformStream<Event, unknown>({
        transform: ({ data }, controller) => controller.enqueue(data.choices[0]?.delta.content),
      });
      return partsOf((await stream(mistral)).pipeThrough(names));
    },
  },
  'a stream by pipeTo()': {
    run: async (mistral) => {
      const made = await stream(mistral);
      const parts: unknown[] = [];
      const done = made.pipeTo(new WritableStream({ write: (part) => void parts.push(part) }));
      const { locked } = made;
      return [await done, locked, made.locked, texts(parts)];
    },
  },
  'a pipe whose end breaks': {
    run: async (mistral) => {
      const write = () => Promise.reject(new RangeError('full'));
      return outcomeOf((await stream(mistral)).pipeTo(new WritableStream({ write })));
    },
    tokens: false,
  },
  'a stream in use, asked for in every way': {
    run: async (mistral) => {
      const made = await stream(mistral);
      const reader = made.getReader();
      const { writable } = new TransformStream<unknown, unknown>();
      const complaints = [
        await outcomeOf(made.cancel()),
        await outcomeOf(made.pipeTo(writable)),
        await outcomeOf(called(() => made.getReader())),
        await outcomeOf(called(() => made.tee())),
        await outcomeOf(called(() => made.pipeThrough(new TransformStream()))),
      ];
      await reader.read();
      await reader.cancel('enough');
      return complaints;
    },
    tokens: false,
  },
  cancel: {
    run: async (mistral) => [await (await stream(mistral)).cancel('enough')],
    tokens: false,
  },
  'values() that leaves the stream open': {
    run: async (mistral) => {
      const made = await stream(mistral);
      for await (const _event of made.values({ preventCancel: true })) break;
      return texts(await partsOf(made));
    },
  },
};

/** Reads to the end by hand. */
async function drain(source: ReadableStream<unknown>): Promise<readonly unknown[]> {
  const reader = source.getReader();
  const parts: unknown[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts;
    parts.push(value);
  }
}

/** A complaint thrown at once, as a rejection. */
async function called(call: () => unknown): Promise<unknown> {
  return call();
}
