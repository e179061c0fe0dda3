import { setImmediate } from 'node:timers/promises';
import { context, createContextKey, trace } from '@opentelemetry/api';
import type { ExecutionContext } from 'ava';
import { endedSpans, outcomeOf, partsOf, sdkTest } from '../../helpers/sdk-test.js';
import { converse, converseStream, onBedrock, type Command } from '../adapters/bedrock-bench.js';

const { rig, server, client } = onBedrock();

/** What a callback was told, with its `this`; it must be told once. */
async function told(
  t: ExecutionContext,
  command: Command,
  options?: object,
): Promise<{ readonly given: readonly unknown[]; readonly self: unknown }> {
  let times = 0;
  const seen = await new Promise<{ given: readonly unknown[]; self: unknown }>((resolve) => {
    function callback(this: unknown, ...given: unknown[]): void {
      times += 1;
      resolve({ given, self: this });
    }
    void (options ? client().send(command, options, callback) : client().send(command, callback));
  });
  await setImmediate();
  t.is(times, 1);
  return seen;
}

const topPs = (since: number): readonly unknown[] =>
  server()
    .requests.slice(since)
    .map(({ body }) => (body['inferenceConfig'] as { topP?: number }).topP);

function heals(rule: boolean): void {
  rig().arc.setConfig({ builtinPack: false, heal: rule });
}

sdkTest(
  'heal by callback: told once, of the second answer, in one span; the next leaves repaired',
  async (t) => {
    heals(true);
    const since = server().requests.length;
    const { given, self } = await told(t, converse('plain-1'));
    t.deepEqual([given[0], (given[1] as { stopReason: string }).stopReason], [null, 'end_turn']);
    t.is(self, undefined);
    const [span, ...others] = await endedSpans(rig());
    t.deepEqual(others, []);
    t.is(span?.status.code, 0);
    t.is(span?.attributes['gen_ai.usage.output_tokens'], 3);
    t.like(span?.events.find(({ name }) => name === 'arc.heal')?.attributes, {
      'arc.heal.outcome': 'healed',
      'arc.heal.status': 400,
    });
    await told(t, converse('plain-1'), {});
    t.deepEqual(topPs(since), [0.9, undefined, undefined]);
  },
);

sdkTest('heal by callback: a stream', async (t) => {
  heals(true);
  const since = server().requests.length;
  const { given } = await told(t, converseStream('plain-2'));
  const parts = await partsOf((given[1] as { stream: AsyncIterable<unknown> }).stream);
  t.true(parts.length > 2);
  t.deepEqual(topPs(since), [0.9, undefined]);
});

sdkTest('heal by callback: refused twice, it is told the first error as without Arc', async (t) => {
  heals(false);
  const bare = await told(t, converse('stubborn-1'));
  heals(true);
  const since = server().requests.length;
  const under = await told(t, converse('stubborn-1'));
  t.deepEqual(topPs(since), [0.9, undefined]);
  t.is(under.given.length, bare.given.length);
  t.is(under.self, bare.self);
  t.deepEqual(
    await outcomeOf(Promise.reject(under.given[0] as Error)),
    await outcomeOf(Promise.reject(bare.given[0] as Error)),
  );
  await told(t, converse('stubborn-1'));
  t.is(topPs(since).length, 3, 'what did not help is not tried again');
});

sdkTest('heal by callback: nothing where there is no remedy, or the caller has given up', async (t) => {
  heals(true);
  const since = server().requests.length;
  t.is(((await told(t, converse('missing-1'))).given[0] as Error).name, 'ValidationException');
  t.is(((await told(t, converse('busy-1'))).given[0] as Error).name, 'ThrottlingException');
  t.is(topPs(since).length, 2);
  const aborted = await told(t, converse('plain-3'), { abortSignal: AbortSignal.abort() });
  t.is((aborted.given[0] as Error).name, 'AbortError');
  t.false(topPs(since).slice(2).includes(undefined), 'no second attempt');
});

sdkTest('heal by callback: it runs outside the call it answers', async (t) => {
  heals(true);
  const key = createContextKey('of the caller');
  const active = await new Promise<ReturnType<typeof context.active>>((resolve) => {
    context.with(context.active().setValue(key, 'the caller'), () => {
      void client().send(converse('plain-4'), () => resolve(context.active()));
    });
  });
  t.is(active.getValue(key), 'the caller');
  t.is(trace.getSpan(active), undefined);
});
