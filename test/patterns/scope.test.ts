import test from 'ava';
import type { PackDefinition, PatternShorthand } from '../../src/contract/pattern.js';
import { createFacts } from '../../src/patterns/facts.js';
import { buildImage } from '../../src/patterns/image/build-image.js';
import { checkImage } from '../../src/patterns/image/check-image.js';
import { accessOf } from '../../src/patterns/index/access.js';
import { createPackHolder } from '../../src/patterns/pack-holder.js';
import { parsePack, serializePack } from '../../src/patterns/parse-pack.js';
import { definePattern } from '../../src/patterns/shorthand.js';
import { anthropicRequest, openaiRequest } from './requests.js';

function packOf(
  name: string,
  version: number,
  scope: NonNullable<PatternShorthand['scope']>,
): PackDefinition {
  const pattern = definePattern({ id: 'a', scope, pattern: { model: 'm' }, fix: { n: version } });
  return { name, version: '1', patterns: [{ ...pattern, version }] };
}

test('scope: a pattern that is not for this place does not hide one of its id that is', (t) => {
  const holder = createPackHolder({ place: { service: 'cart', environment: 'production' } });
  holder.put(packOf('one', 1, { service: 'cart' }), 'file');
  holder.put(packOf('two', 2, { service: ['checkout', 'search'] }), 'file');
  holder.put(packOf('three', 3, { service: 'cart', environment: 'staging' }), 'file');
  t.is(holder.find('a')?.version, 1);
  t.deepEqual(holder.conflicts(), []);
  t.is(holder.matcher().size, 1);
  t.is(holder.packs().length, 3);
});

test('scope: a process that names no environment is in none', (t) => {
  const holder = createPackHolder({ place: { service: 'cart' } });
  holder.put(packOf('one', 1, { environment: 'production' }), 'file');
  t.is(holder.find('a'), undefined);
});

test('scope: provider and api narrow what the match leaves open', (t) => {
  const holder = createPackHolder();
  holder.put(packOf('one', 1, { api: 'openai.chat.completions', provider: ['openai', 'groq'] }), 'file');
  const found = (view: Parameters<typeof createFacts>[0]) =>
    holder.matcher().match(createFacts(view), 0).length;
  t.is(found(openaiRequest({ model: 'm' })), 1);
  t.is(found(openaiRequest({ model: 'm' }, 'groq')), 1);
  t.is(found(openaiRequest({ model: 'm' }, 'azure.ai.openai')), 0);
  t.is(found(anthropicRequest({ model: 'm' }, 'openai')), 0);
});

test('scope: the agent is the one the application names', (t) => {
  const holder = createPackHolder();
  holder.put(packOf('one', 1, { agent: 'triage' }), 'file');
  const found = (agent?: string) =>
    holder.matcher().match(createFacts({ ...openaiRequest({ model: 'm' }), context: { agent } }), 0).length;
  t.deepEqual([found('triage'), found('billing'), found()], [1, 0, 0]);
});

test('scope: parameters are those of the APIs in scope', (t) => {
  const text = (body: string) => `id: a\nscope: { api: anthropic.messages }\n${body}`;
  t.notThrows(() => parsePack(text('match: { thinking.type: enabled }\nfix: [{ unset: [thinking] }]'), 'f'));
  t.throws(() => parsePack(text('match: { seed: 1 }\nfix: [{ unset: [seed] }]'), 'f'), {
    message: /f:3:10 match\.seed: unknown field "seed".*Accepted for anthropic\.messages:/,
  });
});

test('scope: a text and a list of one are the same pack', (t) => {
  const text = (service: string) =>
    `pack: p\npatterns: [{ id: a, scope: { service: ${service} }, match: { model: m }, fix: [{ set: { n: 1 } }] }]`;
  const [short, long] = [parsePack(text('cart'), 'f'), parsePack(text('[cart, cart]'), 'f')];
  t.deepEqual(short.patterns[0]?.scope, { service: ['cart'] });
  t.is(serializePack(short), serializePack(long));
  t.deepEqual(parsePack(serializePack(short), 'f'), short);
});

test('scope: of a compiled pack too, what is not for this place does not run, is not found and counts as the pack has it', (t) => {
  const holder = createPackHolder({ place: { service: 'cart', environment: 'production' } });
  const scopes = [{ service: 'cart' }, { service: 'search' }, { environment: ['staging'] }, { agent: 'x' }];
  const patterns = scopes.map((scope, index) =>
    definePattern({ id: `p${index}`, scope, pattern: { model: 'm' }, fix: { n: index } }),
  );
  const image = checkImage(buildImage(patterns, { name: 'p', version: '1', hash: '' }).bytes);
  t.is(holder.putImage(image, 'file').patterns, 4);
  t.deepEqual(
    [...holder.definitions()].map(({ id }) => id),
    ['p0', 'p3'],
  );
  t.deepEqual([holder.find('p0')?.id, holder.find('p1'), holder.find('p2')], ['p0', undefined, undefined]);
  t.is(holder.matcher().size, 2);
});

test('scope: what it asks of requests is an access path', (t) => {
  t.deepEqual(accessOf({ model: 'm' }, { api: ['a', 'b'], agent: ['x'], service: ['s'] }), [
    {
      kind: 'key',
      equalities: [
        { field: 'api', value: 'a' },
        { field: 'context.agent', value: 'x' },
        { field: 'model', value: 'm' },
      ],
    },
    {
      kind: 'key',
      equalities: [
        { field: 'api', value: 'b' },
        { field: 'context.agent', value: 'x' },
        { field: 'model', value: 'm' },
      ],
    },
  ]);
});
