import { context, createContextKey, trace, type Context } from '@opentelemetry/api';
import { bothWays, endedSpans, partsOf, sdkTest } from '../../helpers/sdk-test.js';
import { converse, converseStream, onBedrock } from './bedrock-bench.js';

const { rig, server, client } = onBedrock();

/** The ways of `send()` that answer to a callback. Each gives what the caller sees. */
const ways: Readonly<Record<string, { readonly run: () => Promise<unknown> }>> = {
  'answer to a callback': {
    run: () =>
      new Promise((resolve) => void client().send(converse(), (...seen: unknown[]) => resolve(seen))),
  },
  'answer to a callback after options': {
    run: () =>
      new Promise((resolve) => {
        const returned: unknown = client().send(converse(), {}, (...seen: unknown[]) =>
          resolve([seen, returned]),
        );
      }),
  },
  'refusal to a callback': {
    run: () =>
      new Promise((resolve) => {
        void client().send(converse('missing'), (...seen: unknown[]) =>
          resolve([seen.length, (seen[0] as Error).name, (seen[0] as Error).message]),
        );
      }),
  },
  'stream to a callback': {
    run: () =>
      new Promise((resolve) => {
        void client().send(converseStream(), (_error: unknown, answer: { stream: AsyncIterable<unknown> }) =>
          resolve(partsOf(answer.stream)),
        );
      }),
  },
};
for (const [name, { run }] of Object.entries(ways)) {
  sdkTest(`bedrock callback: ${name} is the same with and without Arc, and has its span`, async (t) => {
    const { bare, under, spans } = await bothWays(rig(), run);
    t.deepEqual(under, bare);
    t.is(spans.length, 1);
    t.is(spans[0]?.attributes['error.type'] !== undefined, name.startsWith('refusal'));
  });
}

sdkTest('bedrock callback: it runs outside the call it answers, and is told once', async (t) => {
  const inCallback = createContextKey('in callback');
  let answers = 0;
  const active = await new Promise<Context>((resolve) => {
    context.with(context.active().setValue(inCallback, 'the caller'), () => {
      void client().send(converse(), () => {
        answers += 1;
        resolve(context.active());
        throw new Error('the AWS SDK keeps what a callback throws to itself');
      });
    });
  });
  t.is(active.getValue(inCallback), 'the caller');
  t.is(trace.getSpan(active), undefined);
  t.is((await endedSpans(rig())).length, 1);
  t.is(answers, 1);
});

sdkTest('bedrock callback: a request is repaired', async (t) => {
  rig().arc.registerPattern({
    pattern: { api: 'aws.bedrock.converse', 'inferenceConfig.temperature': 0.2 },
    fix: { 'inferenceConfig.temperature': 0.1 },
    id: 'test.callback',
  });
  await new Promise((resolve) => void client().send(converse(), resolve));
  t.is((server().requests.at(-1)?.body['inferenceConfig'] as { temperature: number }).temperature, 0.1);
  rig().arc.packs.put({ name: 'registered', version: '0', patterns: [] }, 'code');
});
