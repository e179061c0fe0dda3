import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { startModelServer, type ModelServer } from '../../src/cli/demo/model-server.js';
import { ARC, GEN_AI } from '../../src/contract/names.js';
import { startOtlpReceiver, type OtlpReceiver } from '../helpers/otlp-receiver.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { exampleEnv } from '../helpers/run-example.js';
import { spawnProgram, type Program } from '../helpers/spawn-program.js';

/** Requests under way at a time. */
const LOAD = 200;
/** Where the frameworks are that Arc's own install does not bring; `require` looks there last. */
const FRAMEWORKS = join(REPO_ROOT, 'test', 'frameworks', 'node_modules');

interface Example {
  readonly folder: string;
  readonly program: readonly string[];
  /** The framework, if it comes from {@link FRAMEWORKS}. */
  readonly needs?: string;
  /** What of the sent request shows the repair. */
  readonly repaired: Readonly<Record<string, unknown>>;
}

const EXAMPLES: readonly Example[] = [
  {
    folder: '08-express',
    program: ['--require', 'arc/otel-register', 'examples/08-express/app.cjs'],
    needs: 'express',
    repaired: { model: 'gpt-4', temperature: 0.7 },
  },
  {
    folder: '09-fastify',
    program: ['--require', 'arc/otel-register', 'examples/09-fastify/app.cjs'],
    needs: 'fastify',
    repaired: { model: 'claude-sonnet-4-6', temperature: 1 },
  },
  {
    folder: '10-hono',
    program: ['--import', 'arc/otel-register', 'examples/10-hono/app.mjs'],
    repaired: { model: 'gpt-5-mini', max_completion_tokens: 2000, stream: true },
  },
];

/** A server of the examples under Arc, with a model server and a receiver for its spans. */
interface Running {
  readonly url: string;
  readonly server: Program;
  readonly models: ModelServer;
  readonly receiver: OtlpReceiver;
}

async function start(t: ExecutionContext, { program }: Example): Promise<Running> {
  const models = await startModelServer();
  t.teardown(models.close);
  const receiver = await startOtlpReceiver(t);
  const env = {
    ...exampleEnv(models, receiver.grpcUrl),
    NODE_PATH: FRAMEWORKS,
    PORT: '0',
    OTEL_BSP_SCHEDULE_DELAY: '100',
    // Spans are counted, so the end waits for the last of them, however busy the machine.
    ARC_FLUSH_TIMEOUT_MS: '30000',
    // What was asked is the one thing by which a span can be told from the others.
    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true',
  };
  const server = spawnProgram(t, { args: program, env });
  const [, url = ''] = await server.waitForLine(/listening on (http:\S+)/);
  return { url, server, models, receiver };
}

function ask(url: string, question: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  const type = { 'content-type': 'application/json' };
  return fetch(`${url}/ask`, {
    method: 'POST',
    headers: { ...type, ...headers },
    body: JSON.stringify({ question }),
  });
}

/** Waits as long as no other, so that the answers come in another order than the questions. */
const questionOf = (index: number): string => `I am c-${index}. [model-server delay=${(index * 37) % 101}]`;

/** The text of an answer, whether it came as JSON or as a stream of text. */
async function answerOf(response: Response): Promise<string> {
  const body = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return isJson ? (JSON.parse(body) as { answer: string }).answer : body;
}

/** A test, or a skipped one where a framework is not installed. */
function testOf({ needs }: Example): typeof test.serial | typeof test.serial.skip {
  if (needs === undefined || existsSync(join(FRAMEWORKS, needs))) return test.serial;
  console.warn(
    `${needs} is not installed; \`npm ci --prefix test/frameworks\` installs it. Not tested with it.`,
  );
  return test.serial.skip;
}

for (const example of EXAMPLES) {
  const testHere = testOf(example);

  testHere(`${example.folder}: ${LOAD} requests at a time, each span in its own conversation`, async (t) => {
    const { url, server, models, receiver } = await start(t, example);
    const indexes = Array.from({ length: LOAD }, (_, index) => index);
    const answers = await Promise.all(
      indexes.map(async (index) =>
        answerOf(await ask(url, questionOf(index), { 'x-conversation': `c-${index}` })),
      ),
    );
    t.deepEqual(
      answers,
      indexes.map((index) => `A stand-in answer to "${questionOf(index)}".`),
    );

    const { signal, stderr } = await server.kill('SIGTERM');
    t.is(signal, 'SIGTERM');
    t.is(stderr, '');
    t.is(models.requests.length, LOAD);
    for (const { body } of models.requests) t.like(body, example.repaired);

    const spans = await receiver.waitFor('every span', (seen) => {
      const calls = seen.spans.filter(({ scope }) => scope === 'arc');
      return calls.length >= LOAD && calls;
    });
    const asked = spans.map(({ attributes }) => {
      const [, conversation] = /I am (c-\d+)\./.exec(String(attributes[GEN_AI.inputMessages])) ?? [];
      t.is(attributes[GEN_AI.conversationId], conversation);
      t.is(attributes[GEN_AI.agentName], 'answerer');
      t.is(attributes[ARC.pipeline], 'support');
      t.is(attributes[ARC.decision], 'fix');
      return conversation;
    });
    t.is(asked.length, LOAD);
    t.is(new Set(asked).size, LOAD);
  });

  testHere(`${example.folder}: a request that names no conversation has none`, async (t) => {
    const { url, server, receiver } = await start(t, example);
    await (await ask(url, 'I am first.', { 'x-conversation': 'c-first' })).text();
    await (await ask(url, 'I am second.', {})).text();
    await server.kill();
    const spans = await receiver.waitFor('both spans', (seen) => {
      const calls = seen.spans.filter(({ scope }) => scope === 'arc');
      return calls.length === 2 && calls;
    });
    t.deepEqual(
      spans.map(({ attributes }) => attributes[GEN_AI.conversationId]),
      ['c-first', undefined],
    );
  });
}

const [express] = EXAMPLES;
if (express) {
  testOf(express)("08-express: a traceparent header makes the call part of the caller's trace", async (t) => {
    const { url, server, receiver } = await start(t, express);
    const traceId = randomBytes(16).toString('hex');
    const callerSpanId = randomBytes(8).toString('hex');
    const response = await ask(url, 'I am called.', { traceparent: `00-${traceId}-${callerSpanId}-01` });
    t.is(response.status, 200);
    await response.text();
    await server.kill();
    const [request, call] = await receiver.waitFor('both spans', ({ spans }) => {
      const found = ['support-desk', 'arc'].map((scope) => spans.find((span) => span.scope === scope));
      return found.every((span) => span !== undefined) && found;
    });
    t.like(request, { name: 'POST /ask', kind: 'SERVER', traceId, parentSpanId: callerSpanId });
    t.like(call, { kind: 'CLIENT', traceId, parentSpanId: request?.spanId });
  });
}

const hono = EXAMPLES[2];
if (hono) {
  testOf(hono)('10-hono: a reader who goes away ends the request to the model, and its span', async (t) => {
    const { url, models, receiver } = await start(t, hono);
    const response = await ask(url, '[model-server stream=endless]', { 'x-conversation': 'c-gone' });
    const reader = response.body?.getReader();
    t.true((await reader?.read())?.value !== undefined);
    await reader?.cancel();
    await receiver.waitFor('the model server to see the end', () => models.requests[0]?.aborted);
    const span = await receiver.waitFor('the span', ({ spans }) => spans[0]);
    t.is(span.attributes[GEN_AI.conversationId], 'c-gone');
    t.deepEqual(span.attributes[GEN_AI.responseFinishReasons], ['error']);
  });
}
