import { join } from 'node:path';
import test from 'ava';
import { ARC, GEN_AI } from '../../src/contract/names.js';
import { startModelServer } from '../../src/cli/demo/model-server.js';
import { nodeBinaries } from '../helpers/node-binaries.js';
import { startOtlpReceiver } from '../helpers/otlp-receiver.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { exampleEnv, runExample } from '../helpers/run-example.js';
import { runProgram } from '../helpers/spawn-program.js';

const REGISTER = ['--require', 'arc/otel-register'];
const TSX = join(REPO_ROOT, 'node_modules/tsx/dist/cli.mjs');
const HOT = 'examples/01-openai-commonjs/app.cjs';

for (const node of nodeBinaries()) {
  test(`01-openai-commonjs on ${node.name}: the temperature is repaired and the span says so`, async (t) => {
    const { result, models, receiver } = await runExample(t, {
      command: node.path,
      args: [...REGISTER, HOT],
    });
    t.like(result, { code: 0, stdout: 'A stand-in answer to "Name one river in France.".\n' }, result.stderr);
    t.like(models.requests[0]?.body, { model: 'gpt-4', temperature: 0.7 });
    const span = await receiver.waitFor('the span', ({ spans }) =>
      spans.find(({ name }) => name === 'chat gpt-4'),
    );
    t.like(span, { kind: 'CLIENT', status: 'UNSET' });
    t.like(span.attributes, {
      [GEN_AI.providerName]: 'openai',
      [GEN_AI.requestTemperature]: 0.7,
      [`${ARC.requestOriginalPrefix}temperature`]: 0.95,
      [ARC.decision]: 'fix',
      [ARC.patternId]: 'openai.gpt-4.high-temperature',
    });
    t.is(span.resource['service.name'], 'example');
  });

  test(`02-anthropic-esm on ${node.name}: a streamed ES module is repaired`, async (t) => {
    const args = [...REGISTER, 'examples/02-anthropic-esm/app.mjs'];
    const { result, models, receiver } = await runExample(t, { command: node.path, args });
    t.like(result, { code: 0, stdout: 'A stand-in answer to "Name one river in France.".\n' }, result.stderr);
    t.like(models.requests[0], { body: { temperature: 1, stream: true }, status: 200 });
    const span = await receiver.waitFor('the span', ({ spans }) => spans[0]);
    t.like(span.attributes, {
      [ARC.decision]: 'fix',
      [GEN_AI.requestTemperature]: 1,
      [GEN_AI.requestStream]: true,
    });
  });

  test(`03-typescript on ${node.name}: type stripping keeps the repair`, async (t) => {
    // From 22.18 on Node strips types without being asked.
    const strip = node.name === 'node22-floor' ? ['--experimental-strip-types', '--no-warnings'] : [];
    const args = [...REGISTER, ...strip, 'examples/03-typescript/app.ts'];
    const { result, models, receiver } = await runExample(t, { command: node.path, args });
    t.like(result, { code: 0, stdout: 'A stand-in answer to "Name one river in France.".\n' }, result.stderr);
    t.deepEqual(models.requests[0]?.body, {
      model: 'gpt-5-mini',
      max_completion_tokens: 2000,
      messages: [{ role: 'user', content: 'Name one river in France.' }],
    });
    const span = await receiver.waitFor('the span', ({ spans }) => spans[0]);
    t.is(span.attributes[ARC.decision], 'fix');
  });
}

test('01-openai-commonjs with ARC_DISABLE=1: the request goes out as written and nothing is exported', async (t) => {
  const { result, models, receiver } = await runExample(t, {
    args: [...REGISTER, HOT],
    env: { ARC_DISABLE: '1' },
  });
  t.is(result.code, 0, result.stderr);
  t.like(models.requests[0]?.body, { temperature: 0.95 });
  t.deepEqual(receiver.requests, []);
});

test('02-anthropic-esm without Arc: the provider refuses the request', async (t) => {
  const { result, models } = await runExample(t, { args: ['examples/02-anthropic-esm/app.mjs'] });
  t.is(result.code, 1);
  t.regex(result.stderr, /temperature: range: -1 or 0\.\.1/);
  t.is(models.requests[0]?.status, 400);
});

test('02-anthropic-esm with --import: the same', async (t) => {
  const args = ['--import', 'arc/otel-register', 'examples/02-anthropic-esm/app.mjs'];
  const { result, models } = await runExample(t, { args });
  t.is(result.code, 0, result.stderr);
  t.like(models.requests[0]?.body, { temperature: 1 });
});

test('03-typescript with tsx: the repair is the same', async (t) => {
  const { result, models, receiver } = await runExample(t, {
    args: [TSX, ...REGISTER, 'examples/03-typescript/app.ts'],
  });
  t.is(result.code, 0, result.stderr);
  t.like(models.requests[0]?.body, { max_completion_tokens: 2000 });
  await receiver.waitFor('the span', ({ spans }) => spans[0]);
});

test("04-existing-nodesdk: the span is a child of the application's, exported by its SDK", async (t) => {
  const models = await startModelServer();
  t.teardown(models.close);
  const receiver = await startOtlpReceiver(t);
  const { OTEL_SERVICE_NAME: _unset, ...env } = exampleEnv(models, receiver.httpUrl);
  const folder = './examples/04-existing-nodesdk';
  const args = ['--require', `${folder}/tracing.cjs`, `${folder}/app.cjs`];
  const result = await runProgram(t, { args, env });
  t.is(result.code, 0, result.stderr);
  t.like(models.requests[0]?.body, { temperature: 0.7 });
  const own = await receiver.waitFor('both spans', ({ spans }) => spans.find(({ scope }) => scope === 'app'));
  const call = await receiver.waitFor('both spans', ({ spans }) =>
    spans.find(({ scope }) => scope === 'arc'),
  );
  t.is(call.parentSpanId, own.spanId);
  t.is(call.resource['service.name'], 'existing-service');
});

test('05-wrap-client: one client is repaired without a flag', async (t) => {
  const { result, models } = await runExample(t, { args: ['examples/05-wrap-client/app.mjs'] });
  t.is(result.code, 0, result.stderr);
  t.like(models.requests[0]?.body, { model: 'gpt-4o-mini', temperature: 0.7 });
});

test('06-own-pattern-file: only the request that fits the file is changed', async (t) => {
  const { result, models, receiver } = await runExample(t, {
    args: [...REGISTER, 'examples/06-own-pattern-file/app.mjs'],
    env: { ARC_PACKS: 'examples/06-own-pattern-file/patterns.yaml' },
  });
  t.is(result.code, 0, result.stderr);
  const [summary, question] = models.requests.map(({ body }) => body);
  t.like(summary, { model: 'gpt-4o-mini', max_tokens: 400 });
  t.deepEqual(question, {
    model: 'gpt-4o',
    messages: [{ role: 'user', content: 'Name one river in France.' }],
  });
  const decisions = await receiver.waitFor('two spans', ({ spans }) => spans.length === 2 && spans);
  t.deepEqual(decisions.map(({ attributes }) => attributes[ARC.decision]).toSorted(), ['fix', 'pass']);
});
