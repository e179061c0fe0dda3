import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import test from 'ava';
import { REPO_ROOT } from '../../helpers/repo-root.js';
import { createRig, type Rig } from '../../helpers/rig.js';
import { bothWays, outcomeOf, partsOf } from '../../helpers/sdk-test.js';

/** The part of releases before 1.0 that is used here. */
interface Client {
  readonly completions: { create(params: object): Promise<unknown> };
}
interface Exports {
  readonly Anthropic: new (options: object) => Client;
}

const VERSIONS = join(REPO_ROOT, 'test', 'sdks', 'versions');
/** What `NativeSpans` is about: spans of the SDK, with the provider the application registered. */
const others = new InMemorySpanExporter();
const completion = { model: 'claude-2.1', prompt: '\n\nHuman: Hi\n\nAssistant:', max_tokens_to_sample: 64 };

let rig: Rig;
let sent: readonly unknown[] = [];
test.before(async () => {
  const spanProcessors = [new SimpleSpanProcessor({ exporter: others })];
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors }));
  rig = await createRig({ builtinPack: false });
  rig.arc.registerPattern({
    id: 'test.limit',
    pattern: { api: 'anthropic.completions', max_tokens_to_sample: 63 },
    fix: { max_tokens_to_sample: 64 },
  });
});
test.after.always(() => rig.close());

const piece = (text: string, reason: string | null): object => ({
  type: 'completion',
  id: 'compl_1',
  completion: text,
  stop_reason: reason,
  model: 'claude-2.1',
});

/** Answers as `POST /v1/complete` does. */
const answer: typeof fetch = async (_url, init) => {
  const body = JSON.parse(String(init?.body)) as { readonly model: string; readonly stream?: boolean };
  sent = [...sent, body];
  await Promise.resolve();
  if (body.model === 'missing') {
    const error = { type: 'error', error: { type: 'not_found_error', message: 'model: missing' } };
    return Response.json(error, { status: 404 });
  }
  if (!body.stream) return Response.json(piece('Hello', 'stop_sequence'));
  const events = [piece('Hel', null), piece('lo', 'stop_sequence')];
  const lines = events.map((data) => `event: completion\ndata: ${JSON.stringify(data)}\n\n`);
  return new Response(lines.join(''), { headers: { 'content-type': 'text/event-stream' } });
};

for (const folder of ['anthropic030', 'anthropic060', 'anthropic0']) {
  const here = existsSync(join(VERSIONS, folder));
  const when = here ? test.serial : test.serial.skip;
  const client = (): Client => {
    const load = createRequire(join(VERSIONS, folder, 'program.js'));
    const { Anthropic } = load('@anthropic-ai/sdk') as Exports;
    return new Anthropic({ apiKey: 'none', maxRetries: 0, fetch: answer });
  };
  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    'a completion': async () => client().completions.create(completion),
    'a stream': async () =>
      partsOf((await client().completions.create({ ...completion, stream: true })) as AsyncIterable<unknown>),
    'a refusal': () => outcomeOf(client().completions.create({ ...completion, model: 'missing' })),
  };

  for (const [name, run] of Object.entries(ways)) {
    when(`${folder} completions: ${name} is the same with and without Arc, and has one span`, async (t) => {
      sent = [];
      client(); // loaded under Arc
      const { bare, under, spans } = await bothWays(rig, run);
      t.deepEqual(under, bare);
      t.deepEqual(sent.slice(1), sent.slice(0, 1));
      t.is(spans.length, 1);
      const own = others.getFinishedSpans().filter(({ name: made }) => made.startsWith('anthropic.'));
      others.reset();
      t.is(own.length, folder === 'anthropic0' ? 1 : 0, 'its own only without Arc');
    });
  }

  when(`${folder} completions: the span says what was asked and answered`, async (t) => {
    rig.spans();
    await client().completions.create({ ...completion, max_tokens_to_sample: 63, temperature: 0.5 });
    const [span] = rig.spans();
    t.is(span?.name, 'text_completion claude-2.1');
    t.like(span?.attributes, {
      'arc.api': 'anthropic.completions',
      'arc.decision': 'fix',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.max_tokens': 64,
      'gen_ai.response.id': 'compl_1',
      'gen_ai.response.finish_reasons': ['stop_sequence'],
    });
    t.like(sent.at(-1), { max_tokens_to_sample: 64 });
  });
}
