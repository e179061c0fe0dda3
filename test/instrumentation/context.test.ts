import test from 'ava';
import { expectTypeOf } from 'expect-type';
import { handOff, withArcContext, type ArcContext } from '../../src/index.js';
import { createContextRig, type ContextRig } from './context-rig.js';

const messages = [{ role: 'user' as const, content: 'Name a river.' }];
const whole: ArcContext = {
  agent: 'support',
  pipeline: 'refunds',
  conversation: 'c-1',
  user: 'u-1',
  tags: ['beta', 'eu'],
};

let on: ContextRig;
test.before(async () => {
  on = await createContextRig();
});
test.after.always(() => on.rig.close());

test.serial('withArcContext: every value is on the span of a call inside, and on none outside', async (t) => {
  await withArcContext(whole, () => on.ask());
  await on.ask();
  t.deepEqual(on.said(), [
    {
      'gen_ai.agent.name': 'support',
      'arc.pipeline': 'refunds',
      'gen_ai.conversation.id': 'c-1',
      'user.id': 'u-1',
      'arc.tags': ['beta', 'eu'],
    },
    {},
  ]);
});

test('withArcContext: gives back what the function returned or threw, by reference', async (t) => {
  const answer = { an: 'answer' };
  const failure = new Error('a failure');
  const promise = Promise.resolve(answer);
  t.is(
    withArcContext(whole, () => answer),
    answer,
  );
  t.is(
    withArcContext(whole, () => promise),
    promise,
  );
  const thrown = t.throws(() =>
    withArcContext(whole, () => {
      throw failure;
    }),
  );
  t.is(thrown, failure);
  t.is(await t.throwsAsync(withArcContext(whole, () => Promise.reject(failure))), failure);
});

test.serial('withArcContext: nested texts win, tags add up, and the outer values come back', async (t) => {
  await withArcContext(whole, async () => {
    await withArcContext({ agent: 'billing', conversation: undefined, tags: ['eu', 'retry'] }, () =>
      on.ask(),
    );
    await on.ask();
  });
  const [inner, outer] = on.said();
  t.deepEqual(inner, {
    'gen_ai.agent.name': 'billing',
    'arc.pipeline': 'refunds',
    'gen_ai.conversation.id': 'c-1',
    'user.id': 'u-1',
    'arc.tags': ['beta', 'eu', 'retry'],
  });
  t.like(outer, { 'gen_ai.agent.name': 'support', 'arc.tags': ['beta', 'eu'] });
});

const wrongs: readonly unknown[] = [
  undefined,
  null,
  'text',
  { agent: 7, conversation: '', user: null, tags: 'beta' },
];

for (const wrong of wrongs) {
  test.serial(
    `withArcContext: ${JSON.stringify(wrong)} adds nothing and the function still runs`,
    async (t) => {
      await withArcContext(wrong as ArcContext, () => on.ask()); // what a JavaScript program may pass
      t.deepEqual(on.said(), [{}]);
    },
  );
}

test.serial('withArcContext: a stream begun inside has the values, wherever it is read', async (t) => {
  const stream = await withArcContext({ conversation: 'streamed' }, () =>
    on.rig.openai().chat.completions.create({ model: 'gpt-4', messages, stream: true }),
  );
  await withArcContext({ conversation: 'another' }, async () => {
    for await (const _chunk of stream);
  });
  t.deepEqual(on.said(), [{ 'gen_ai.conversation.id': 'streamed' }]);
});

test.serial(
  "withArcContext: the application's conversation goes before the one a request names",
  async (t) => {
    const request = { model: 'gpt-4o', input: 'Name a river.', conversation: 'conv_1' };
    await on.rig.openai().responses.create(request);
    await withArcContext({ conversation: 'c-1' }, () => on.rig.openai().responses.create(request));
    t.deepEqual(on.said(), [{ 'gen_ai.conversation.id': 'conv_1' }, { 'gen_ai.conversation.id': 'c-1' }]);
  },
);

test.serial('patterns: may be limited to an agent, a pipeline or a tag', async (t) => {
  const scopes = {
    'context.agent': 'writer',
    'context.pipeline': 'blog',
    'context.tags': { contains: 'warm' },
  };
  for (const [field, condition] of Object.entries(scopes)) {
    on.rig.arc.registerPattern({
      id: `scoped.${field}`,
      pattern: { model: 'gpt-4o', [field]: condition },
      fix: { seed: 7 },
    });
  }
  const given: readonly ArcContext[] = [
    { agent: 'writer' },
    { pipeline: 'blog' },
    { tags: ['cold', 'warm'] },
  ];
  for (const values of given) await withArcContext(values, () => on.ask({ model: 'gpt-4o' }));
  await withArcContext({ agent: 'blog', pipeline: 'warm', tags: ['writer'] }, () =>
    on.ask({ model: 'gpt-4o' }),
  );
  await on.ask({ model: 'gpt-4o' });
  t.deepEqual(
    on.rig.spans().map(({ attributes }) => attributes['arc.pattern.id']),
    ['scoped.context.agent', 'scoped.context.pipeline', 'scoped.context.tags', undefined, undefined],
  );
  const seeds = on.rig.models.requests.slice(-5).map(({ body }) => (body as { seed?: number }).seed);
  t.deepEqual(seeds, [7, 7, 7, undefined, undefined]);
});

test('types: withArcContext returns what the function returns, and takes what may be undefined', (t) => {
  expectTypeOf(withArcContext({ conversation: undefined }, () => 1)).toEqualTypeOf<number>();
  expectTypeOf(withArcContext({}, async () => 'text')).toEqualTypeOf<Promise<string>>();
  expectTypeOf(handOff).returns.toEqualTypeOf<ArcContext>();
  t.pass();
});
