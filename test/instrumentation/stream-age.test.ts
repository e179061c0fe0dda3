import { AsyncLocalStorage } from 'node:async_hooks';
import test from 'ava';
import { forgetStream, trackStream } from '../../src/instrumentation/stream-age.js';
import { createRig, type Rig } from '../helpers/rig.js';
import { waitUntil } from '../helpers/wait-until.js';

let rig: Rig;
test.before(async () => {
  rig = await createRig({ builtinPack: false, maxStreamAgeMs: 200 });
});
test.after.always(() => rig.close());

test.serial('maxStreamAgeMs: the span of an old stream ends as an error, the stream goes on', async (t) => {
  const stream = await rig.openai().chat.completions.create({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: 'Name a river.' }],
    stream: true,
  });
  const iterator = stream[Symbol.asyncIterator]();
  await iterator.next();
  const [span] = await waitUntil('the span to end', () => {
    const seen = rig.spans();
    return seen.length > 0 && seen;
  });
  t.deepEqual(span?.attributes['gen_ai.response.finish_reasons'], ['error']);
  t.true((span?.attributes['gen_ai.response.time_to_first_chunk'] as number) > 0);

  let text = '';
  for (let step = await iterator.next(); step.done !== true; step = await iterator.next()) {
    text += step.value.choices[0]?.delta.content ?? '';
  }
  t.true(text.length > 0);
  t.deepEqual(rig.spans(), []);
});

test.serial('trackStream: streams end in the order of their limits, and each once', async (t) => {
  const ended: string[] = [];
  const stream = (name: string, inMs: number) => ({
    until: performance.now() + inMs,
    expire: () => ended.push(name),
  });
  const forgotten = stream('forgotten', 30);
  trackStream(stream('late', 120));
  trackStream(forgotten);
  trackStream(stream('early', 40));
  forgetStream(forgotten);
  await waitUntil('all to end', () => ended.length === 2);
  t.deepEqual(ended, ['early', 'late']);
});

test.serial('trackStream: the timer holds no context of the application', async (t) => {
  const storage = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  storage.run('a request', () => {
    trackStream({
      until: performance.now() + 30,
      expire: () => {
        seen.push(storage.getStore());
      },
    });
  });
  await waitUntil('the stream to expire', () => seen.length > 0);
  t.deepEqual(seen, [undefined]);
});
