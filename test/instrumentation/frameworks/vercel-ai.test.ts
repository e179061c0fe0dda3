import { TracerProvider } from '@opentelemetry/sdk-trace';
import test from 'ava';
import { createRig, type Rig } from '../../helpers/rig.js';
import { AI_CASES, call, prompt } from './ai-cases.js';
import { loadAi, RELEASES, type AiPrograms } from './ai-programs.js';
import { FRAMEWORKS_HERE, RELEASES_HERE } from './modules.js';
import { bodiesSince, endedSpans } from './spans.js';

let rig: Rig;
const loaded = new Map<number, AiPrograms>();

test.before(async () => {
  rig = await createRig({ builtinPack: false });
});
test.beforeEach(() => {
  rig.arc.enable();
  rig.spans();
});
test.after.always(() => rig.close());

/** Runs one of the ways by its name. */
function runCase(programs: AiPrograms, name: string): Promise<unknown> {
  const found = AI_CASES.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no case is called ${name}`);
  return found.run(programs);
}

for (const release of RELEASES) {
  const isHere = release.major === 7 ? FRAMEWORKS_HERE : RELEASES_HERE;
  const when = isHere ? test.serial : test.serial.skip;
  const title = `vercel ai ${release.major}`;
  const programs = (): AiPrograms => {
    const known = loaded.get(release.major) ?? loadAi(release, rig);
    loaded.set(release.major, known);
    return known;
  };

  for (const { name, run, spans } of AI_CASES) {
    when(`${title}: ${name} is the same with and without Arc, and has its spans`, async (t) => {
      programs();
      rig.arc.disable();
      const before = rig.models.requests.length;
      const bare = await run(programs());
      const bareBodies = bodiesSince(rig, before);
      const between = rig.models.requests.length;
      rig.arc.enable();
      rig.spans();
      t.deepEqual(await run(programs()), bare);
      t.deepEqual(bodiesSince(rig, between), bareBodies);

      const ended = await endedSpans(rig, spans.length);
      t.deepEqual(
        ended.map((span) => span.name),
        spans,
      );
      const root = ended.find((span) => span.name.startsWith('invoke_agent'));
      for (const span of ended) {
        if (span !== root) t.is(span.parentSpanContext?.spanId, root?.spanContext().spanId);
      }
      t.is(rig.arc.counters.errors, 0);
    });
  }

  when(`${title}: tokens are on the model calls, and only there`, async (t) => {
    await runCase(programs(), 'a streamed loop of tools');
    for (const { name, attributes } of await endedSpans(rig, 4)) {
      t.is(typeof attributes['gen_ai.usage.output_tokens'] === 'number', name === call, name);
    }
  });

  when(`${title}: a failed tool and a failed agent say so`, async (t) => {
    await runCase(programs(), 'a tool that throws');
    const tool = (await endedSpans(rig, 4)).find(({ name }) => name.startsWith('execute_tool'));
    t.is(tool?.attributes['error.type'], 'RangeError');
    t.is(tool?.attributes['gen_ai.tool.call.arguments'], undefined);
    for (const name of ['a refused request', 'a refused stream']) {
      await runCase(programs(), name);
      const [refused, failed] = await endedSpans(rig, 2);
      t.is(refused?.attributes['http.response.status_code'], 400);
      t.is(failed?.attributes['gen_ai.provider.name'], 'openai');
      t.truthy(failed?.attributes['error.type'], name);
    }
    t.true((await rig.metric('gen_ai.execute_tool.duration', { 'error.type': 'RangeError' })) > 0);
    t.true((await rig.metric('gen_ai.invoke_agent.duration')) > 0);
  });

  when(
    `${title}: what tools are given and give back is attached only when content is captured`,
    async (t) => {
      rig.arc.setConfig({ controlUrl: 'none', builtinPack: false, captureContent: true });
      await runCase(programs(), 'a loop of tools');
      rig.arc.setConfig({ controlUrl: 'none', builtinPack: false });
      const tool = (await endedSpans(rig, 4)).find(({ name }) => name.startsWith('execute_tool'));
      t.is(tool?.attributes['gen_ai.tool.call.arguments'], '{"city":"sample"}');
      t.is(tool?.attributes['gen_ai.tool.call.result'], '"sunny in sample"');
      t.regex(String(tool?.attributes['gen_ai.tool.call.id']), /^call_/);
      // What the AI SDK traced before it had the channel does not describe tools.
      const described = release.major === 7 ? 'The weather of a city.' : undefined;
      t.is(tool?.attributes['gen_ai.tool.description'], described);
    },
  );

  when(`${title}: a stream that is aborted on the way ends its spans, once each`, async (t) => {
    const { ai, chat } = programs();
    const control = new AbortController();
    const { textStream } = ai.streamText({
      model: chat('gpt-4o'),
      prompt,
      abortSignal: control.signal,
      onError: () => undefined,
      headers: { 'x-model-server': 'delay=5' },
    });
    for await (const _ of textStream) control.abort();
    t.deepEqual((await endedSpans(rig, 2)).map(({ name }) => name).toSorted(), [call, 'invoke_agent gpt-4o']);
  });

  if (release.telemetry === 'experimental_telemetry') {
    when(
      `${title}: telemetry the program switched on itself stays as it is, without a second span`,
      async (t) => {
        const names: string[] = [];
        const provider = new TracerProvider({
          spanProcessors: [
            {
              onStart: () => undefined,
              onEnd: (span) => void names.push(span.name),
              forceFlush: async () => undefined,
              shutdown: async () => undefined,
            },
          ],
        });
        const { ai, chat } = programs();
        const settings = { isEnabled: true, tracer: provider.getTracer('app') };
        await ai.generateText({ model: chat('gpt-4o'), prompt, experimental_telemetry: settings });
        t.deepEqual(names, ['ai.generateText.doGenerate', 'ai.generateText']);
        const [span, ...others] = await endedSpans(rig, 1);
        t.is(span?.name, call);
        t.deepEqual(others, []);
      },
    );
  }

  when(`${title}: a request is repaired on its way out`, async (t) => {
    rig.arc.registerPattern({
      pattern: { model: 'gpt-4o', temperature: { '=': 2.5 } },
      fix: { temperature: 1 },
    });
    const { ai, chat } = programs();
    const options = { model: chat('gpt-4o'), prompt, temperature: 2.5, maxRetries: 0 };
    t.regex((await ai.generateText(options)).text, /stand-in answer/);
    const [repaired] = await endedSpans(rig, 2);
    t.is(repaired?.attributes['arc.decision'], 'fix');
    t.is(repaired?.attributes['gen_ai.request.temperature'], 1);
  });
}
