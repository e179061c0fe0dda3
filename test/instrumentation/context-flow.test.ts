import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import test from 'ava';
import { withArcContext } from '../../src/index.js';
import { createContextRig, type ContextRig } from './context-rig.js';

let on: ContextRig;
test.before(async () => {
  on = await createContextRig();
});
test.beforeEach(() => {
  context.disable();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
test.after.always(() => on.rig.close());

test.serial(
  'withArcContext: a call made after awaiting, in a callback or a timer still has the values',
  async (t) => {
    await withArcContext({ agent: 'late' }, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      await on.ask();
      await new Promise((resolve, reject) => {
        setTimeout(() => void on.ask().then(resolve, reject), 1);
      });
    });
    t.deepEqual(on.said(), [{ 'gen_ai.agent.name': 'late' }, { 'gen_ai.agent.name': 'late' }]);
  },
);

test.serial("withArcContext: a generator's body has the values of where it is iterated", async (t) => {
  async function* answers(): AsyncGenerator {
    yield await on.ask();
  }
  const made = withArcContext({ agent: 'maker' }, () => answers());
  for await (const _answer of made);
  await withArcContext({ agent: 'reader' }, async () => {
    for await (const _answer of answers());
  });
  t.deepEqual(on.said(), [{}, { 'gen_ai.agent.name': 'reader' }]);
});

/** Asks in many contexts at a time, each call nested and awaiting; what it said must be on its own span. */
async function askTogether(count: number): Promise<void> {
  const calls = Array.from({ length: count }, (_, seed) =>
    withArcContext({ conversation: `c-${seed}` }, async () => {
      await new Promise((resolve) => setTimeout(resolve, seed % 7));
      await withArcContext({ user: `u-${seed}` }, () => on.ask({ seed }));
    }),
  );
  await Promise.all(calls);
}

const managers = {
  "OpenTelemetry's context": () => undefined,
  'no context manager': () => context.disable(),
};

for (const [name, prepare] of Object.entries(managers)) {
  test.serial(`withArcContext: 1,000 calls at a time keep their values apart, with ${name}`, async (t) => {
    prepare();
    await askTogether(1_000);
    const spans = on.rig.spans();
    t.is(spans.length, 1_000);
    for (const { attributes } of spans) {
      const seed = String(attributes['gen_ai.request.seed']);
      t.is(attributes['gen_ai.conversation.id'], `c-${seed}`);
      t.is(attributes['user.id'], `u-${seed}`);
    }
  });
}

test.serial('withArcContext: values given before a context manager is registered are not lost', async (t) => {
  context.disable();
  await withArcContext({ agent: 'early', pipeline: 'start' }, async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    await on.ask();
    await withArcContext({ agent: 'later' }, () => on.ask());
  });
  t.deepEqual(on.said(), [
    { 'gen_ai.agent.name': 'early', 'arc.pipeline': 'start' },
    { 'gen_ai.agent.name': 'later', 'arc.pipeline': 'start' },
  ]);
});

test.serial(
  "withArcContext: the application's own context rules: bind keeps the values, the root drops them",
  async (t) => {
    const bound = withArcContext({ agent: 'bound' }, () => context.bind(context.active(), () => on.ask()));
    await bound();
    await withArcContext({ agent: 'dropped' }, () => context.with(ROOT_CONTEXT, () => on.ask()));
    t.deepEqual(on.said(), [{ 'gen_ai.agent.name': 'bound' }, {}]);
  },
);
